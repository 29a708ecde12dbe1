package native

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// laneSums is how many terms of sums a text takes from the upper lane.
func laneSums(t *testing.T, text string) int {
	t.Helper()
	return instructionsIn(t, text, 0xfd, f64x2Extract, 1)
}

// TestSumsInLanes says which sums have terms from lanes.
func TestSumsInLanes(t *testing.T) {
	for body, want := range map[string]bool{
		"for i := range x { a += math.Sqrt(x[i]) }":                                                                true,
		"for i := range x { a += math.Sin(x[i]) }":                                                                 true,
		"for i, v := range x { a -= 1/v }":                                                                         true,
		"for i := range x { a += x[i] }":                                                                           false, // not worth it
		"for i := range x { a += x[i]*dst[i] }":                                                                    false,
		"for i := range x { a *= math.Sqrt(x[i]) }":                                                                false,
		"for i := range x { a += math.Sqrt(x[i] + a) }":                                                            false,
		"for i := range x { if x[i] < 2 { a += math.Sqrt(x[i]) } else { a -= 1/x[i] } }":                           true,
		"for i := range x { if x[i] < 2 { a += math.Sin(x[i]) } }":                                                 false, // not for those who do not ask
		"for i := range x { if i == n { continue }; d := x[i] - x[n]; a += 1/(d*d) }":                              true,
		"for i := range x { if i == n { break }; a += 1/x[i] }":                                                    false,
		"for i := range x { a += 1/x[i]; dst[i] = math.Sqrt(x[i]) }":                                               true,
		"for i := range x { a += 1/x[i]; dst[0] = x[i] }":                                                          false,
		"for i := 0; i < len(x)/3; i++ { u, v, w := x[3*i], x[3*i+1], x[3*i+2]; a += math.Sqrt(u*u + v*v + w*w) }": true,
		"for i := 0; i < len(x)/3; i++ { a += 1/x[3*i]; dst[i] = a }":                                              false,
		"b := 0.0\nfor i := range x { b += x[i]/a; a -= 1/x[i] }":                                                  false,
		"b := 0.0\nfor i := range x { d := x[i]/3; b += d*d; a -= 1/d; b -= math.Sqrt(d) }\na += b":                true,
		"for i := range x { k := float64(i+1); a += 1/(k*k) }":                                                     true,
	} {
		text := "package p\nimport \"math\"\nvar _ = math.Pi\nfunc f(dst, x []float64, a float64, n int) float64 {\n" + strings.Replace(body, "i, v := range", "_, v := range", 1) + "\nreturn a\n}"
		if got := laneSums(t, text) > 0; got != want {
			t.Errorf("in lanes: %v, want %v: %s", got, want, body)
		}
	}
}

// sumText is program n of those that add up.
func sumText(seed uint64, n int) string {
	g := &laneGenerator{r: rand.New(rand.NewPCG(seed, uint64(n)))}
	p := func(format string, args ...any) { fmt.Fprintf(&g.text, format+"\n", args...) }
	p("func h%d(u, v float64) float64 { w := u*v; if w < u { return -w }; return w + v }", n)
	p("func L%d(dst, x, y []float64, a, b float64, m int) {\nn, s, t := len(x), a, 0.0\nj := %s\n_, _, _, _ = n, s, t, j", n, g.pick("0", "3", "m-1", "n/2"))
	p(g.pick("for i := range dst {", "for i := range x {", "for i, v := range x {", "for i := 2; i < len(x)-2; i++ {", "for i := 2; i < m; i++ {", "for i := range m {", "for i := 0; i < len(x)/3; i++ {"))
	if strings.Contains(g.text.String(), "i, v :=") {
		g.locals = append(g.locals, "v")
		p("_ = v")
	}
	p("_ = i")
	for range 1 + g.r.IntN(2) {
		v := fmt.Sprintf("t%d", len(g.locals))
		p("%s := float64(%s)\n_ = %s", v, g.term(n, 3), v)
		g.locals = append(g.locals, v)
	}
	if g.r.IntN(4) == 0 {
		p("if %s { continue }", g.pick("i == j", "i < j", "i+1 != j", "!(x[i] < a)", "x[i] == y[i]"))
	}
	for range 1 + g.r.IntN(3) {
		switch g.r.IntN(4) {
		case 0:
			p("if %s > %s { s += %s } else { t -= %s; s -= a }", g.term(n, 1), g.term(n, 1), g.term(n, 2), g.term(n, 1))
		case 1:
			p("if %s <= %s || i == j { t += %s }", g.term(n, 1), g.term(n, 0), g.term(n, 2))
		default:
			p("%s %s math.Sqrt(%s)/%s", g.pick("s", "t"), g.pick("+=", "-="), g.term(n, 2), g.term(n, 1))
		}
	}
	if g.r.IntN(5) == 0 {
		p("dst[i] = %s", g.term(n, 1))
	}
	p("}\nif len(dst) > 1 { dst[0], dst[1] = s, t }\n}")
	return g.text.String()
}

// term is an expression of the elements of a turn, and of those that all turns share.
func (g *laneGenerator) term(n, depth int) string {
	if depth == 0 || g.r.IntN(5) == 0 {
		return g.pick("x[i]", "x[i]", "y[i]", "x[3*i]", "x[3*i+1]", "y[2*i+1]", "x[j]", "y[3*j+1]", "x[0]", "y[2]", "a", "b", "0.5", "-3", "float64(i)", "float64(j)",
			g.pick(append(g.locals, "x[i]")...))
	}
	x, y := g.term(n, depth-1), g.term(n, depth-1)
	switch g.r.IntN(9) {
	case 0:
		return fmt.Sprintf("math.%s(%s)", g.pick("Sqrt", "Abs", "Floor", "Exp", "Cos"), x)
	case 1:
		return fmt.Sprintf("h%d(%s, %s)", n, x, y)
	case 2:
		return fmt.Sprintf("(float64(%s) / %s)", x, g.pick("x[i]", "y[i]", "a", "b", "7"))
	}
	return fmt.Sprintf("(float64(%s) %s %s)", x, g.pick("+", "-", "*", "*"), y)
}

// TestGeneratedSums compares random sums with the same compiled by the Go toolchain, to the last bit.
func TestGeneratedSums(t *testing.T) {
	inLanes := compareGenerated(t, sumText, func(text string) bool { return laneSums(t, text) > 0 })
	if inLanes < 0.25 {
		t.Errorf("only %.2f of the loops have sums in lanes", inLanes)
	}
}
