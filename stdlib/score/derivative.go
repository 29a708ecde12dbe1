package score

import (
	"fmt"
	"math"
)

// Differentiable is a score that gives its own derivatives. Both methods are safe for concurrent use, leave x as it
// is, and do not allocate once warm.
type Differentiable interface {
	Score
	// JacobianTo writes ∂sᵢ/∂xⱼ at each point of x to dst: D×D numbers a point, row-major, in units of 1/x². The Jacobian
	// of an exact score is symmetric, being the Hessian of ln p; that of an estimate need not be.
	JacobianTo(dst, x []float64)
	// DivergenceTo writes ∇·s = Σᵢ ∂sᵢ/∂xᵢ at each point of x to dst: one number a point.
	DivergenceTo(dst, x []float64)
}

var _, _, _ Differentiable = Func{}, (*Mixture)(nil), (*affine)(nil)

// JacobianTo writes ∂sᵢ/∂xⱼ at each of the len(x)/D points of x to dst, D×D numbers a point, row-major: by the score's own
// method when it is [Differentiable], and else by four-point central differences, whose relative error is about 10⁻¹⁰ for
// a smooth score of order one.
func JacobianTo(dst, x []float64, s Score) {
	checkDerivatives(s.Dim(), s.Dim()*s.Dim(), dst, x)
	if d, ok := s.(Differentiable); ok {
		d.JacobianTo(dst, x)
		return
	}
	differences(s, x, func(k, j int, slope []float64) {
		for i, v := range slope {
			dst[(k*len(slope)+i)*len(slope)+j] = v
		}
	})
}

// DivergenceTo writes ∇·s at each point of x to dst, one number a point, in the way of [JacobianTo].
func DivergenceTo(dst, x []float64, s Score) {
	checkDerivatives(s.Dim(), 1, dst, x)
	if d, ok := s.(Differentiable); ok {
		d.DivergenceTo(dst, x)
		return
	}
	clear(dst)
	differences(s, x, func(k, j int, slope []float64) { dst[k] += slope[j] })
}

// checkDerivatives panics unless dst holds size numbers for each point of x.
func checkDerivatives(d, size int, dst, x []float64) {
	if len(x)%d != 0 || len(dst) != len(x)/d*size {
		panic(fmt.Sprintf("score: %d derivatives at %d values, in %d coordinates", len(dst), len(x), d))
	}
}

// stencilOffsets and stencilWeights are those of the four-point central difference, in units of the step.
var (
	stencilOffsets = [4]float64{-2, -1, 1, 2}
	stencilWeights = [4]float64{1.0 / 12, -8.0 / 12, 8.0 / 12, -1.0 / 12}
)

// differences calls visit with ∂s/∂xⱼ of every point k and coordinate j.
func differences(s Score, x []float64, visit func(k, j int, slope []float64)) {
	d := s.Dim()
	b := borrow(9 * d)
	defer buffers.Put(b)
	moved, scores, slope := (*b)[:4*d], (*b)[4*d:8*d], (*b)[8*d:9*d]
	for k := 0; k*d < len(x); k++ {
		point := x[k*d : (k+1)*d]
		for j, v := range point {
			h := 1e-3 * max(1, math.Abs(v))
			for side, offset := range stencilOffsets {
				copy(moved[side*d:], point)
				moved[side*d+j] += offset * h
			}
			s.ScoreTo(scores, moved)
			for i := range slope {
				slope[i] = 0
				for side, w := range stencilWeights {
					slope[i] += w * scores[side*d+i] / h
				}
			}
			visit(k, j, slope)
		}
	}
}
