package plotting

import (
	"context"
	"errors"
	"fmt"

	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// Joints shows the joint density of each pair of coordinates: of the data, of the model with the same scale of colours,
// and their difference with its own; its title tells the total variation between the two. Without a model, which may be nil,
// the densities of the data stand side by side.
func Joints(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	if len(p.Pairs) == 0 {
		return nil, errors.New("plotting: joint densities need two coordinates")
	}
	if model == nil {
		return p.jointsAlone(ctx)
	}
	b, err := p.joints(ctx)
	if err != nil {
		return nil, err
	}
	return newFigure(o.Style, TwoColumns, b), nil
}

// jointsAlone shows the joint densities of the data, each with its own colours.
func (p *pair) jointsAlone(ctx context.Context) (*Figure, error) {
	b := &block{heights: []vg.Length{0}, rows: make([][]cell, 1)}
	physical := p.data.Physical()
	for _, ij := range p.Pairs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("plotting: joint densities: %w", err)
		}
		d, err := stats.Joint(physical, ij[0], ij[1], stats.DensityOptions{})
		if err != nil {
			return nil, err
		}
		z := byRows(d)
		colours := shadesFor(spanOf(z), false)
		panel := fieldPanel(&Field{"", p.name(ij[0]), p.name(ij[1]), d.X.Points(), d.Y.Points(), z}, colours)
		x, y := core(d)
		panel.X.Min, panel.X.Max, panel.Y.Min, panel.Y.Max = x.lo, x.hi, y.lo, y.hi
		b.columns = append(b.columns, track{share: 1}, track{fixed: barWidth})
		b.rows[0] = append(b.rows[0], panel, &bar{shades: colours})
	}
	width := []float64{OneColumn, WideColumn, TwoColumns}[min(3, len(p.Pairs))-1]
	return newFigure(p.Style, width, b), nil
}

// joints is a block with a row of maps for each pair.
func (p *pair) joints(ctx context.Context) (*block, error) {
	share, fixed := track{share: 1}, track{fixed: barWidth}
	b := &block{columns: []track{share, share, fixed, share, fixed}, heights: make([]vg.Length, len(p.Pairs))}
	for _, ij := range p.Pairs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("plotting: joint densities: %w", err)
		}
		d, m, err := stats.JointPair(p.data, p.model, ij[0], ij[1], stats.DensityOptions{})
		if err != nil {
			return nil, err
		}
		b.rows = append(b.rows, p.jointRow(ij[0], ij[1], d, m))
	}
	return b, nil
}

// jointRow shows two densities and their difference.
func (p *pair) jointRow(i, j int, d, m *stats.JointDensity) []cell {
	field := func(title string, z []float64) *Field {
		return &Field{title, p.name(i), p.name(j), d.X.Points(), d.Y.Points(), z}
	}
	dz, mz := byRows(d), byRows(m)
	excess := make([]float64, len(dz))
	for k := range excess {
		excess[k] = mz[k] - dz[k]
	}
	densities, differences := shadesFor(spanOf(dz).union(spanOf(mz)), false), shadesFor(spanOf(excess), true)
	left := fieldPanel(field(p.Data, dz), densities)
	middle := fieldPanel(field(p.Model, mz), densities)
	right := fieldPanel(field("TV = "+short(stats.TotalVariation(d, m)), excess), differences)
	x, y := core(d, m)
	for k, panel := range []*Panel{left, middle, right} {
		panel.X.Min, panel.X.Max, panel.Y.Min, panel.Y.Max = x.lo, x.hi, y.lo, y.hi
		if k > 0 {
			panel.Y.Label, panel.Y.Bare = "", true
		}
	}
	return []cell{left, middle, &bar{shades: densities}, right, &bar{differences, p.Model + " − " + p.Data}}
}

// byRows turns a density so that its rows have constant y, as in a Field.
func byRows(d *stats.JointDensity) []float64 {
	z := make([]float64, len(d.P))
	for i := range d.X.N {
		for j := range d.Y.N {
			z[j*d.X.N+i] = d.P[i*d.Y.N+j]
		}
	}
	return z
}

// core is the part of the plane that holds all but 2·10⁻³ of either coordinate of either density, and a little more:
// a few stray samples would shrink the rest.
func core(densities ...*stats.JointDensity) (x, y span) {
	x, y = nothing, nothing
	for _, d := range densities {
		px, py := make([]float64, d.X.N), make([]float64, d.Y.N)
		for k, v := range d.P {
			px[k/d.Y.N] += v
			py[k%d.Y.N] += v
		}
		x, y = x.union(bulk(px, d.X)), y.union(bulk(py, d.Y))
	}
	return x, y
}

// bulk is where a density on an axis holds all but 10⁻³ at either end, widened by a tenth within the axis.
func bulk(p []float64, a stats.Axis) span {
	const tail = 1e-3
	total, below := 0.0, 0.0
	for _, v := range p {
		total += v
	}
	s := span{a.Lo, a.Hi()}
	for k, v := range p {
		if below < tail*total && below+v >= tail*total {
			s.lo = a.At(k)
		}
		if below < (1-tail)*total && below+v >= (1-tail)*total {
			s.hi = a.At(k)
		}
		below += v
	}
	extra := 0.1 * (s.hi - s.lo)
	return span{max(a.Lo, s.lo-extra), min(a.Hi(), s.hi+extra)}
}
