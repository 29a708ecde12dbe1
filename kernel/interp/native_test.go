package interp_test

import (
	"context"
	"fmt"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/interp"
)

// answer runs a cell and gives its value as %v prints it.
func answer(t *testing.T, s *interp.Session, number int, text string) string {
	t.Helper()
	r, err := s.Evaluate(context.Background(), cell.Source{Number: number, Text: text}, cell.Streams{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return fmt.Sprint(r.Value)
}

// TestMachineCodeAgrees runs the same cells with and without machine code.
func TestMachineCodeAgrees(t *testing.T) {
	for _, cells := range [][]string{
		{"a := 2.0\nf := func(x float64) float64 { return a * x }\nf(3)", "a = 5\nf(3)"},
		{"func sq(x float64) float64 { return x * x }\nfunc h(x float64) float64 { return sq(x) + 1 }\nh(3)",
			"func sq(x float64) float64 { return 10 * x }\nh(3)"},
		{"xs := make([]float64, 50)\nfor i := range xs { xs[i] = float64(i) / 3 }\nxs[7]", "s := 0.0\nfor _, x := range xs { s += x }\ns"},
		{"type P struct{ X, Y float64 }\nfunc (p P) Norm() float64 { return math.Sqrt(p.X*p.X + p.Y*p.Y) }\nP{3, 4}.Norm()"},
		{"func even(n int) bool { if n == 0 { return true }; return odd(n - 1) }\nfunc odd(n int) bool { if n == 0 { return false }; return even(n - 1) }\neven(9)"},
		{"n := 0\nfor i := 0; i < 100; i++ { if i%3 == 0 { continue }; n += i }\nn"},
	} {
		compiled, interpreted := open(t), openInterpreted(t)
		for i, text := range cells {
			if got, want := answer(t, compiled, i+1, text), answer(t, interpreted, i+1, text); got != want {
				t.Errorf("%s\nis %s as machine code and %s interpreted", text, got, want)
			}
		}
	}
}

func TestCompilationsAreListed(t *testing.T) {
	s := open(t, "func sq(x float64) float64 { return x * x }\nfunc say(x float64) string { return fmt.Sprint(x) }")
	got := s.Compilations()
	if len(got) != 2 || !got[0].Native || got[1].Native || got[1].Why == "" || got[1].WhyLine != 2 {
		t.Errorf("%+v", got)
	}
}

// TestMemoryBeyondTheWindow reads and writes the end of a slice that is longer than WebAssembly's addresses reach;
// only the pages that are touched take memory.
func TestMemoryBeyondTheWindow(t *testing.T) {
	s := open(t, "big := make([]float64, 560_000_000)", "for i := 559_999_990; i < len(big); i++ { big[i] = 2 }")
	if got := answer(t, s, 3, "t := 0.0\nfor i := 559_999_980; i < len(big); i++ { t += big[i] }\nt"); got != "20" {
		t.Errorf("a loop at the end of the slice adds up to %s, want 20", got)
	}
	if got := answer(t, s, 4, "last := func(v []float64) float64 { return v[len(v)-1] }\nlast(big)"); got != "2" {
		t.Errorf("the last element is %s to a function, want 2", got)
	}
}

// TestClosuresCalledAtOnce lets two goroutines of compiled code call an interpreted closure that calls others; a panic
// in one of them is an error of the cell.
func TestClosuresCalledAtOnce(t *testing.T) {
	s := openInterpreted(t, "func twice(x float64) float64 { return 2 * x }\nfunc four(x float64) float64 { return twice(twice(x)) }")
	cellText := `var wg sync.WaitGroup
sum := 0.0
done := make(chan float64, 2)
for g := 0; g < 2; g++ {
	time.AfterFunc(0, func() { t := 0.0; for i := 0; i < 3000; i++ { t += four(1) }; done <- t })
}
sum = <-done + <-done
sum`
	if got := answer(t, s, 2, cellText); got != "24000" {
		t.Errorf("two goroutines add up to %s, want 24000", got)
	}
}
