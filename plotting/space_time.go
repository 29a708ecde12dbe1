package plotting

import (
	"fmt"

	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// SpaceTime shows a field on a line or a ring of points, one coordinate each, as a map of time and position: that of the
// data and, below it with the same colours, that of a model, which may be nil; LD Fig. 1, KG Fig. 6. The map covers the
// time From, Duration of the first run, 1000 samples if Duration is zero.
func SpaceTime(data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	b, err := p.maps()
	if err != nil {
		return nil, err
	}
	return newFigure(o.Style, TwoColumns, b), nil
}

// maps is a block with the map of the data and that of the model.
func (p *pair) maps() (*block, error) {
	if p.data.Dim < 2 {
		return nil, fmt.Errorf("plotting: a map of time and position needs two coordinates")
	}
	duration := p.Duration
	if duration == 0 {
		duration = min(1000, float64(p.data.LongestRun()-1)) * p.data.Dt
	}
	shown := []*trajectory.Trajectory{p.data}
	if p.model != nil {
		shown = append(shown, p.model)
	}
	fields, values := make([]*Field, len(shown)), nothing
	for k, t := range shown {
		var err error
		if fields[k], err = spaceTime(t, p.From, duration); err != nil {
			return nil, err
		}
		values = values.union(spanOf(fields[k].Z))
	}
	fields[0].Title = p.Data
	fields[len(fields)-1].XLabel = "time t"
	if p.model != nil {
		fields[1].Title = p.Model
	}
	return stacked(fields, shadesFor(values, true)), nil
}

// spaceTime is the field of one trajectory in physical coordinates.
func spaceTime(t *trajectory.Trajectory, from, duration float64) (*Field, error) {
	f := &Field{YLabel: "point"}
	for i := range t.Dim {
		x, y := window(t, i, from, duration)
		f.X, f.Y, f.Z = x, append(f.Y, float64(i+1)), append(f.Z, y...)
	}
	return f, f.check()
}

// stacked puts maps below one another, each with the bar of the common colours.
func stacked(fields []*Field, colours shades) *block {
	b := &block{columns: append(equal(1), track{fixed: barWidth})}
	for k, f := range fields {
		panel := fieldPanel(f, colours)
		panel.X.Bare = k < len(fields)-1
		b.rows = append(b.rows, []cell{panel, &bar{shades: colours}})
		b.heights = append(b.heights, vg.Length(1.15)*vg.Inch)
	}
	return b
}
