package native

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// abreastText is program n of those that have a loop with a condition inside another.
func abreastText(seed uint64, n int) string {
	g := &laneGenerator{r: rand.New(rand.NewPCG(seed, uint64(n)))}
	p := func(format string, args ...any) { fmt.Fprintf(&g.text, format+"\n", args...) }
	p("func h%d(u, v float64) float64 { w := u*v; if w < u { return -w }; return w + v }", n)
	p("func L%d(dst, x, y []float64, a, b float64, m int) {\ntotal, most := 0.0, 0", n)
	p(g.pick("for i := range dst {", "for i := range x {", "for i, v := range x {", "for i := 1; i < len(x)-1; i++ {", "for i := 2; i < m; i++ {", "for i := range m {"))
	if strings.Contains(g.text.String(), "i, v :=") {
		g.locals = append(g.locals, "v")
		p("_ = v")
	}
	before := func() string {
		return g.pick("x[i]", "x[i]", "y[i]", "y[0]", "y[2]", "a", "b", "float64(i)", "float64(i%3)", "x[i+1]", "0.5", "2", "math.Sqrt(a)")
	}
	p("s, t, w := float64(%s)*%s, float64(%s + %s), float64(%s)\n_, _, _ = s, t, w", before(), before(), before(), before(), before())
	if g.r.IntN(3) == 0 {
		p("if s < t { s, w = w, %s }", before())
	}
	g.locals = append(g.locals, "s", "t", "w")
	g.inner(n, p)
	p("dst[i] = s + %s", g.pick("float64(n)", "t", "w*2", "float64(n)*x[i]", "t - y[0]"))
	p("%s", g.pick("total += dst[i]", "if n > most { most = n }", "if n < len(y) { y[n] += t }", "x[i] = float64(n/3) + t", "y[n] = w"))
	p("}\nif len(dst) > 0 { dst[0] += total + float64(most) }\n}")
	return g.text.String()
}

// inner is a loop that sets s, t, w and counts its turns in n.
func (g *laneGenerator) inner(n int, p func(string, ...any)) {
	turns := 1 + g.r.IntN(12)
	p("n := %s\n_ = n", g.pick("0", "0", "i%2"))
	condition := fmt.Sprintf("%s %s %s", g.state(n, 1), g.pick("<", ">", "!=", "<=", ">="), g.state(n, 1))
	p("n0 := n + %d\n_ = n0", g.r.IntN(3))
	form := g.pick(
		fmt.Sprintf("k := 0\nfor n < %d && %s {\n_ = k // no break", turns, condition),
		fmt.Sprintf("for k := range %d {\nt = w - float64(k)", turns+16),
		fmt.Sprintf("for k := range m-%d {\n_ = k", turns/3),
		fmt.Sprintf("for k := 1; k < %d; k++ {\ns += float64(k)", turns),
		fmt.Sprintf("for range m+%d { // no break", turns),
		fmt.Sprintf("for k := range n+%d {\nif t > float64(k) { break }", turns),
		fmt.Sprintf("for k := range n0*2 {\nif k == %d { break }", turns),
		fmt.Sprintf("for ; n < %d; n++ {\nif %s { break }", turns, condition),
		fmt.Sprintf("for k := m; k < m+%d && !(%s); k++ {\nif k == m+2 { s++ } // no break", turns, condition),
		fmt.Sprintf("for {\nif n >= %d { break }", turns))
	p("%s", form)
	if !strings.Contains(form, "break") && g.r.IntN(2) == 0 {
		k := g.pick("k", "k", "k+1", "k+i", "i*2+k", "k+n0-1", "n0-i+k", "m+k-i")
		p("t += %s[%s] - w*y[%s]", g.pick("y", "y", "x"), k, g.pick(k, "k", "i+k+1"))
	}
	p("s, t = %s, %s", g.state(n, 3), g.state(n, 2))
	if g.r.IntN(2) == 0 {
		p("if %s < %s { w = %s } else { t = %s }", g.state(n, 1), g.state(n, 0), g.state(n, 2), g.state(n, 1))
	}
	p("n++")
	if g.r.IntN(3) == 0 {
		p("if n > %d || %s == %s { break }\nw = -s", g.r.IntN(9), g.state(n, 0), g.state(n, 1))
	}
	if g.r.IntN(3) == 0 {
		p("if n == %d || %s > %s { continue }\nt -= w", g.r.IntN(4), g.state(n, 1), g.state(n, 1))
	}
	if g.r.IntN(3) == 0 {
		p("w += math.%s(t)", g.pick("Exp", "Sin", "Sqrt", "Abs", "Floor"))
	}
	p("}")
}

// state is an expression of what the loops hold.
func (g *laneGenerator) state(n, depth int) string {
	if depth == 0 || g.r.IntN(5) == 0 {
		return g.pick("s", "t", "w", "a", "b", "0.5", "2", "-1.25", "float64(n)", "float64(i)", "float64(m-n)", g.pick(g.locals...))
	}
	x, y := g.state(n, depth-1), g.state(n, depth-1)
	switch g.r.IntN(8) {
	case 0:
		return fmt.Sprintf("math.Sqrt(%s)", x)
	case 1:
		return fmt.Sprintf("-(%s)", x)
	case 2:
		return fmt.Sprintf("h%d(%s, %s)", n, x, y)
	case 3:
		return fmt.Sprintf("(float64(%s) / %s)", x, g.pick("s", "t", "w", "a", "3"))
	}
	return fmt.Sprintf("(float64(%s) %s %s)", x, g.pick("+", "-", "*", "*"), y)
}

// TestGeneratedAbreast compares random loops around loops with the same compiled by the Go toolchain.
func TestGeneratedAbreast(t *testing.T) {
	abreast := compareGenerated(t, abreastText, func(text string) bool { return isAbreast(t, text) })
	if abreast < 0.25 {
		t.Errorf("only %.2f of the loops run abreast", abreast)
	}
}
