// Package numtest holds the assertions that numeric tests share: relative errors, derivatives by finite differences,
// measured orders of convergence, and bounds on statistics derived from the number of samples.
package numtest

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Within fails unless |got − want| ≤ tol·max(|want|, 1).
func Within(t testing.TB, what string, got, want, tol float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= tol*max(math.Abs(want), 1)) {
		t.Errorf("%s = %.15g, want %.15g ± %.3g (off by %.3g)", what, got, want, tol*max(math.Abs(want), 1), d)
	}
}

// Slice fails unless got is want to within a relative error ‖got − want‖/‖want‖ of tol.
func Slice(t testing.TB, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d values, want %d", what, len(got), len(want))
		return
	}
	if e := RelativeError(got, want); !(e <= tol) {
		t.Errorf("%s is off by %.3g in the relative norm, allowed %.3g\n got %.6g\nwant %.6g", what, e, tol, head(got), head(want))
	}
}

func head(x []float64) []float64 { return x[:min(len(x), 12)] }

// Matrix fails unless ‖got − want‖_F ≤ tol·‖want‖_F.
func Matrix(t testing.TB, what string, got, want mat.Matrix, tol float64) {
	t.Helper()
	Slice(t, what, mat.DenseCopyOf(got).RawMatrix().Data, mat.DenseCopyOf(want).RawMatrix().Data, tol)
}

// RelativeError is ‖got − want‖₂/‖want‖₂, or ‖got‖₂ when want vanishes.
func RelativeError(got, want []float64) float64 {
	diff, norm := 0.0, 0.0
	for i, w := range want {
		diff = math.Hypot(diff, got[i]-w)
		norm = math.Hypot(norm, w)
	}
	if norm == 0 {
		return diff
	}
	return diff / norm
}
