package plotting

import (
	"fmt"

	"gonum.org/v1/plot"
)

// Panel is a pair of axes and what is drawn between them. The zero value is an empty panel.
type Panel struct {
	Title  string
	X, Y   Axis
	Framed bool // a box all round and no grid, as maps have

	layers []layer
	keys   []key
	others int  // curves that take their colour from the cycle
	padded bool // room left and right of the data, for points
}

// Line draws the curve through the points (x, y). A curve with a label is in the legend.
func (p *Panel) Line(label string, role Role, x, y []float64) *Panel {
	return p.curve(key{label: label, role: role, width: fullLine}, x, y)
}

// Dashed is Line with dashes.
func (p *Panel) Dashed(label string, role Role, x, y []float64) *Panel {
	return p.curve(key{label: label, role: role, width: fullLine, dash: true}, x, y)
}

// Fine is Line for long, noisy curves.
func (p *Panel) Fine(label string, role Role, x, y []float64) *Panel {
	return p.curve(key{label: label, role: role, width: thinLine}, x, y)
}

// Band is Line broad enough to be seen below another.
func (p *Panel) Band(label string, role Role, x, y []float64) *Panel {
	return p.curve(key{label: label, role: role, width: bandLine}, x, y)
}

func (p *Panel) curve(k key, x, y []float64) *Panel {
	mustMatch(len(x), len(y))
	k = p.enter(k)
	p.layers = append(p.layers, &line{k, x, y})
	return p
}

// Area fills the ground below a curve, lightly, in the colour of its role.
func (p *Panel) Area(role Role, x, y []float64) *Panel {
	mustMatch(len(x), len(y))
	p.layers = append(p.layers, &area{role, p.others, x, y})
	return p
}

// Dots draws points; weight, which may be nil, makes their areas.
func (p *Panel) Dots(label string, role Role, x, y, weight []float64) *Panel {
	mustMatch(len(x), len(y))
	if weight != nil {
		mustMatch(len(x), len(weight))
	}
	p.padded = true
	k := p.enter(key{label: label, role: role, width: 2, dot: true})
	p.layers = append(p.layers, &dots{k, x, y, weight})
	return p
}

// Level draws a dashed line at y.
func (p *Panel) Level(y float64) *Panel {
	p.layers = append(p.layers, &rule{level: y})
	return p
}

// Diagonal draws the dashed line y = x.
func (p *Panel) Diagonal() *Panel {
	p.layers = append(p.layers, &rule{diagonal: true})
	return p
}

// Add draws plotters of gonum.org/v1/plot.
func (p *Panel) Add(plotters ...plot.Plotter) *Panel {
	for _, q := range plotters {
		p.layers = append(p.layers, guest{q})
	}
	return p
}

// enter gives a curve its colour and its place in the legend.
func (p *Panel) enter(k key) key {
	if k.role == Other {
		k.n = p.others
		p.others++
	}
	if k.label != "" {
		p.keys = append(p.keys, k)
	}
	return k
}

func mustMatch(n, m int) {
	if n != m {
		panic(fmt.Sprintf("plotting: %d and %d values where the same number is needed", n, m))
	}
}

// settled returns the axes with their ends.
func (p *Panel) settled() (x, y Axis) {
	sx, sy := nothing, nothing
	for _, l := range p.layers {
		lx, ly := l.spans()
		sx, sy = sx.union(lx), sy.union(ly)
	}
	padX, padY := 0.0, 0.06
	switch {
	case p.padded:
		padX = 0.04
	case p.Framed:
		padY = 0
	}
	x, y = p.X.over(sx, padX), p.Y.over(sy, padY)
	if sy.lo == 0 && p.Y.Min == p.Y.Max && !y.Log {
		y.Min = 0 // what cannot be negative stands on the axis
	}
	return x, y
}
