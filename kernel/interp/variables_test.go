package interp_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude/symbols"
)

func open(t *testing.T, cells ...string) *interp.Session {
	t.Helper()
	return openWith(t, interp.Options{}, cells...)
}

// openInterpreted opens a session that makes no machine code.
func openInterpreted(t *testing.T, cells ...string) *interp.Session {
	t.Helper()
	return openWith(t, interp.Options{Interpreted: true}, cells...)
}

func openWith(t *testing.T, o interp.Options, cells ...string) *interp.Session {
	t.Helper()
	o.Importer, o.Symbols = exports.New(), symbols.Package
	s, err := interp.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range cells {
		if _, err := s.Evaluate(context.Background(), cell.Source{Number: i + 1, Text: text}, cell.Streams{}); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	return s
}

func TestVariables(t *testing.T) {
	s := open(t,
		"n := 41\nx := math.Pi\ns := \"a\\nb\"\nvar none []float64",
		"type P struct{ X, y float64; Next *P }\np := P{1, 2, nil}\nq := &P{3, 4, &p}\nps := []P{p, p}",
		"many := make([]float64, 1000000)\nm := map[string]int{\"b\": 2, \"a\": 1}\nd := mat.NewDense(2, 3, nil)\nvar e error = fmt.Errorf(\"bad\")\nf := func(x int) int { return x }\nvar a any = p",
		"n = 42")
	want := map[string]string{
		"n": "int = 42", "x": "float64 = 3.141592653589793", "s": `string = "a\nb"`, "none": "[]float64 = nil",
		"p": "P = P{X: 1, y: 2, Next: nil}", "q": "*P = &P{X: 3, y: 4, Next: &P{X: 1, y: 2, Next: nil}}",
		"ps":   "[]P = [P{X: 1, y: 2, Next: nil} P{X: 1, y: 2, Next: nil}]",
		"many": "[]float64 = [0 0 0 0 0 0 …] (1000000 values)", "m": "map[string]int = map[\"a\":1 \"b\":2]",
		"d": "*mat.Dense = 2×3 matrix", "e": "error = bad", "f": "func(x int) int = func(x int) int",
		"a": "any = P{X: 1, y: 2, Next: nil}",
	}
	for _, v := range s.Variables() {
		if got := v.Type + " = " + v.Value; got != want[v.Name] {
			t.Errorf("%s: %s, want %s", v.Name, got, want[v.Name])
		}
		delete(want, v.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	if data := fmt.Sprint(s.Inspect("n", 1, 0).Data); !strings.Contains(data, "= 42") {
		t.Errorf("inspection of n: %s", data)
	}
}

func TestReset(t *testing.T) {
	s := open(t, "n := 41\nfunc f() int { return n }")
	if err := s.Reset(); err != nil {
		t.Fatal(err)
	}
	if left := s.Variables(); len(left) > 0 {
		t.Errorf("after the reset there are %v", left)
	}
	if _, err := s.Evaluate(context.Background(), cell.Source{Number: 2, Text: "f()"}, cell.Streams{}); err == nil {
		t.Error("f is still known")
	}
	r, err := s.Evaluate(context.Background(), cell.Source{Number: 3, Text: "n := \"new\"\nn"}, cell.Streams{})
	if err != nil || r.Value != "new" {
		t.Errorf("%v, %v", r.Value, err)
	}
}
