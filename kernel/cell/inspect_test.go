package cell

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func inspect(t testing.TB, s *Scope, marked string, detail int) string {
	t.Helper()
	before, after, ok := strings.Cut(marked, "|")
	if !ok {
		t.Fatalf("no bar in %q", marked)
	}
	got := s.InspectWithValues(before+after, utf8.RuneCountInString(before), detail, func(name string) (string, bool) {
		return "42", name == "count"
	})
	if !got.Found {
		if len(got.Data) > 0 {
			t.Errorf("%q: nothing found, yet there is data", marked)
		}
		return ""
	}
	if _, ok := got.Data["text/markdown"].(string); !ok {
		t.Errorf("%q: no markdown", marked)
	}
	return got.Data["text/plain"].(string)
}

func TestInspect(t *testing.T) {
	s := session(t, earlier, "// Area is π r².\nfunc Area(r float64) float64 {\n\treturn math.Pi * r * r\n}")
	for _, c := range []struct {
		cell string
		want []string
	}{
		{"math.Sq|rt(2)", []string{"func math.Sqrt(x float64) float64", "from package math", "Sqrt returns the square root"}},
		{"math.Sqrt|", []string{"func math.Sqrt(x float64) float64"}},
		{"ma|th.Sqrt(2)", []string{`package math // import "math"`}},
		{"math.Sqrt(|", []string{"func math.Sqrt(x float64) float64"}},
		{"math.Sqrt(12|)", []string{"func math.Sqrt(x float64) float64"}},
		{"math.Sqrt(2 + |)", []string{"func math.Sqrt(x float64) float64"}},
		{"os.Open(\"da|\")", []string{"func os.Open(name string) (*os.File, error)"}},
		{"cou|nt", []string{"var count int", "= 42", "cell 1, line 11"}},
		{"count|", []string{"var count int", "= 42"}},
		{"dou|ble(2)", []string{"func double(x float64) float64", "cell 1, line 13", "double returns twice"}},
		{"Area(|", []string{"func Area(r float64) float64", "cell 2, line 2", "Area is π r²."}},
		{"origin.No|rm()", []string{"func (p Point) Norm() float64", "cell 1, line 5", "Norm is the length of p."}},
		{"origin.X|", []string{"X float64", "field of Point"}},
		{"var l Labelled\nl.X|", []string{"X float64", "field of Point"}},
		{"Poi|nt{}", []string{"type Point struct {\n    X float64\n    Y float64\n    tag string\n}", "methods: Norm, Scale"}},
		{"x := 1\nx| + 1", []string{"var x int"}},
		{"func f(width int) int { return wid|th }", []string{"var width int"}},
		{"Run{Se|ed: 1}", []string{"Seed uint64", "field of Run"}},
		{"Run{|}", []string{"type Run struct {\n    Dt float64\n    Steps int\n    Seed uint64\n}"}},
		{"Simulate(SDE{Dim: 2}, |", []string{"func Simulate(s SDE, r Run) (*mat.Dense, error)"}},
		{"math.P|i", []string{"const math.Pi untyped float = 3.14159", "Mathematical constants."}},
		{"os.Ar|gs", []string{"var os.Args []string"}},
		{"appe|nd(points)", []string{"builtin append", "func append(slice []Type, elems ...Type) []Type"}},
		{"n|il", []string{"builtin nil"}},
		{"err|or", []string{"type error", "built-in interface"}},
		{"mat.NewDense(2, 2, nil).Mu|l", []string{"func (m *mat.Dense) Mul(a mat.Matrix, b mat.Matrix)", "matrix product"}},
		{"var d mat.De|nse", []string{"type mat.Dense struct { … }", "from package gonum.org/v1/gonum/mat", "methods: "}},
		{"http.Request{Met|hod: \"\"}", []string{"Method string", "field of http.Request", "Method specifies the HTTP method"}},
		{"switch v := any(count).(type) { case int: _ = v| }", []string{"var v int"}},
		{"m := mat.NewDense(1, 1, nil)\nm|", []string{"var m *mat.Dense", "Dense is a dense matrix"}},
		{"rand.N|ew", []string{"func rand.New(src rand.Source) *rand.Rand", "math/rand/v2"}},
		{"slices.So|rt(x)", []string{"func slices.Sort[S ~[]E, E cmp.Ordered](x S)"}},
	} {
		got := inspect(t, s, c.cell, 0)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%q: got\n%.600s\nwithout %q", c.cell, got, w)
			}
		}
	}
}

func TestInspectNothing(t *testing.T) {
	s := session(t, earlier)
	for _, marked := range []string{"|", "  |", "nonsense|", "origin.nonsense|", "// comment |", "1 +| 2", "func f() {|}", "if count > 2 { |"} {
		if got := inspect(t, s, marked, 0); got != "" {
			t.Errorf("%q: got %q", marked, got)
		}
	}
	s.Inspect("origin", -5, 0)
	s.Inspect("origin", 500, 1)
}

func TestInspectDetail(t *testing.T) {
	s := session(t, earlier)
	if got := inspect(t, s, "double|", 1); !strings.Contains(got, "func double(x float64) float64 { return 2 * x }") {
		t.Errorf("no source in %q", got)
	}
	short, long := inspect(t, s, "ma|th.Pi", 0), inspect(t, s, "fm|t.Print", 1)
	if strings.Contains(short, "\n\n\n") || len(long) < 5000 {
		t.Errorf("a package's doc: %d letters, in detail %d", len(short), len(long))
	}
	if got := inspect(t, s, "Poi|nt{}", 1); !strings.Contains(got, "func (p *Point) Scale(f float64)") {
		t.Errorf("no method's signature in %q", got)
	}
}

func TestInspectEveryPrefix(t *testing.T) {
	s := session(t, earlier)
	text := "func (p *Point) Late(a int) (b int) { p.Norm(); return a }\nfor i, p := range points { fmt.Println(i, p.X, Run{Dt: 1}) }\n"
	for i := range len(text) + 1 {
		s.Inspect(text, i, 1)
		s.Inspect(text[:i], i, 0)
	}
}

func BenchmarkInspect(b *testing.B) {
	s := session(b, earlier)
	for b.Loop() {
		inspect(b, s, "m := mat.NewDense(2, 2, nil)\nm.Mul(|", 0)
	}
}
