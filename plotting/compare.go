package plotting

import (
	"context"
	"errors"

	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// Compare shows a model beside the data it was learned from: for each coordinate the trajectories, the densities with
// their relative entropy and the autocorrelations with their largest difference; below, the joint densities with
// their total variation.
func Compare(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	if model == nil {
		return nil, errors.New("plotting: Compare needs a model beside the data")
	}
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	correlations, err := p.correlations(ctx)
	if err != nil {
		return nil, err
	}
	b := &block{columns: []track{{share: 2}, {share: 1}, {share: 1}}}
	for k, i := range p.Coordinates {
		series, err := p.trajectory(i)
		if err != nil {
			return nil, err
		}
		marginal, err := p.marginal(ctx, i)
		if err != nil {
			return nil, err
		}
		b.rows = append(b.rows, []cell{series, marginal, correlations[k]})
		b.heights = append(b.heights, vg.Length(1.2)*vg.Inch)
	}
	if len(p.Pairs) == 0 {
		return newFigure(o.Style, TwoColumns, b), nil
	}
	joints, err := p.joints(ctx)
	if err != nil {
		return nil, err
	}
	return newFigure(o.Style, TwoColumns, b, joints), nil
}
