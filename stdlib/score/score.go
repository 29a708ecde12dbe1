package score

import "fmt"

// Score is s(x) = ∇ₓ ln p(x) on ℝᴰ.
type Score interface {
	// Dim is D.
	Dim() int
	// ScoreTo writes the score at each of the len(x)/D points of x to dst, both sample-major and of equal length.
	// It is safe for concurrent use, leaves x as it is (dst must not overlap x), and does not allocate once warm.
	ScoreTo(dst, x []float64)
}

// Func is a score given by a function of one point: F writes the D components of s(x) to dst.
type Func struct {
	D int
	F func(dst, x []float64)
}

var _ Score = Func{}

// Dim is D.
func (f Func) Dim() int { return f.D }

// ScoreTo applies F to each point of x.
func (f Func) ScoreTo(dst, x []float64) {
	checkPoints(f.D, dst, x)
	for k := 0; k < len(x); k += f.D {
		f.F(dst[k:k+f.D:k+f.D], x[k:k+f.D:k+f.D])
	}
}

// checkPoints panics unless dst and x hold the same whole number of points of d coordinates.
func checkPoints(d int, dst, x []float64) {
	if len(dst) != len(x) || len(x)%d != 0 {
		panic(fmt.Sprintf("score: %d values to %d, in %d coordinates", len(x), len(dst), d))
	}
}
