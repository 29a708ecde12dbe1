package score

import (
	"fmt"

	"scorebook/stdlib/trajectory"
)

// Physical returns the score in physical coordinates of a score s given in the normalised ones,
// s_x(x) = S⁻¹ s_x̃(S⁻¹(x − μ)) with S = diag(std), LD (59). A nil scale returns s.
func Physical(s Score, sc *trajectory.Scale) Score {
	if sc == nil {
		return s
	}
	return newAffine(s, sc.Std, sc.NormalizedTo)
}

// Normalized is the inverse of Physical: the score in normalised coordinates of a score s given in physical ones,
// s_x̃(x̃) = S s_x(μ + S x̃). A nil scale returns s.
func Normalized(s Score, sc *trajectory.Scale) Score {
	if sc == nil {
		return s
	}
	inverse := make([]float64, len(sc.Std))
	for i, v := range sc.Std {
		inverse[i] = 1 / v
	}
	return newAffine(s, inverse, sc.PhysicalTo)
}

// affine is a score seen through an affine change of each coordinate.
type affine struct {
	inner Score
	unit  []float64              // dx/dx̃ᵢ: the score's component i is divided by it
	to    func(dst, x []float64) // from the new coordinates to those of inner
}

func newAffine(s Score, unit []float64, to func(dst, x []float64)) *affine {
	if s.Dim() != len(unit) {
		panic(fmt.Sprintf("score: a scale of %d coordinates for a score of %d", len(unit), s.Dim()))
	}
	return &affine{inner: s, unit: unit, to: to}
}

func (a *affine) Dim() int { return len(a.unit) }

func (a *affine) ScoreTo(dst, x []float64) {
	checkPoints(len(a.unit), dst, x)
	buf := a.points(x)
	defer buffers.Put(buf)
	a.inner.ScoreTo(dst, (*buf)[:len(x)])
	for k := 0; k < len(dst); k += len(a.unit) {
		for i, u := range a.unit {
			dst[k+i] /= u
		}
	}
}

// points borrows a buffer with x in the coordinates of inner.
func (a *affine) points(x []float64) *[]float64 {
	buf := borrow(len(x))
	a.to((*buf)[:len(x)], x)
	return buf
}

// JacobianTo writes S⁻¹ J S⁻¹ with the Jacobian J of inner.
func (a *affine) JacobianTo(dst, x []float64) {
	d := len(a.unit)
	checkDerivatives(d, d*d, dst, x)
	buf := a.points(x)
	defer buffers.Put(buf)
	JacobianTo(dst, (*buf)[:len(x)], a.inner)
	for k := range dst {
		dst[k] /= a.unit[k/d%d] * a.unit[k%d]
	}
}

// DivergenceTo needs the diagonal of the Jacobian, since every coordinate has a unit of its own.
func (a *affine) DivergenceTo(dst, x []float64) {
	checkDerivatives(len(a.unit), 1, dst, x)
	traces(dst, x, a)
}
