package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"scorebook/kernel/cell/exports"
)

// session is a scope in which some cells have run; its prelude is a small one.
func session(t testing.TB, cells ...string) *Scope {
	t.Helper()
	im := exports.New()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "prelude.go", `package prelude
import "gonum.org/v1/gonum/mat"
type Run struct { Dt float64; Steps int; Seed uint64; secret bool }
type SDE struct { Dim int; Drift func(dst, x []float64) }
func Simulate(s SDE, r Run) (*mat.Dense, error) { return nil, nil }
func Isotropic(b float64) *mat.Dense { return nil }
`, 0)
	if err != nil {
		t.Fatal(err)
	}
	prelude, err := (&types.Config{Importer: im}).Check("scorebook/kernel/prelude", fset, []*ast.File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := NewScope(im, prelude)
	for i, text := range cells {
		c, err := s.Check(Source{Number: i + 1, Text: text})
		if err != nil {
			t.Fatalf("cell %d: %v", i+1, err)
		}
		s.Commit(c)
	}
	return s
}

const earlier = `
import "strings"
type Point struct { X, Y float64; tag string }
// Norm is the length of p.
func (p Point) Norm() float64 { return p.X }
func (p *Point) Scale(f float64) { p.X *= f }
type Labelled struct { Point; Name string }
points := []Point{{1, 2, ""}}
origin := Point{}
alpha, albedo := 1.5, "white"
count := 3
// double returns twice its argument.
func double(x float64) float64 { return 2 * x }
`

// complete completes at the bar in a cell.
func complete(t testing.TB, s *Scope, marked string) (Completion, []string) {
	t.Helper()
	before, after, ok := strings.Cut(marked, "|")
	if !ok {
		t.Fatalf("no bar in %q", marked)
	}
	c := s.Complete(before+after, utf8.RuneCountInString(before))
	names := make([]string, len(c.Matches))
	for i, m := range c.Matches {
		names[i] = m.Text
	}
	return c, names
}

func TestCompleteFirst(t *testing.T) {
	s := session(t, earlier)
	for _, c := range []struct{ cell, first string }{
		{"al|", "albedo alpha"},
		{"x := al|", "albedo alpha"},
		{"double(al|", "alpha albedo"},
		{"double(al|)", "alpha albedo"},
		{"count = |", "count"},
		{"math.Sq|", "Sqrt Sqrt2 SqrtE SqrtPhi SqrtPi"},
		{"math.sq|", "Sqrt"},
		{"y := math.Sqr|(2)", "Sqrt"},
		{"strings.ToU|", "ToUpper ToUpperSpecial"},
		{"rand.NewP|", "NewPCG"},
		{"mat.NewD|", "NewDense NewDiagDense NewDiagonalRect"},
		{"origin.|", "X Y tag Norm Scale"},
		{"(&origin).S|", "Scale"},
		{"points[0].N|", "Norm"},
		{"for _, p := range points {\n\tp.|\n}", "X Y tag Norm Scale"},
		{"for _, p := range points {\n\tp.|", "X Y tag Norm Scale"},
		{"var l Labelled\nl.|", "Point Name X Y tag Norm Scale"},
		{"m := mat.NewDense(2, 2, nil)\nm.Mul|", "Mul MulElem"},
		{"mat.NewDense(2, 2, nil).RawM|", "RawMatrix"},
		{"mat.NewDense(2, 2, nil).RawMatrix().Str|", "Stride"},
		{"Simulate(SDE{}, Run{|", "Dt:  Steps:  Seed: "},
		{"Simulate(SDE{}, Run{D|})", "Dt: "},
		{"Simulate(SDE{}, Run{Dt: 1e-3, S|})", "Steps:  Seed: "},
		{"Run{S|: 3}", "Steps Seed"},
		{"[]Run{{S|", "Steps:  Seed: "},
		{"&Point{X: al|", "alpha"},
		{"func f(a int, b string) int {\n\tc := 2\n\treturn |\n}", "a"},
		{"func f(name string) string {\n\tif name == \"\" {\n\t\treturn na|", "name"},
		{"func (p *Point) Move() { p.S|", "Scale"},
		{"defer origin.S|", "Scale"},
		{"go strings.NewReader(\"\").WriteT|", "WriteTo"},
		{"if origin.N|", "Norm"},
		{"switch origin.N|", "Norm"},
		{"Sim|", "Simulate"},
		{"x, err := Simu|", "Simulate"},
		{"swi|", "switch"},
		{"dist|", "distmat distmv distuv"},
		{"q := Q{1}\nq.|\ntype Q struct { A int }", "A"},
		{"é := origin\né.N|", "Norm"},
		{"import \"math/r|", "math/rand math/rand/v2"},
		{"import (\n\t\"fmt\"\n\tm \"math/bi|", "math/big math/bits"},
		{"import \"fmt\"\nfmt.Sprin|", "Sprint Sprintf Sprintln"},
		{"f := func(w io.Writer) { w.|", "Write"},
		{"var wg sync.WaitGroup\nwg.|", "Add Done Go Wait"},
		{"x := 1 +\n\tcou|", "count"},
		{"x := )\norigin.N|", "Norm"},
	} {
		_, names := complete(t, s, c.cell)
		if got := strings.Join(names, " "); !strings.HasPrefix(got, c.first) {
			t.Errorf("%q: got %.200q, want %q first", c.cell, got, c.first)
		}
	}
}

func TestCompleteNothing(t *testing.T) {
	s := session(t, earlier)
	for _, marked := range []string{
		"// al|", "/* al|", "1.|", "x := 12|", "'a|", "undefinedName.|", "origin.Nonsense|", "\"al\"|", "/* x */ /* al|",
	} {
		if _, names := complete(t, s, marked); len(names) > 0 {
			t.Errorf("%q: got %v", marked, names)
		}
	}
}

func TestCompleteHides(t *testing.T) {
	s := session(t, earlier)
	_, names := complete(t, s, "Run{|")
	if slices.Contains(names, "secret: ") {
		t.Error("an unexported field of the prelude is offered")
	}
	_, names = complete(t, s, "count := \"\"\ncou|")
	if n := strings.Count(strings.Join(names, " "), "count"); n != 1 {
		t.Errorf("a shadowed name is offered %d times", n)
	}
	_, names = complete(t, s, "|")
	for _, n := range names {
		if strings.HasPrefix(n, "ǃ") || n == "_" {
			t.Errorf("%s is offered", n)
		}
	}
	if !slices.Contains(names, "origin") || !slices.Contains(names, "Simulate") || !slices.Contains(names, "append") {
		t.Errorf("an empty cell offers %v", names)
	}
}

func TestCompletePlace(t *testing.T) {
	s := session(t, earlier)
	c, _ := complete(t, s, "é := 1\nx := math.Sq|rt(2)")
	if want := len([]rune("é := 1\nx := math.")); c.Start != want || c.End != want+2 {
		t.Errorf("replaces %d to %d, want %d to %d", c.Start, c.End, want, want+2)
	}
	for _, cursor := range []int{-3, 1000} {
		s.Complete("origin", cursor)
	}
	if c.Matches[0] != (Match{"Sqrt", "function", "(x float64) float64"}) {
		t.Errorf("first match %+v", c.Matches[0])
	}
}

func TestCompleteFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range []string{"data.csv", "data2.csv", ".hidden"} {
		if err := os.WriteFile(f, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll("dates/deep", 0o700); err != nil {
		t.Fatal(err)
	}
	s := session(t)
	for _, c := range []struct{ cell, want string }{
		{`os.Open("da|")`, "data.csv data2.csv dates/"},
		{`os.Open("da|`, "data.csv data2.csv dates/"},
		{`os.Open("./dates/|")`, "deep/"},
		{"os.Open(`.h|`)", ".hidden"},
		{`os.Open("none/|")`, ""},
	} {
		if _, names := complete(t, s, c.cell); strings.Join(names, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.cell, names, c.want)
		}
	}
	if c, _ := complete(t, s, `os.Open("dates/de|")`); c.Start != 15 || c.End != 17 {
		t.Errorf("replaces %d to %d", c.Start, c.End)
	}
}

func TestCompletionLeavesTheSessionAlone(t *testing.T) {
	s := session(t, earlier)
	before, base := len(s.Objects()), s.FileSet().Base()
	for _, marked := range []string{
		"func (p Point) Extra() int { return p.|", "type Point struct { Z int }\nvar p Point\np.|", "fresh := 1\nfre|",
		"import m \"math\"\nm.|",
	} {
		complete(t, s, marked)
	}
	if len(s.Objects()) != before || s.FileSet().Base() != base || len(s.Imports()) != 1 {
		t.Error("completion changed the session")
	}
	if _, names := complete(t, s, "origin.E|"); len(names) > 0 {
		t.Errorf("completion gave Point a method: %v", names)
	}
}

// Whatever is typed up to here, completion answers without panicking.
func TestCompleteEveryPrefix(t *testing.T) {
	s := session(t, earlier)
	text := `type T[E any] struct { items []E }
func (t *T[E]) Push(e E) { t.items = append(t.items, e) }
for i, p := range points { if v, ok := any(p).(fmt.Stringer); ok { fmt.Println(i, v.String()) } }
switch x := any(count).(type) { case int: x++; default: go func() { defer double(alpha) }() }
select { case <-time.After(1): }
L: for { break L }
x, y := map[string][]Point{"a": {{X: 1}}}, func(a ...int) (b int) { return len(a) }
`
	for i := range len([]rune(text)) + 1 {
		s.Complete(text, i)
		s.Complete(string([]rune(text)[:i]), i)
	}
}

func BenchmarkComplete(b *testing.B) {
	s := session(b, earlier)
	for _, marked := range []string{"al|", "math.Sq|", "mat.NewDense(2, 2, nil).|", "http.|", "Simulate(SDE{}, Run{|"} {
		b.Run(marked, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				complete(b, s, marked)
			}
		})
	}
}
