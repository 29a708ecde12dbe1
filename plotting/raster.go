package plotting

import (
	"fmt"
	"image"
	"math"

	"gonum.org/v1/plot/vg"
)

// Field is a function of two variables on a regular grid: Z[j·len(X)+i] is its value at (X[i], Y[j]).
type Field struct {
	Title          string
	XLabel, YLabel string
	X, Y, Z        []float64
}

// check reports what is wrong with a field.
func (f *Field) check() error {
	if len(f.X) < 2 || len(f.Y) < 2 {
		return fmt.Errorf("plotting: field %q on a %d×%d grid; it needs at least 2×2", f.Title, len(f.X), len(f.Y))
	}
	if len(f.Z) != len(f.X)*len(f.Y) {
		panic(fmt.Sprintf("plotting: field %q has %d values on a %d×%d grid", f.Title, len(f.Z), len(f.X), len(f.Y)))
	}
	if s := spanOf(f.Z); s.lo > s.hi {
		return fmt.Errorf("plotting: field %q has no finite value", f.Title)
	}
	return nil
}

// shades maps values to colours; all fields of a figure share one.
type shades struct {
	lo, hi    float64
	diverging bool
	ground    bool    // in greys, for curves to be drawn on
	skip      float64 // share of the map left out at the pale end, where thin marks would be lost on the page
}

// shadesFor covers a span: from its own lower end or zero, or symmetrically about zero.
func shadesFor(s span, diverging bool) shades {
	if diverging {
		limit := math.Max(math.Abs(s.lo), math.Abs(s.hi))
		if limit == 0 {
			limit = 1
		}
		return shades{lo: -limit, hi: limit, diverging: true}
	}
	if s.lo >= 0 {
		s.lo = 0
	}
	if s.hi == s.lo {
		s.hi = s.lo + 1
	}
	return shades{lo: s.lo, hi: s.hi}
}

// share is the place of a value in the map.
func (s shades) share(v float64) float64 { return s.skip + (1-s.skip)*(v-s.lo)/(s.hi-s.lo) }

func (s shades) colours(th *theme) *Colormap {
	switch {
	case s.diverging:
		return th.diverging
	case s.ground:
		return th.shadow
	}
	return th.sequential
}

// raster is a layer that shows a field as a smooth picture.
type raster struct {
	*Field
	shades
}

func (r *raster) spans() (x, y span) {
	return span{r.X[0], r.X[len(r.X)-1]}, span{r.Y[0], r.Y[len(r.Y)-1]}
}

// rasterDensity is the pixels per point of a picture: about those of a fine screen.
const rasterDensity = 2.7

func (r *raster) draw(p *plane) {
	size := p.rect.Size()
	width, height := int(size.X*rasterDensity), int(size.Y*rasterDensity)
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	colours := r.colours(p.theme)
	for row := range height {
		v := p.y.Max - (p.y.Max-p.y.Min)*(float64(row)+0.5)/float64(height)
		j, wy := cellOf(v, r.Y)
		for col := range width {
			u := p.x.Min + (p.x.Max-p.x.Min)*(float64(col)+0.5)/float64(width)
			i, wx := cellOf(u, r.X)
			img.SetNRGBA(col, row, colours.At(r.share(r.between(i, j, wx, wy))))
		}
	}
	p.DrawImage(p.rect, img)
}

// cellOf finds the cell of a regular grid that holds v and v's place in it.
func cellOf(v float64, grid []float64) (int, float64) {
	n := len(grid)
	t := (v - grid[0]) / (grid[n-1] - grid[0]) * float64(n-1)
	i := min(n-2, max(0, int(t)))
	return i, t - float64(i)
}

// between interpolates in the cell (i, j).
func (r *raster) between(i, j int, wx, wy float64) float64 {
	n := len(r.X)
	a, b := r.Z[j*n+i:j*n+i+2], r.Z[(j+1)*n+i:(j+1)*n+i+2]
	return (1-wy)*((1-wx)*a[0]+wx*a[1]) + wy*((1-wx)*b[0]+wx*b[1])
}

// bar is a cell that shows which colour stands for which value.
type bar struct {
	shades
	label string
}

const barWidth vg.Length = 7

func (b *bar) axis() Axis { return Axis{Min: b.lo, Max: b.hi} }

func (b *bar) margins(size vg.Point) (m margins) {
	s := b.axis().upwards(size.Y)
	m.right = tickLength + gap + s.width()
	m.top = tickSize * capHeight / 2
	if b.label != "" {
		m.right += gap + 1 + setLines(b.label, textSize, upright, size.Y).height(textSize)
	}
	if s.power.width > 0 {
		m.top = gap + tickSize*(capHeight+raise)
		m.right = max(m.right, s.power.width-barWidth)
	}
	return m
}

func (b *bar) draw(c vg.Canvas, rect vg.Rectangle, th *theme) {
	const steps = 256
	img := image.NewNRGBA(image.Rect(0, 0, 1, steps))
	colours := b.colours(th)
	for i := range steps {
		img.SetNRGBA(0, steps-1-i, colours.At(b.share(b.lo+(b.hi-b.lo)*float64(i)/(steps-1))))
	}
	c.DrawImage(rect, img)
	pen(c, th.soft, spineWidth)
	c.Stroke(rect.Path())

	p := &plane{Canvas: c, rect: rect, y: b.axis(), x: Axis{Max: 1}, theme: th}
	s := b.axis().upwards(rect.Size().Y)
	for _, t := range s.marks {
		y := p.at(0, t.at).Y
		p.segment(vg.Point{X: rect.Max.X, Y: y}, vg.Point{X: rect.Max.X + tickLength, Y: y})
	}
	for _, t := range s.marks {
		t.drawAt(c, th.soft, rect.Max.X+tickLength+gap, p.at(0, t.at).Y, 0, 0.5)
	}
	s.power.drawAt(c, th.soft, rect.Min.X, rect.Max.Y+gap, 0, 0)
	if b.label != "" {
		edge := rect.Max.X + tickLength + 2*gap + 1 + s.width()
		label := setLines(b.label, textSize, upright, rect.Size().Y)
		label.climbTo(c, th.ink, edge+label.height(textSize), (rect.Min.Y+rect.Max.Y)/2, textSize)
	}
}
