package native

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestElementaryCompiles calls the compiled functions as user code does and compares with package math.
func TestElementaryHasGoBits(t *testing.T) {
	fs := build(t, `package p
import "math"
func exp(x float64) float64 { return math.Exp(x) }
func log(x float64) float64 { return math.Log(x) }
func sin(x float64) float64 { return math.Sin(x) }
func cos(x float64) float64 { return math.Cos(x) }
func tan(x float64) float64 { return math.Tan(x) }
func tanh(x float64) float64 { return math.Tanh(x) }
func atan(x float64) float64 { return math.Atan(x) }
func round(x float64) float64 { return math.Round(x) }
func pow(x, y float64) float64 { return math.Pow(x, y) }
func atan2(x, y float64) float64 { return math.Atan2(x, y) }
func hypot(x, y float64) float64 { return math.Hypot(x, y) }
func largest(x, y float64) float64 { return math.Max(x, y) }
func least(x, y float64) float64 { return math.Min(x, y) }
`, nil)
	one := map[string]func(float64) float64{"exp": math.Exp, "log": math.Log, "sin": math.Sin, "cos": math.Cos, "tan": math.Tan,
		"tanh": math.Tanh, "atan": math.Atan, "round": math.Round}
	two := map[string]func(x, y float64) float64{"pow": math.Pow, "atan2": math.Atan2, "hypot": math.Hypot, "largest": math.Max, "least": math.Min}
	r := rand.New(rand.NewPCG(3, 3))
	for range 100_000 {
		x, y := r.NormFloat64()*8, r.NormFloat64()*4
		if r.IntN(4) == 0 {
			x, y = math.Float64frombits(r.Uint64()), math.Round(y)
		}
		for name, want := range one {
			if got := fs[name].Interface().(func(float64) float64)(x); math.Float64bits(got) != math.Float64bits(want(x)) && got == got {
				t.Fatalf("%s(%v) = %v, package math %v", name, x, got, want(x))
			}
		}
		for name, want := range two {
			if got := fs[name].Interface().(func(x, y float64) float64)(x, y); math.Float64bits(got) != math.Float64bits(want(x, y)) && got == got {
				t.Fatalf("%s(%v, %v) = %v, package math %v", name, x, y, got, want(x, y))
			}
		}
	}
}
