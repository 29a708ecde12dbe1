package native

import (
	"bytes"
	"math"
	"os"
	"testing"
)

// TestOperations compares loops whose conditions and bodies compute the same, runs that are reordered, and divisions done in
// pairs with what Go makes of them.
func TestOperations(t *testing.T) {
	text, err := os.ReadFile("operationkernels_test.go")
	if err != nil {
		t.Fatal(err)
	}
	fs := build(t, string(text), nil)
	golang := map[string]func(x, y float64) float64{"opEscape": opEscape, "opHalfSet": opHalfSet, "opBranch": opBranch, "opEither": opEither,
		"opShadow": opShadow, "opInlined": opInlined, "opSingle": opSingle, "opDivide": opDivide, "opOrder": opOrder}
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.3, -0.7, 2, -2.5, 1e-160, 1e160, 0x1p-1074, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()}
	for i := range 40 {
		numbers = append(numbers, 3*math.Sin(float64(i*i)))
	}
	for name, want := range golang {
		got := fs[name].Interface().(func(x, y float64) float64)
		for _, x := range numbers {
			for _, y := range numbers {
				if a, b := got(x, y), want(x, y); math.Float64bits(a) != math.Float64bits(b) && (a == a || b == b) {
					t.Fatalf("%s(%v, %v) = %v, compiled by Go %v", name, x, y, a, b)
				}
			}
		}
	}
}

// TestDivisionsInPairs tells which are.
func TestDivisionsInPairs(t *testing.T) {
	for text, want := range map[string]bool{
		"s := 0.0; for range 3 { r := x*x+y; s += 1/(r*y) + x*x*y*y*r*r + 1/r }; return s": true,
		"s := 0.0; for range 3 { s += x/(y/s) + x*x*y*y*x*x*y*y*x*x }; return s":           false, // one waits for the other
		"return 1/x + 1/y + x*x*y*y*x*x*y*y*x*x*y":                                         false, // no loop
	} {
		u := newUnit(check(t, "package p\nfunc f(x, y float64) float64 {\n"+text+"\n}").sources, false)
		u.lower()
		if got := bytes.Contains(u.fns[0].code, divide128); got != want {
			t.Errorf("%s: divisions in pairs %v, want %v", text, got, want)
		}
	}
}
