package plotting

import (
	"fmt"

	"scorebook/stdlib/trajectory"

	"gonum.org/v1/plot/vg"
)

// Trajectories shows the coordinates of the data against time, one below the other, and those of the model over them.
// model may be nil.
func Trajectories(data, model *trajectory.Trajectory, o Options) (*Figure, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	b := &block{columns: equal(1)}
	for k, i := range p.Coordinates {
		panel, err := p.trajectory(i)
		if err != nil {
			return nil, err
		}
		if k < len(p.Coordinates)-1 {
			panel.X.Label, panel.X.Bare = "", true
		}
		b.rows, b.heights = append(b.rows, []cell{panel}), append(b.heights, vg.Length(1.25)*vg.Inch)
	}
	return newFigure(o.Style, TwoColumns, b), nil
}

// trajectory is the panel of one coordinate.
func (p *pair) trajectory(i int) (*Panel, error) {
	duration := p.Duration
	if duration == 0 {
		duration = p.span(shownTimes)
	}
	x, y := window(p.data, i, p.From, duration)
	if len(x) < 2 {
		return nil, fmt.Errorf("plotting: %d samples of the data from time %g on for %g; its first run lasts %g",
			len(x), p.From, duration, float64(p.data.LongestRun()-1)*p.data.Dt)
	}
	panel := &Panel{X: Axis{Label: "time t", Min: x[0], Max: x[len(x)-1]}, Y: Axis{Label: p.name(i)}}
	if p.model == nil {
		return panel.Fine("", Truth, x, y), nil
	}
	mx, my := window(p.model, i, p.From, duration)
	return panel.Fine(p.Data, Truth, x, y).Fine(p.Model, Model, mx, my), nil
}
