package plotting

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// layer is something drawn in a panel.
type layer interface {
	draw(p *plane)
	spans() (x, y span)
}

// key is an entry of a legend: a sample of a line or a dot, and its name.
type key struct {
	label string
	role  Role
	n     int // place in the colour cycle
	width vg.Length
	dot   bool
	dash  bool
}

// line is a curve.
type line struct {
	key
	x, y []float64
}

func (l *line) spans() (x, y span) { return spanOf(l.x), spanOf(l.y) }

func (l *line) draw(p *plane) {
	pen(p, p.theme.colour(l.role, l.n), l.width, l.dashes()...)
	p.stroke(p.thin(l.x, l.y))
}

func (k key) dashes() []vg.Length {
	if k.dash {
		return []vg.Length{4, 2.5}
	}
	return nil
}

// area is the ground between a curve and the foot of the panel.
type area struct {
	role Role
	n    int
	x, y []float64
}

func (a *area) spans() (x, y span) { return spanOf(a.x), spanOf(a.y).with(0) }

func (a *area) draw(p *plane) {
	points := slices.DeleteFunc(p.thin(a.x, a.y), func(q vg.Point) bool { return !finite(q) })
	if len(points) < 2 {
		return
	}
	var path vg.Path
	foot := p.at(p.x.Min, min(p.y.Max, max(0, p.y.Min))).Y
	for i, q := range points {
		points[i].X = min(max(q.X, p.rect.Min.X), p.rect.Max.X)
		points[i].Y = min(max(q.Y, p.rect.Min.Y), p.rect.Max.Y)
	}
	path.Move(vg.Point{X: points[0].X, Y: foot})
	for _, q := range points {
		path.Line(q)
	}
	path.Line(vg.Point{X: points[len(points)-1].X, Y: foot})
	path.Close()
	p.SetColor(p.theme.fade(p.theme.colour(a.role, a.n), 0.82))
	p.Fill(path)
}

// dots are points; weight, when there is one, makes their area.
type dots struct {
	key
	x, y, weight []float64
}

func (d *dots) spans() (x, y span) { return spanOf(d.x), spanOf(d.y) }

func (d *dots) draw(p *plane) {
	most := spanOf(d.weight).hi
	colour := p.theme.colour(d.role, d.n)
	colour.A = 170
	p.SetColor(colour)
	for i := range d.x {
		q := p.at(d.x[i], d.y[i])
		if !finite(q) || !p.holds(q) {
			continue
		}
		radius := d.width
		if d.weight != nil {
			radius *= vg.Length(0.35 + 0.65*math.Sqrt(d.weight[i]/most))
		}
		var path vg.Path
		path.Move(vg.Point{X: q.X + radius, Y: q.Y})
		path.Arc(q, radius, 0, 2*math.Pi)
		path.Close()
		p.Fill(path)
	}
}

// rule is a straight line across the panel, at a height or of slope one.
type rule struct {
	level    float64
	diagonal bool
}

func (r *rule) spans() (x, y span) { return nothing, nothing }

func (r *rule) draw(p *plane) {
	pen(p, p.theme.soft, spineWidth, 2.5, 2)
	from, to := p.at(p.x.Min, r.level), p.at(p.x.Max, r.level)
	if r.diagonal {
		from, to = p.at(p.x.Min, p.x.Min), p.at(p.x.Max, p.x.Max)
	}
	p.stroke([]vg.Point{from, to})
}

// guest is a plotter of gonum's.
type guest struct{ plot.Plotter }

func (g guest) spans() (x, y span) {
	if r, ok := g.Plotter.(plot.DataRanger); ok {
		x.lo, x.hi, y.lo, y.hi = r.DataRange()
		return x, y
	}
	return nothing, nothing
}

func (g guest) draw(p *plane) {
	axes := plot.New()
	axes.X.Min, axes.X.Max, axes.Y.Min, axes.Y.Max = p.x.Min, p.x.Max, p.y.Min, p.y.Max
	if p.x.Log {
		axes.X.Scale = plot.LogScale{}
	}
	if p.y.Log {
		axes.Y.Scale = plot.LogScale{}
	}
	g.Plot(draw.Canvas{Canvas: p.Canvas, Rectangle: p.rect}, axes)
}
