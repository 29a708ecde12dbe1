package stats

import "fmt"

// Axis is a uniform grid of N points, Lo, Lo+Step, …, in units of the coordinate.
type Axis struct {
	Lo, Step float64
	N        int
}

// NewAxis returns the axis of n points from low to high, both included.
func NewAxis(low, high float64, n int) Axis {
	if n < 2 || !(high > low) {
		panic(fmt.Sprintf("stats: axis of %d points from %g to %g", n, low, high))
	}
	return Axis{Lo: low, Step: (high - low) / float64(n-1), N: n}
}

// At is point k.
func (a Axis) At(k int) float64 { return a.Lo + float64(k)*a.Step }

// Hi is the last point.
func (a Axis) Hi() float64 { return a.At(a.N - 1) }

// Points returns the N points.
func (a Axis) Points() []float64 {
	x := make([]float64, a.N)
	for k := range x {
		x[k] = a.At(k)
	}
	return x
}

// margin is how far beyond the samples an axis reaches by default, in kernel widths.
const margin = 4

// axisOver returns the axis of n points that covers all of the samples.
func axisOver(n int, samples ...spread) Axis {
	low, high := samples[0].low, samples[0].high
	for _, s := range samples {
		low = min(low, s.low-margin*s.bandwidth)
		high = max(high, s.high+margin*s.bandwidth)
	}
	return NewAxis(low, high, n)
}

// widen returns the axis with `pad` more points at either end.
func (a Axis) widen(pad int) Axis {
	return Axis{Lo: a.At(-pad), Step: a.Step, N: a.N + 2*pad}
}

// locate returns the grid point at or below x and the fraction of a step from it to x, or false outside the axis.
func (a Axis) locate(x float64) (int, float64, bool) {
	u := (x - a.Lo) / a.Step
	if !(u >= 0 && u < float64(a.N-1)) {
		return 0, 0, false
	}
	k := int(u)
	return k, u - float64(k), true
}
