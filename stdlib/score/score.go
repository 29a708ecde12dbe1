package score

import (
	"fmt"
	"sync"
)

// Score is s(x) = ∇ₓ ln p(x) on ℝᴰ.
type Score interface {
	// Dim is D.
	Dim() int
	// ScoreTo writes the score at each of the len(x)/D points of x to dst, both sample-major and of equal length.
	// It is safe for concurrent use, leaves x as it is (dst must not overlap x), and does not allocate once warm.
	ScoreTo(dst, x []float64)
}

// Func is a score given by a function of one point: F writes the D components of s(x) to dst. J, when it is known, writes
// the D×D derivatives ∂sᵢ/∂xⱼ, row-major; without it they are taken by differences.
type Func struct {
	D int
	F func(dst, x []float64)
	J func(dst, x []float64)
}

// Dim is D.
func (f Func) Dim() int { return f.D }

// ScoreTo applies F to each point of x.
func (f Func) ScoreTo(dst, x []float64) {
	checkPoints(f.D, dst, x)
	for k := 0; k < len(x); k += f.D {
		f.F(dst[k:k+f.D:k+f.D], x[k:k+f.D:k+f.D])
	}
}

// JacobianTo writes ∂sᵢ/∂xⱼ at each point of x.
func (f Func) JacobianTo(dst, x []float64) {
	checkDerivatives(f.D, f.D*f.D, dst, x)
	if f.J == nil {
		JacobianTo(dst, x, undifferentiated{f})
		return
	}
	size := f.D * f.D
	for k := 0; k*f.D < len(x); k++ {
		f.J(dst[k*size:(k+1)*size:(k+1)*size], x[k*f.D:(k+1)*f.D:(k+1)*f.D])
	}
}

// DivergenceTo writes ∇·s at each point of x.
func (f Func) DivergenceTo(dst, x []float64) {
	checkDerivatives(f.D, 1, dst, x)
	if f.J == nil {
		DivergenceTo(dst, x, undifferentiated{f})
		return
	}
	traces(dst, x, f)
}

// undifferentiated hides the derivatives of a score.
type undifferentiated struct{ Score }

// traces writes the divergence as the trace of the Jacobian, point by point.
func traces(dst, x []float64, s Differentiable) {
	d := s.Dim()
	j := borrow(d * d)
	defer buffers.Put(j)
	for k := range dst {
		s.JacobianTo((*j)[:d*d], x[k*d:(k+1)*d])
		dst[k] = 0
		for i := range d {
			dst[k] += (*j)[i*d+i]
		}
	}
}

// buffers hold what a call needs and no longer.
var buffers = sync.Pool{New: func() any { return new([]float64) }}

func borrow(n int) *[]float64 {
	b := buffers.Get().(*[]float64)
	if len(*b) < n {
		*b = make([]float64, n)
	}
	return b
}

// checkPoints panics unless dst and x hold the same whole number of points of d coordinates.
func checkPoints(d int, dst, x []float64) {
	if len(dst) != len(x) || len(x)%d != 0 {
		panic(fmt.Sprintf("score: %d values to %d, in %d coordinates", len(x), len(dst), d))
	}
}
