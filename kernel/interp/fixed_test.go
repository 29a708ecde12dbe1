package interp_test

import (
	"context"
	"fmt"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/interp"
)

// outcome is a cell's value or error, as text.
func outcome(s *interp.Session, number int, text string) string {
	r, err := s.Evaluate(context.Background(), cell.Source{Number: number, Text: text}, cell.Streams{})
	return fmt.Sprint(r.Value, err)
}

// TestFunctionVariables has machine code call variables that hold literals, which are declared again, set, shared by address,
// set in functions, used before their declaration, and left undeclared by a panic.
func TestFunctionVariables(t *testing.T) {
	const drift = "drift := func(x float64) float64 { return -(V(x+1) - V(x-1)) / 2 }"
	for _, cells := range [][]string{
		{"V := func(x float64) float64 { return x * x }\n" + drift + "\ndrift(3)", "drift(4)"},
		{"V := func(x float64) float64 { return x * x }\n" + drift, "a := drift(3)\nV := func(x float64) float64 { return 5 * x }\n[]float64{a, drift(3)}", "drift(3)",
			"V := func(x float64) float64 { return 7 * x }", "drift(3)"},
		{"var V = func(x float64) float64 { return x * x }\n" + drift, "V = math.Cos\ndrift(3)", "V = math.Exp", "drift(3)"},
		{"V := func(x float64) float64 { return x * x }\n" + drift, "p := &V\ndrift(3)", "*p = math.Cos\ndrift(3)"},
		{"V := func(x float64) float64 { return x * x }\n" + drift, "func change() { V = math.Cos }", "drift(3)", "change()\ndrift(3)"},
		{"func early(x float64) float64 { return 1 + V(x) }\nV := func(x float64) float64 { return 2 * x }\nearly(3)", "early(4)"},
		{"func early(x float64) float64 { return 1 + V(x) }\nearly(3)\nV := func(x float64) float64 { return 2 * x }", "early(4)"},
		{"a := []int{}\na[1] = 2\nV := func(x float64) float64 { return x * x }\n" + drift, "drift(3)"},
		{"V := func(x float64) float64 { return x * x }\na := []int{}\na[1] = 2\n" + drift, "V(3)",
			"drift := func(x float64) float64 { return V(x) }\ndrift(3)"},
		{"V, k := func(x float64) float64 { return k0 * x }, 2.0\nvar k0 = 3.0", "V(2) + k"},
		{"for i := range 3 { V := func(x float64) float64 { return float64(i) * x }\n fmt.Sprint(V(2)) }"},
		{"V := func(x float64) float64 { return x * x }\nfor range 2 { V = func(x float64) float64 { return 3 * x } }\n" + drift + "\ndrift(3)"},
		{"V := func(x float64) float64 { return 1 }\n" + drift, "V := func(x float64) string { return \"new\" }\nV(drift(2))", "drift(3)"},
	} {
		compiled, interpreted := open(t), openInterpreted(t)
		for i, text := range cells {
			if got, want := outcome(compiled, i+1, text), outcome(interpreted, i+1, text); got != want {
				t.Errorf("%q\ncell %d is %s as machine code and %s interpreted", cells, i+1, got, want)
			}
		}
	}
}

// TestFunctionVariablesAreMachineCode: what calls a variable of func type is machine code for as long as the variable keeps
// its literal, and again once it has another.
func TestFunctionVariablesAreMachineCode(t *testing.T) {
	s := open(t, "V := func(x float64) float64 { return x * x }", "func slope(x float64) float64 { return V(x+1) - V(x-1) }")
	native := func() bool {
		for _, c := range s.Compilations() {
			if c.Name == "slope" {
				return c.Native
			}
		}
		t.Fatal("slope is not listed")
		return false
	}
	for i, c := range []struct {
		text string
		want bool
	}{{"slope(2)", true}, {"V := func(x float64) float64 { return 3 * x }", true}, {"V = math.Sin", false}, {"V := math.Cos", false},
		{"V := func(x float64) float64 { return 2 * x }", true}} {
		outcome(s, 3+i, c.text)
		if got := native(); got != c.want {
			t.Errorf("after %q slope is machine code: %v", c.text, got)
		}
	}
}
