package plotting

import (
	"context"
	"math"
	"slices"

	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"
)

// Autocorrelations shows ρᵢ(τ) of the data, LD (46), and of the model beside it. model may be nil. Titles tell the
// coordinate and the largest difference.
func Autocorrelations(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	panels, err := p.correlations(ctx)
	if err != nil {
		return nil, err
	}
	for k, panel := range panels {
		if k%2 > 0 {
			panel.Y.Label = ""
		}
		name := p.name(p.Coordinates[k])
		if panel.Title != "" {
			name += ":  "
		}
		panel.Title = name + panel.Title
	}
	return New(o.Style, min(2, len(panels)), 0, panels...), nil
}

// correlations is a panel for each coordinate.
func (p *pair) correlations(ctx context.Context) ([]*Panel, error) {
	lags := p.Lags
	if lags == 0 {
		lags = p.span(shownLags)
	}
	data, err := stats.ACF(ctx, p.data, lags)
	if err != nil {
		return nil, err
	}
	var model *stats.Correlation
	var distance []float64
	if p.model != nil {
		longest := float64(p.model.LongestRun()-1) * p.model.Dt
		if model, err = stats.ACF(ctx, p.model, math.Min(lags, longest)); err != nil {
			return nil, err
		}
		if distance, err = data.MaxError(model); err != nil {
			return nil, err
		}
	}
	panels := make([]*Panel, len(p.Coordinates))
	for k, i := range p.Coordinates {
		panel := &Panel{X: Axis{Label: "lag τ"}, Y: Axis{Label: "ρ(τ)", Min: lowest(data, model, i), Max: 1.03}}
		panels[k] = panel.Level(0)
		if model == nil {
			panel.Line("", Truth, data.Lags(), data.Rho[i])
			continue
		}
		panel.Band(p.Data, Truth, data.Lags(), data.Rho[i]).Line(p.Model, Model, model.Lags(), model.Rho[i])
		panel.Title = "max |Δρ| = " + short(distance[i])
	}
	return panels, nil
}

// lowest is the foot of an autocorrelation's axis: a little under zero, or under the curves.
func lowest(data, model *stats.Correlation, i int) float64 {
	low := math.Min(0, slices.Min(data.Rho[i]))
	if model != nil {
		low = math.Min(low, slices.Min(model.Rho[i]))
	}
	return 1.1*low - 0.05
}
