package stats

import (
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// Density is a density of one coordinate on a grid.
type Density struct {
	Axis
	// P is p(x) at each point of the axis, in units of 1/x.
	P []float64
	// Bandwidth is the width h of the kernel; 0 for a density given by a function.
	Bandwidth float64
}

// DensityOptions say how a density is estimated. The zero value follows the papers.
type DensityOptions struct {
	// Points is the number of grid points on each axis. 0 means 2048 for one coordinate and 256 for two.
	Points int
	// Bandwidth is the kernel width h on each axis. 0 means Silverman's rule (see Bandwidth).
	Bandwidth float64
	// X and Y are the axes, if they are to be given ones. The zero Axis means from the smallest sample −4h to the
	// largest +4h. Points is then not used.
	X, Y Axis
}

const (
	defaultPoints      = 2048
	defaultPointsJoint = 256
)

func (o DensityOptions) spreadOf(sample []float64) (spread, error) {
	if !(o.Bandwidth >= 0) || math.IsInf(o.Bandwidth, 1) || o.Points < 0 || o.Points == 1 {
		return spread{}, fmt.Errorf("stats: density with %d points and bandwidth %g; both must be positive, or 0 for the default",
			o.Points, o.Bandwidth)
	}
	s, err := spreadOf(sample)
	if o.Bandwidth > 0 {
		s.bandwidth = o.Bandwidth
	}
	return s, err
}

// KDE estimates the density of the sample with a Gaussian kernel, p(x) = (N h)⁻¹ Σₖ φ((x−xₖ)/h), by linear binning and
// FFT. Samples outside a given axis count in N, and those near it reach into it.
func KDE(sample []float64, o DensityOptions) (*Density, error) {
	s, err := o.spreadOf(sample)
	if err != nil {
		return nil, err
	}
	axis := o.X
	if axis.N == 0 {
		axis = axisOver(orDefault(o.Points, defaultPoints), s)
	}
	return estimate(sample, axis, s.bandwidth), nil
}

func orDefault(n, byDefault int) int {
	if n == 0 {
		return byDefault
	}
	return n
}

func estimate(sample []float64, axis Axis, h float64) *Density {
	pad := padding(h, axis.Step)
	wide := axis.widen(pad)
	p := make([]float64, wide.N)
	weight := 1 / (float64(len(sample)) * axis.Step)
	for _, x := range sample {
		if k, f, ok := wide.locate(x); ok {
			p[k] += (1 - f) * weight
			p[k+1] += f * weight
		}
	}
	newSmoother(wide.N, h, axis.Step).smooth(p, 0, 1, wide.N)
	return &Density{Axis: axis, P: p[pad : pad+axis.N : pad+axis.N], Bandwidth: h}
}

// DensityOf is the density p at the points of an axis, for comparison with an estimate.
func DensityOf(p func(x float64) float64, axis Axis) *Density {
	d := &Density{Axis: axis, P: make([]float64, axis.N)}
	for k := range d.P {
		d.P[k] = p(axis.At(k))
	}
	return d
}

// Value is p(x), linearly interpolated, and 0 outside the axis.
func (d *Density) Value(x float64) float64 {
	if k, f, ok := d.locate(x); ok {
		return (1-f)*d.P[k] + f*d.P[k+1]
	}
	return 0
}

// Marginal estimates the density of coordinate i of t, in the coordinates of t.
func Marginal(t *trajectory.Trajectory, i int, o DensityOptions) (*Density, error) {
	d, err := KDE(t.Coordinate(nil, i), o)
	if err != nil {
		return nil, fmt.Errorf("stats: density of %s: %w", t.Name(i), err)
	}
	return d, nil
}

// MarginalPair estimates the densities of coordinate i of a and of b on one axis that covers both, in physical
// coordinates. Each has its own bandwidth, unless o gives one.
func MarginalPair(a, b *trajectory.Trajectory, i int, o DensityOptions) (p, q *Density, err error) {
	x, y, err := physicalPair(a, b, i)
	if err != nil {
		return nil, nil, err
	}
	sx, err := o.spreadOf(x)
	if err != nil {
		return nil, nil, fmt.Errorf("stats: density of %s: %w", a.Name(i), err)
	}
	sy, err := o.spreadOf(y)
	if err != nil {
		return nil, nil, fmt.Errorf("stats: density of %s: %w", b.Name(i), err)
	}
	axis := o.X
	if axis.N == 0 {
		axis = axisOver(orDefault(o.Points, defaultPoints), sx, sy)
	}
	return estimate(x, axis, sx.bandwidth), estimate(y, axis, sy.bandwidth), nil
}
