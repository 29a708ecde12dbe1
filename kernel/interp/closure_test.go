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
