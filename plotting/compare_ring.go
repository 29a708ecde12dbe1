package plotting

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// Points of a ring are alike, so that their statistics can be pooled.
const (
	farthest   = 3         // joint densities of points up to so many apart
	mostPooled = 1_000_000 // values of a density; longer series are thinned
)

// CompareRing shows a model of a ring of points that are all alike beside its data: maps of time and position, the density
// and the autocorrelation averaged over the points, and the joint densities of points 1, 2 and 3 apart; KG Figs. 5 and 6,
// LD Fig. 1.
func CompareRing(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	if model == nil {
		return nil, errors.New("plotting: CompareRing needs a model beside the data; SpaceTime shows one alone")
	}
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	if data.Dim < 2 {
		return nil, errors.New("plotting: a ring needs two points")
	}
	maps, err := p.maps()
	if err != nil {
		return nil, err
	}
	rows, err := p.pooledRow(ctx)
	if err != nil {
		return nil, err
	}
	b := &block{columns: []track{{share: 2}, {share: 1}, {share: 1}}, rows: [][]cell{rows}, heights: []vg.Length{1.2 * vg.Inch}}
	joints, err := p.apart(ctx)
	if err != nil {
		return nil, err
	}
	return newFigure(o.Style, TwoColumns, maps, b, joints), nil
}

// pooledRow is the series of the first point and what all points have in common.
func (p *pair) pooledRow(ctx context.Context) ([]cell, error) {
	first := *p
	first.Duration = 0
	series, err := first.trajectory(0)
	if err != nil {
		return nil, err
	}
	pooled := pair{Options: p.Options, data: pooled(p.data, 0), model: pooled(p.model, 0)}
	density, err := pooled.marginal(ctx, 0)
	if err != nil {
		return nil, err
	}
	density.X.Label = "all points"
	lags := p.Lags
	if lags == 0 {
		lags = p.span(shownLags)
	}
	a, err := stats.ACF(ctx, p.data, lags)
	if err != nil {
		return nil, err
	}
	longest := float64(p.model.LongestRun()-1) * p.model.Dt
	b, err := stats.ACF(ctx, p.model, math.Min(lags, longest))
	if err != nil {
		return nil, err
	}
	return []cell{series, density, p.meanCorrelation(a, b)}, nil
}

// meanCorrelation is the panel of the autocorrelations averaged over the points.
func (p *pair) meanCorrelation(a, b *stats.Correlation) *Panel {
	x, y := a.Mean(), b.Mean()
	low := math.Min(0, math.Min(slices.Min(x), slices.Min(y)))
	panel := &Panel{X: Axis{Label: "lag τ"}, Y: Axis{Label: "mean ρ(τ)", Min: 1.1*low - 0.05, Max: 1.03}}
	if a.Dt == b.Dt {
		worst := 0.0
		for k := range min(len(x), len(y)) {
			worst = math.Max(worst, math.Abs(x[k]-y[k]))
		}
		panel.Title = "max |Δρ| = " + short(worst)
	}
	return panel.Level(0).Band(p.Data, Truth, a.Lags(), x).Line(p.Model, Model, b.Lags(), y)
}

// apart is a row of joint densities for each distance on the ring.
func (p *pair) apart(ctx context.Context) (*block, error) {
	var joints *block
	for k := 1; k <= min(farthest, p.data.Dim/2); k++ {
		next := pair{Options: p.Options, data: pooled(p.data, k), model: pooled(p.model, k)}
		next.Pairs = [][2]int{{0, 1}}
		b, err := next.joints(ctx)
		if err != nil {
			return nil, err
		}
		if joints == nil {
			joints = b
			continue
		}
		joints.rows, joints.heights = append(joints.rows, b.rows...), append(joints.heights, b.heights...)
	}
	return joints, nil
}

// pooled is every point of a ring as one coordinate and, for k > 0, the point k further as a second, physical and in no
// order that means anything.
func pooled(t *trajectory.Trajectory, k int) *trajectory.Trajectory {
	d := t.Dim
	x := t.Thin(max(1, t.Len()*d/mostPooled)).Physical().X
	if k == 0 {
		return &trajectory.Trajectory{Dim: 1, Dt: t.Dt, X: x, Names: []string{"x"}}
	}
	pairs := make([]float64, 0, 2*len(x))
	for i, v := range x {
		pairs = append(pairs, v, x[i-i%d+(i%d+k)%d])
	}
	return &trajectory.Trajectory{Dim: 2, Dt: t.Dt, X: pairs, Names: []string{"xᵢ", fmt.Sprintf("x_{i+%d}", k)}}
}
