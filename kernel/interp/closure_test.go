package interp_test

import (
	"testing"
)

// TestReturnedClosuresAgree runs literals that functions return, over those functions' variables, with and without
// machine code.
func TestReturnedClosuresAgree(t *testing.T) {
	for _, cells := range [][]string{
		{"func spring(k float64) func(dst, x []float64) {\n\treturn func(dst, x []float64) { dst[0], dst[1] = x[1], -k*x[0] }\n}\na, b := spring(2), spring(5)",
			"u, v, x := make([]float64, 2), make([]float64, 2), []float64{3, 4}\na(u, x)\nb(v, x)\n[]any{u, v}"},
		{"counter := func() (func() int, func() int) {\n\tn := 10\n\treturn func() int { n++; return n }, func() int { n *= 2; return n }\n}\nup, twice := counter()",
			"[]int{up(), twice(), up(), up(), twice()}", "more, _ := counter()\n[]int{more(), up()}"},
		{"g := 1.5\nfunc scaled(xs []float64) func(i int) float64 {\n\treturn func(i int) float64 { g++; xs[i] *= g; return xs[i] }\n}\nxs := []float64{1, 2, 3}\nf := scaled(xs)",
			"[]float64{f(1), f(1), xs[1], g}", "g = 10\nf(2)"},
		{"func half(x float64) float64 { return x / 2 }\nfunc apply(a float64) func(float64) float64 { return func(x float64) float64 { return a + half(x) } }\nh := apply(1)\nh(6)",
			"func half(x float64) float64 { return 100 * x }\nh(6)"},
		{"var fs []func() int\nfor i := 0; i < 3; i++ {\n\tfs = append(fs, func(j int) func() int { return func() int { i += 10; return 100*i + j } }(i))\n}\n[]int{fs[0](), fs[1](), fs[2](), fs[0]()}"},
		{"func deep(a int) func() func() int { return func() func() int { a++; return func() int { a *= 2; return a } } }\nd := deep(3)\ne := d()\n[]int{e(), d()(), e()}"},
		{"func last(x []float64) (func() float64, int) {\n\tn := 2\n\treturn func() float64 { return x[n] }, n - 1\n}\nq, n := last([]float64{1, 2, 3})\n[]any{q(), n}"},
		{"func held(k float64) func(dst, x []float64) {\n\tf := func(dst, x []float64) { dst[0] = -k * x[0]; k++ }\n\treturn f\n}\nd := make([]float64, 1)\ng := held(3)\ng(d, []float64{2})\ng(d, []float64{2})\nd"},
		{"type Model struct {\n\tF func(x float64) float64\n\tn int\n}\nvar G func(i int) int\nfunc model(k float64) (m Model) {\n\tm = Model{F: func(x float64) float64 { k++; return k * x }, n: 1}\n\tk *= 3\n\treturn m\n}\n" +
			"func set(n int) { G = func(i int) int { n += i; return n }; n *= 10 }\nm := model(2)\nset(4)\n[]any{m.F(1), m.F(1), G(1), G(1)}"},
		{"func loops() (fs []func() int) {\n\tfor i := 0; i < 3; i++ {\n\t\tfs = append(fs, func() int { i += 10; return i })\n\t\ti := i\n\t\tfs = append(fs, func() int { i += 100; return i })\n\t}\n" +
			"\tfor j := range 2 {\n\t\tt := 5 * j\n\t\tfs = append(fs, func() int { t++; return t*10 + j })\n\t\tt += 1000\n\t}\n\treturn fs\n}\nvar got []int\nfor _, f := range loops() { got = append(got, f(), f()) }\ngot"},
		{"func each(xs []float64, f func(float64) float64) { for i := range xs { xs[i] = f(xs[i]) } }\nfunc scale(xs []float64) (total float64) {\n\teach(xs, func(x float64) float64 { total += x; return 2 * x })\n\treturn total\n}\nxs := []float64{1, 2, 3}\nt := scale(xs)\n[]any{t, xs}"},
		{"func shared(s string) (func(), func() int) {\n\tn := 0\n\tup := func() { n += len(s) }\n\tget := func() int { return n }\n\tup()\n\treturn up, get\n}\nup, get := shared(\"abc\")\nup()\nget()"},
		{"func late() (r int, get func() int) { return 7, func() int { r++; return r } }\na, get := late()\n[]int{a, get(), get()}"},
	} {
		compiled, interpreted := open(t), openInterpreted(t)
		for i, text := range cells {
			if got, want := answer(t, compiled, i+1, text), answer(t, interpreted, i+1, text); got != want {
				t.Errorf("%s\nis %s with machine code and %s interpreted", text, got, want)
			}
		}
	}
}

func TestReturnedClosuresAreListed(t *testing.T) {
	s := open(t, "func good(k float64) func(x float64) float64 { return func(x float64) float64 { return k * x } }\n"+
		"func bad(s string) func(x float64) float64 {\n\treturn func(x float64) float64 { return x * float64(len(s)) }\n}")
	found := map[int]bool{}
	for _, c := range s.Compilations() {
		if c.Name != "returned literal" {
			continue
		}
		found[c.Line] = true
		if c.Native != (c.Line == 1) || c.Native != (c.Why == "") || !c.Native && c.WhyLine != 3 {
			t.Errorf("%+v", c)
		}
	}
	if len(found) != 2 {
		t.Errorf("%d returned literals are listed", len(found))
	}
}

// TestKeptLiteralsAreListed wants literals that a function does not return itself listed, except those it only calls.
func TestKeptLiteralsAreListed(t *testing.T) {
	s := open(t, `type S struct{ F func(float64) float64 }
var G func(float64) float64
func local(k float64) func(x float64) float64 {
	f := func(x float64) float64 { return k * x }
	return f
}
func field(k float64) S { return S{func(x float64) float64 { return k * x }} }
func global(k float64) { G = func(x float64) float64 { return k * x } }
func spelt(s string) S {
	f := func(x float64) float64 { return x * float64(len(s)) }
	return S{f}
}
func called(n int) string {
	f := func(i int) int { return i * n }
	return fmt.Sprint(f(n))
}`)
	want := map[int]bool{4: true, 7: true, 8: true, 10: false}
	for _, c := range s.Compilations() {
		if c.Name != "function literal" {
			continue
		}
		native, listed := want[c.Line]
		if delete(want, c.Line); !listed || c.Native != native || native != (c.Why == "") {
			t.Errorf("%+v", c)
		}
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
}
