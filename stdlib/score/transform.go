package score

import (
	"fmt"
	"sync"

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
	pool  sync.Pool              // *[]float64, the points in the coordinates of inner
}

func newAffine(s Score, unit []float64, to func(dst, x []float64)) *affine {
	if s.Dim() != len(unit) {
		panic(fmt.Sprintf("score: a scale of %d coordinates for a score of %d", len(unit), s.Dim()))
	}
	return &affine{inner: s, unit: unit, to: to, pool: sync.Pool{New: func() any { return new([]float64) }}}
}

func (a *affine) Dim() int { return len(a.unit) }

func (a *affine) ScoreTo(dst, x []float64) {
	checkPoints(len(a.unit), dst, x)
	buf := a.pool.Get().(*[]float64)
	defer a.pool.Put(buf)
	if cap(*buf) < len(x) {
		*buf = make([]float64, len(x))
	}
	points := (*buf)[:len(x)]
	a.to(points, x)
	a.inner.ScoreTo(dst, points)
	for k := 0; k < len(dst); k += len(a.unit) {
		for i, u := range a.unit {
			dst[k+i] /= u
		}
	}
}
