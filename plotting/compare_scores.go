package plotting

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// CompareScores shows a learned score beside the exact one, which may be nil, and what was sampled with it beside the
// data: the curves or fields of arrows, densities, joint densities and trajectories, in one dimension (KG Fig. 2) or two
// (KG Fig. 3). The scores are in physical coordinates.
func CompareScores(ctx context.Context, data, model *trajectory.Trajectory, learned, exact score.Score, o Options) (*Figure, error) {
	if model == nil {
		return nil, errors.New("plotting: CompareScores needs what was sampled with the score beside the data")
	}
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	for _, s := range []score.Score{learned, exact} {
		if s != nil && s.Dim() != data.Dim {
			return nil, fmt.Errorf("plotting: a score of %d dimensions beside data of %d", s.Dim(), data.Dim)
		}
	}
	if learned == nil || data.Dim > 2 {
		return nil, fmt.Errorf("plotting: CompareScores needs a learned score of one or two dimensions; for %d take Compare and ScoreCells", data.Dim)
	}
	if data.Dim == 1 {
		return p.scalarScores(ctx, learned, exact)
	}
	return p.planarScores(ctx, learned, exact)
}

// scalarScores is one row: score, density, trajectory.
func (p *pair) scalarScores(ctx context.Context, learned, exact score.Score) (*Figure, error) {
	const points = 400
	ends := p.extent(0)
	x := grid(ends.lo, ends.hi, points)
	curve := &Panel{X: Axis{Label: p.name(0), Min: ends.lo, Max: ends.hi}, Y: Axis{Label: "score"}}
	if exact != nil {
		y := make([]float64, points)
		exact.ScoreTo(y, x)
		curve.Band(p.Data, Truth, x, y)
	}
	y := make([]float64, points)
	learned.ScoreTo(y, x)
	curve.Line(p.Model, Model, x, y)
	density, err := p.marginal(ctx, 0)
	if err != nil {
		return nil, err
	}
	density.X.Min, density.X.Max = ends.lo, ends.hi
	series, err := p.trajectory(0)
	if err != nil {
		return nil, err
	}
	b := &block{columns: []track{{share: 1}, {share: 1}, {share: 1.6}}, rows: [][]cell{{curve, density, series}}, heights: []vg.Length{1.6 * vg.Inch}}
	return newFigure(p.Style, TwoColumns, b), nil
}

// planarScores is arrows, densities, joint densities and trajectories below one another.
func (p *pair) planarScores(ctx context.Context, learned, exact score.Score) (*Figure, error) {
	x, y := p.extent(0), p.extent(1)
	scores := []Score{{p.Model, learned}}
	if exact != nil {
		scores = []Score{{p.Data, exact}, {p.Model, learned}}
	}
	arrows, err := quivers(scores, QuiverOptions{Min: [2]float64{x.lo, y.lo}, Max: [2]float64{x.hi, y.hi}, XLabel: p.name(0), YLabel: p.name(1)})
	if err != nil {
		return nil, err
	}
	densities, series := &block{columns: equal(2), heights: []vg.Length{1.4 * vg.Inch}}, &block{columns: equal(1)}
	row := make([]cell, 2)
	for i := range row {
		density, err := p.marginal(ctx, i)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			density.Y.Label = ""
		}
		row[i] = density
		panel, err := p.trajectory(i)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			panel.X.Label, panel.X.Bare = "", true
		}
		series.rows, series.heights = append(series.rows, []cell{panel}), append(series.heights, 0.95*vg.Inch)
	}
	densities.rows = [][]cell{row}
	p.Pairs = [][2]int{{0, 1}}
	joints, err := p.joints(ctx)
	if err != nil {
		return nil, err
	}
	return newFigure(p.Style, TwoColumns, arrows, densities, joints, series), nil
}

// extent is where the data and the model have nearly all of coordinate i, and a little more.
func (p *pair) extent(i int) span {
	s := nothing
	for _, t := range []*trajectory.Trajectory{p.data, p.model} {
		s = s.union(bulkOf(t.Select(i).Physical().X))
	}
	extra := 0.1 * (s.hi - s.lo)
	return span{s.lo - extra, s.hi + extra}
}

// bulkOf is where values are, without a thousandth at either end.
func bulkOf(x []float64) span {
	x = slices.Sorted(slices.Values(x))
	tail := len(x) / 1000
	return span{x[tail], x[len(x)-1-tail]}
}
