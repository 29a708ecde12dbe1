package stats

import (
	"fmt"

	"scorebook/stdlib/trajectory"
)

// JointDensity is a density of two coordinates on a grid.
type JointDensity struct {
	X, Y Axis
	// P is p(x, y) by rows of constant x: P[i*Y.N+j] at (X.At(i), Y.At(j)), in units of 1/(x·y).
	P []float64
	// Bandwidth is the kernel width on either axis; 0 for a density given by a function.
	Bandwidth [2]float64
}

// KDE2 estimates the joint density of the pairs (x[k], y[k]) with a product of Gaussian kernels, by bilinear binning
// and FFT. Each axis has the bandwidth of its own sample, as in one dimension.
func KDE2(x, y []float64, o DensityOptions) (*JointDensity, error) {
	if len(x) != len(y) {
		panic(fmt.Sprintf("stats: joint density of %d and %d values", len(x), len(y)))
	}
	sx, err := o.spreadOf(x)
	if err != nil {
		return nil, err
	}
	sy, err := o.spreadOf(y)
	if err != nil {
		return nil, err
	}
	ax, ay := o.axes([]spread{sx}, []spread{sy})
	return estimateJoint(x, y, ax, ay, sx.bandwidth, sy.bandwidth), nil
}

// axes are the given axes, or those that cover the samples.
func (o DensityOptions) axes(x, y []spread) (ax, ay Axis) {
	ax, ay = o.X, o.Y
	n := orDefault(o.Points, defaultPointsJoint)
	if ax.N == 0 {
		ax = axisOver(n, x...)
	}
	if ay.N == 0 {
		ay = axisOver(n, y...)
	}
	return ax, ay
}

func estimateJoint(x, y []float64, ax, ay Axis, hx, hy float64) *JointDensity {
	px, py := padding(hx, ax.Step), padding(hy, ay.Step)
	wx, wy := ax.widen(px), ay.widen(py)
	p := binJoint(x, y, wx, wy)
	along := newSmoother(wy.N, hy, wy.Step)
	for i := range wx.N {
		along.smooth(p, i*wy.N, 1, wy.N)
	}
	across := newSmoother(wx.N, hx, wx.Step)
	for j := range wy.N {
		across.smooth(p, j, wy.N, wx.N)
	}
	d := &JointDensity{X: ax, Y: ay, P: make([]float64, 0, ax.N*ay.N), Bandwidth: [2]float64{hx, hy}}
	for i := px; i < px+ax.N; i++ {
		d.P = append(d.P, p[i*wy.N+py:i*wy.N+py+ay.N]...)
	}
	return d
}

// binJoint spreads each pair over the four grid points around it.
func binJoint(x, y []float64, ax, ay Axis) []float64 {
	p := make([]float64, ax.N*ay.N)
	weight := 1 / (float64(len(x)) * ax.Step * ay.Step)
	for k := range x {
		i, f, okx := ax.locate(x[k])
		j, g, oky := ay.locate(y[k])
		if !okx || !oky {
			continue
		}
		row := p[i*ay.N+j:]
		row[0] += (1 - f) * (1 - g) * weight
		row[1] += (1 - f) * g * weight
		row = row[ay.N:]
		row[0] += f * (1 - g) * weight
		row[1] += f * g * weight
	}
	return p
}

// JointDensityOf is the density p at the points of two axes, for comparison with an estimate.
func JointDensityOf(p func(x, y float64) float64, x, y Axis) *JointDensity {
	d := &JointDensity{X: x, Y: y, P: make([]float64, 0, x.N*y.N)}
	for i := range x.N {
		for j := range y.N {
			d.P = append(d.P, p(x.At(i), y.At(j)))
		}
	}
	return d
}

// Joint estimates the joint density of the coordinates i and j of t, in the coordinates of t.
func Joint(t *trajectory.Trajectory, i, j int, o DensityOptions) (*JointDensity, error) {
	d, err := KDE2(t.Coordinate(nil, i), t.Coordinate(nil, j), o)
	if err != nil {
		return nil, fmt.Errorf("stats: joint density of %s and %s: %w", t.Name(i), t.Name(j), err)
	}
	return d, nil
}

// JointPair estimates the joint densities of the coordinates i and j of a and of b on common axes that cover both, in
// physical coordinates. Each has its own bandwidths, unless o gives one.
func JointPair(a, b *trajectory.Trajectory, i, j int, o DensityOptions) (p, q *JointDensity, err error) {
	if err := checkDims(a, b); err != nil {
		return nil, nil, err
	}
	columns := [4][]float64{physical(a, i), physical(a, j), physical(b, i), physical(b, j)}
	var s [4]spread
	for k, c := range columns {
		if s[k], err = o.spreadOf(c); err != nil {
			return nil, nil, fmt.Errorf("stats: joint density of %s and %s: %w", a.Name(i), a.Name(j), err)
		}
	}
	x, y := o.axes([]spread{s[0], s[2]}, []spread{s[1], s[3]})
	p = estimateJoint(columns[0], columns[1], x, y, s[0].bandwidth, s[1].bandwidth)
	q = estimateJoint(columns[2], columns[3], x, y, s[2].bandwidth, s[3].bandwidth)
	return p, q, nil
}
