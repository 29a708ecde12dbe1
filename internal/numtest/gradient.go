package numtest

import (
	"math"
	"testing"
)

// Gradient returns ∇f(x) by the four-point central difference, whose error is about 10⁻¹¹ where f is of order one.
func Gradient(f func(x []float64) float64, x []float64) []float64 {
	g := make([]float64, len(x))
	y := append([]float64(nil), x...)
	for i, v := range x {
		h := 1e-3 * max(1, math.Abs(v))
		at := func(steps float64) float64 {
			y[i] = v + steps*h
			return f(y)
		}
		g[i] = (8*(at(1)-at(-1)) - (at(2) - at(-2))) / (12 * h)
		y[i] = v
	}
	return g
}

// CheckGradient fails unless gradient writes ∇f at each of the points to within a relative error of tol.
func CheckGradient(t testing.TB, f func(x []float64) float64, gradient func(dst, x []float64), points [][]float64, tol float64) {
	t.Helper()
	for _, x := range points {
		got := make([]float64, len(x))
		gradient(got, x)
		want := Gradient(f, x)
		for i := range want {
			Within(t, "component of the gradient", got[i], want[i], tol)
		}
	}
}
