package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// arrows is a layer of arrows (u, v) centred on the points (x, y), coloured by length.
type arrows struct {
	x, y, u, v []float64
	reach      float64 // length on the axes of the longest arrow
	shades
}

func (a *arrows) spans() (x, y span) { return spanOf(a.x), spanOf(a.y) }

func (a *arrows) draw(p *plane) {
	colours := a.colours(p.theme)
	unit := p.at(p.x.Min+a.reach, p.y.Min).X - p.rect.Min.X
	for i := range a.x {
		length := math.Hypot(a.u[i], a.v[i])
		if !(length > 0) || math.IsInf(length, 1) {
			continue
		}
		size := float64(unit) * (shortest + (1-shortest)*math.Sqrt(math.Min(1, length/a.hi)))
		d := vg.Point{X: vg.Length(a.u[i] / length * size), Y: vg.Length(a.v[i] / length * size)}
		drawArrow(p, p.at(a.x[i], a.y[i]), d, colours.At(a.share(length)))
	}
}

// Proportions of an arrow, in points and as shares of its length.
const (
	shaftWidth vg.Length = 0.75
	headLength           = 0.38
	headWidth            = 0.30
	mostHead   vg.Length = 4
	shortest             = 0.25 // of the room an arrow has: even the weakest shows its direction
)

// drawArrow draws the arrow d with its middle at a point.
func drawArrow(c vg.Canvas, middle, d vg.Point, colour color.Color) {
	length := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	along := d.Scale(1 / length)
	across := vg.Point{X: -along.Y, Y: along.X}
	head := min(headLength*length, mostHead)
	half := min(headWidth*length, mostHead*headWidth/headLength) / 2
	shaft := min(shaftWidth/2, half)
	tail, tip := middle.Sub(d.Scale(0.5)), middle.Add(d.Scale(0.5))
	neck := tip.Sub(along.Scale(head))
	var path vg.Path
	path.Move(tail.Add(across.Scale(shaft)))
	path.Line(neck.Add(across.Scale(shaft)))
	path.Line(neck.Add(across.Scale(half)))
	path.Line(tip)
	path.Line(neck.Sub(across.Scale(half)))
	path.Line(neck.Sub(across.Scale(shaft)))
	path.Line(tail.Sub(across.Scale(shaft)))
	path.Close()
	c.SetColor(colour)
	c.Fill(path)
}
