package plotting

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/score"
	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// ScoreCloudsOptions may be left zero.
type ScoreCloudsOptions struct {
	Style
	Exact    score.Score // the true score; nil = not known
	NoRival  bool        // leaves out the score of the Gaussian mixture on all samples, which takes time
	Min, Max float64     // of the score axis; both zero = what the learned scores need
	Seed     uint64      // of the noise that is shown
}

// ScoreClouds shows in one dimension how KGMM comes to its score at several widths σ, a panel for each model: in grey the
// density of (x, −z/σ) with x = μ + σz, whose mean at x is the score; the means of the cells, the network through them, the
// score of the Gaussian mixture, KG (19), and the exact one; KG Fig. 1. All are in the coordinates of data, from which the
// models were learned.
func ScoreClouds(ctx context.Context, data *trajectory.Trajectory, models []*kgmm.Model, o ScoreCloudsOptions) (*Figure, error) {
	switch {
	case len(models) == 0:
		return nil, errors.New("plotting: no models to show")
	case data == nil || data.Len() < 2:
		return nil, errors.New("plotting: no data to show")
	case data.Dim != 1:
		return nil, fmt.Errorf("plotting: ScoreClouds shows one dimension, the data have %d; take ScoreCells", data.Dim)
	}
	x := bulkOf(data.X)
	y := span{o.Min, o.Max}
	if o.Min == o.Max {
		y = nothing
		for _, m := range models {
			y = y.union(spanOf(m.CellScores()))
		}
		extra := 0.35 * (y.hi - y.lo)
		y = span{y.lo - extra, y.hi + extra}
	}
	columns := min(2, len(models))
	panels := make([]*Panel, len(models))
	for k, m := range models {
		p, err := scoreCloud(ctx, data, m, o, x, y)
		if err != nil {
			return nil, err
		}
		if k%columns > 0 {
			p.Y.Label, p.Y.Bare = "", true
		}
		if k+columns < len(models) {
			p.X.Label, p.X.Bare = "", true
		}
		panels[k] = p
	}
	return newFigure(o.Style, TwoColumns, gridOf(panels, columns, vg.Length(2)*vg.Inch)), nil
}

// scoreCloud is the panel of one model.
func scoreCloud(ctx context.Context, data *trajectory.Trajectory, m *kgmm.Model, o ScoreCloudsOptions, x, y span) (*Panel, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("plotting: score clouds: %w", err)
	}
	const points = 401
	p := &Panel{Title: fmt.Sprintf("σ = %.4g", m.Sigma), X: Axis{Label: "x", Min: x.lo, Max: x.hi}, Y: Axis{Label: "score s(x)", Min: y.lo, Max: y.hi}, Framed: true}
	field, err := cloud(data, m.Sigma, x, y, o.Seed)
	if err != nil {
		return nil, err
	}
	p.layers = append(p.layers, &raster{field, shades{hi: spanOf(field.Z).hi, ground: true}})
	at := grid(x.lo, x.hi, points)
	values := func(s score.Score) []float64 {
		out := make([]float64, points)
		s.ScoreTo(out, at)
		return out
	}
	if !o.NoRival {
		mixture, err := score.NewMixture(data, m.Sigma)
		if err != nil {
			return nil, err
		}
		p.Fine("Gaussian mixture", Paper, at, values(mixture))
	}
	if o.Exact != nil {
		p.Band("exact", Truth, at, values(o.Exact))
	}
	p.Line("KGMM, network", Model, at, values(m))
	p.Dots("KGMM, cells", Model, m.Centers, m.CellScores(), nil)
	return p, nil
}

// cloud is the density of x = μ + σz and −z/σ, its root so that the tails show.
func cloud(data *trajectory.Trajectory, sigma float64, x, y span, seed uint64) (*Field, error) {
	const mostSamples = 200_000
	random := rand.New(rand.NewPCG(seed, 1))
	var u, v []float64
	for k := 0; k < len(data.X); k += 1 + len(data.X)/mostSamples {
		z := random.NormFloat64()
		u, v = append(u, data.X[k]+sigma*z), append(v, -z/sigma)
	}
	joint, err := stats.KDE2(u, v, stats.DensityOptions{X: stats.NewAxis(x.lo, x.hi, 160), Y: stats.NewAxis(y.lo, y.hi, 120)})
	if err != nil {
		return nil, err
	}
	f := &Field{X: joint.X.Points(), Y: joint.Y.Points(), Z: byRows(joint)}
	for k, w := range f.Z {
		f.Z[k] = math.Sqrt(w)
	}
	return f, nil
}
