package plotting

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"
)

// Marginals shows the density of each coordinate of the data, and of the model beside it, by kernel estimation. model
// may be nil. Titles tell the relative entropy of the data with respect to the model.
func Marginals(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	panels := make([]*Panel, len(p.Coordinates))
	for k, i := range p.Coordinates {
		if panels[k], err = p.marginal(ctx, i); err != nil {
			return nil, err
		}
		if k%2 > 0 {
			panels[k].Y.Label = ""
		}
	}
	return New(o.Style, min(2, len(panels)), 0, panels...), nil
}

// marginal is the panel of one coordinate.
func (p *pair) marginal(ctx context.Context, i int) (*Panel, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("plotting: marginals: %w", err)
	}
	panel := &Panel{X: Axis{Label: p.name(i)}, Y: Axis{Label: "density"}}
	if p.model == nil {
		d, err := stats.Marginal(p.data.Physical(), i, stats.DensityOptions{})
		if err != nil {
			return nil, err
		}
		return panel.Area(Truth, d.Points(), d.P).Line("", Truth, d.Points(), d.P), nil
	}
	d, m, err := stats.MarginalPair(p.data, p.model, i, stats.DensityOptions{})
	if err != nil {
		return nil, err
	}
	panel.Title = "KL = " + short(stats.RelativeEntropy(d, m))
	panel.Area(Truth, d.Points(), d.P).Band(p.Data, Truth, d.Points(), d.P)
	panel.Line(p.Model, Model, m.Points(), m.P)
	return panel, nil
}

// short writes a distance to two digits.
func short(v float64) string {
	if v != 0 && math.Abs(v) < 1e-3 {
		exponent := int(math.Floor(math.Log10(math.Abs(v))))
		return fmt.Sprintf("%.1f×%s", v/math.Pow10(exponent), powerOfTen(exponent))
	}
	return fmt.Sprintf("%.2g", v)
}
