package native

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

var lanePrograms = flag.Int("lanes", 200, "number of generated loops")

// A laneGenerator writes loops most of which have a two-lane form.
type laneGenerator struct {
	r      *rand.Rand
	text   strings.Builder
	locals []string
}

func (g *laneGenerator) pick(s ...string) string { return s[g.r.IntN(len(s))] }

// laneText is program n.
func laneText(seed uint64, n int) string {
	g := &laneGenerator{r: rand.New(rand.NewPCG(seed, uint64(n)))}
	fmt.Fprintf(&g.text, "func h%d(u, v float64) float64 { w := u*v; if w < u { return -w }; return w + v }\n", n)
	fmt.Fprintf(&g.text, "func L%d(dst, x, y []float64, a, b float64, m int) {\nn := len(x)\n_ = n\n", n)
	fmt.Fprintln(&g.text, g.pick("for i := range dst {", "for i := range x {", "for i, v := range x {", "for i, v := range y {",
		"for i := 2; i < len(x)-2; i++ {", "for i := 1; i < len(dst)-3; i++ {", "for i := 2; i < m; i++ {", "for i := range m {", "for i := 3; i < m-2; i++ {", "for i := m / 4; i < len(x)-1; i++ {"))
	if strings.Contains(g.text.String(), "i, v :=") {
		g.locals = append(g.locals, "v")
		fmt.Fprintln(&g.text, "_ = v")
	}
	for range 1 + g.r.IntN(3) {
		g.statement(n)
	}
	fmt.Fprintf(&g.text, "%s[i%s] = %s\n}\n}\n", g.pick("dst", "dst", "x"), g.pick("", "", "+1", "-1"), g.expr(n, 3))
	return g.text.String()
}

func (g *laneGenerator) statement(n int) {
	switch g.r.IntN(16) {
	case 14:
		fmt.Fprintf(&g.text, "if %s < %s { %s = %s } else if %s == %s { %s -= %s }\n", g.expr(n, 1), g.expr(n, 1), g.element("dst"), g.expr(n, 2), g.expr(n, 0), g.expr(n, 0), g.element("x"), g.expr(n, 1))
	case 15:
		fmt.Fprintf(&g.text, "if !(%s > %s) { continue }\n", g.expr(n, 1), g.expr(n, 1))
	case 0, 1, 2, 3, 4, 5:
		v := fmt.Sprintf("t%d", len(g.locals))
		fmt.Fprintf(&g.text, "%s := float64(%s)\n_ = %s\n", v, g.expr(n, 3), v)
		g.locals = append(g.locals, v)
	case 6, 7:
		if len(g.locals) > 0 {
			fmt.Fprintf(&g.text, "%s %s %s\n", g.pick(g.locals...), g.pick("=", "+=", "*=", "-="), g.expr(n, 2))
		}
	case 8, 9:
		if len(g.locals) > 0 {
			v := g.pick(g.locals...)
			fmt.Fprintf(&g.text, "if %s %s %s && !(%s == %s) { %s = %s } else { %s = %s }\n", g.expr(n, 1), g.pick("<", "<=", ">", ">=", "==", "!="), g.expr(n, 1), g.expr(n, 0), g.expr(n, 0), v, g.expr(n, 2), v, g.expr(n, 2))
		}
	case 10, 11:
		fmt.Fprintf(&g.text, "%s, %s = %s, %s\n", g.element("dst"), g.element("x"), g.expr(n, 2), g.expr(n, 2))
	default:
		fmt.Fprintf(&g.text, "%s %s %s\n", g.element(g.pick("dst", "x", "y")), g.pick("=", "+=", "-=", "*=", "/="), g.expr(n, 3))
	}
}

func (g *laneGenerator) element(of string) string {
	return of + g.pick("[i]", "[i]", "[i]", "[i+1]", "[i-1]", "[i+2]", "[i-2]", "[i+3]", "[2+i]")
}

func (g *laneGenerator) expr(n, depth int) string {
	if depth == 0 || g.r.IntN(6) == 0 {
		switch g.r.IntN(8) {
		case 0:
			return g.pick("a", "b")
		case 1:
			return g.pick("0.5", "2", "-1.25", "3", "1e-3")
		case 2:
			return g.pick("float64(i)", "float64(i+3)", "float64(i-2)")
		case 3:
			return g.pick("x[(i+1)%n]", "x[(i+n-1)%n]", "x[(i+n-2)%n]", "y[i/3]", "y[(i+2)/4]")
		case 4:
			if len(g.locals) > 0 {
				return g.pick(g.locals...)
			}
		}
		return g.element(g.pick("x", "x", "y", "dst"))
	}
	switch g.r.IntN(13) {
	case 12:
		return fmt.Sprintf("%s(%s, %s)", g.pick("min", "max"), g.expr(n, depth-1), g.expr(n, depth-1))
	case 0:
		return fmt.Sprintf("math.%s(%s)", g.pick("Sqrt", "Abs", "Floor", "Ceil", "Trunc", "RoundToEven"), g.expr(n, depth-1))
	case 1:
		return fmt.Sprintf("math.%s(%s)", g.pick("Sin", "Cos", "Exp", "Log", "Tanh"), g.expr(n, depth-1))
	case 2:
		return fmt.Sprintf("h%d(%s, %s)", n, g.expr(n, depth-1), g.expr(n, depth-1))
	case 3:
		return fmt.Sprintf("-(%s)", g.expr(n, depth-1))
	case 4:
		return fmt.Sprintf("float64(%s)", g.expr(n, depth-1))
	case 5:
		return fmt.Sprintf("%s/%s", g.expr(n, depth-1), g.pick("4", "3", "a"))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(n, depth-1), g.pick("+", "-", "*", "+", "-", "*", "/"), g.expr(n, depth-1))
}

// TestGeneratedLanes compares random loops with the same loops compiled by the Go toolchain: the memory and the panics.
func TestGeneratedLanes(t *testing.T) {
	inLanes := compareGenerated(t, laneText, func(text string) bool { return laneStores(t, text) > 0 })
	if inLanes < 0.33 {
		t.Errorf("only %.2f of the loops are in lanes", inLanes)
	}
}

// compareGenerated runs programs, twins of theirs that have no lanes, and what Go makes of them. It tells what part has lanes.
func compareGenerated(t *testing.T, program func(seed uint64, n int) string, inLanes func(text string) bool) float64 {
	texts := make([]string, *lanePrograms)
	for n := range texts {
		texts[n] = program(*generatedSeed, n)
	}
	want := laneOracle(t, texts)
	compiler := newCompiler(t)
	count, bad := 0, 0
	for n, text := range texts {
		whole := "package p\nimport \"math\"\nvar _ = math.Pi\n" + text
		if inLanes(whole) {
			count++
		}
		f, twin := laneProgramOf(t, compiler, whole), laneProgramOf(t, compiler, strings.Replace(whole, "\nfor ", "\nk := 0\n_ = k\nfor ", 1), "{\n", "{\nk++\n")
		for k := range laneRuns {
			got, scalar, golang := laneRun(f, k), laneRun(twin, k), want[n*laneRuns+k]
			if got != scalar || failedAndLeft(got) != failedAndLeft(golang) {
				bad++
				t.Errorf("seed %d, loop %d, run %d:\n lanes %s\nscalar %s\n    go %s\n%s", *generatedSeed, n, k, got, scalar, golang, text)
				break
			}
		}
		if bad > 3 {
			t.FailNow()
		}
	}
	t.Logf("seed %d: %d loops, %d of them in lanes, %d runs each", *generatedSeed, len(texts), count, laneRuns)
	return float64(count) / float64(len(texts))
}

// failedAndLeft leaves out which of the indices of one statement failed: their order is not Go's to say.
func failedAndLeft(line string) string {
	return fmt.Sprint(!strings.HasPrefix(line, "<nil>"), line[strings.LastIndexByte(line, ' '):])
}

// laneProgramOf compiles the last function of a text, after replacements in its loop's head.
func laneProgramOf(t *testing.T, c *Compiler, text string, replace ...string) laneProgram {
	if len(replace) > 0 {
		at := strings.Index(text, "\nfor ")
		text = text[:at] + strings.Replace(text[at:], replace[0], replace[1], 1)
	}
	p, err := c.Compile(check(t, text).sources...)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	fs, err := p.Bind()
	if err != nil {
		t.Fatal(err)
	}
	return fs[len(fs)-1].Make(reflect.TypeFor[laneProgram]()).Interface().(laneProgram)
}

// laneOracle compiles the loops with Go and returns a line for each run.
func laneOracle(t *testing.T, texts []string) []string {
	dir := t.TempDir()
	inputs, err := os.ReadFile("laneinputs_test.go")
	if err != nil {
		t.Fatal(err)
	}
	main := "package main\nimport (\"fmt\"; \"math\")\nvar _ = math.Pi\n" + strings.Join(texts, "") + "func main() {\nfor _, f := range []laneProgram{\n"
	for n := range texts {
		main += fmt.Sprintf("L%d,\n", n)
	}
	main += "} {\nfor k := range laneRuns { fmt.Println(laneRun(f, k)) }\n}\n}\n"
	for name, text := range map[string]string{"go.mod": "module oracle\n\ngo 1.26\n", "main.go": main,
		"inputs.go": strings.Replace(string(inputs), "package native", "package main", 1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, err.(*exec.ExitError).Stderr)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
