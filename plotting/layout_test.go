package plotting

import (
	"image"
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// inkwell is a canvas that remembers where ink went: text and the rest.
type inkwell struct {
	th     *theme
	colour color.Color
	all    vg.Rectangle
	texts  []vg.Rectangle
}

func newInkwell(th *theme) *inkwell { return &inkwell{th: th} }

func (k *inkwell) spread(path vg.Path, pad vg.Length) vg.Rectangle {
	x, y := box(path)
	for _, s := range path {
		if s.Type == vg.ArcComp {
			x, y = x.with(float64(s.Pos.X+s.Radius)), y.with(float64(s.Pos.Y+s.Radius))
			x, y = x.with(float64(s.Pos.X-s.Radius)), y.with(float64(s.Pos.Y-s.Radius))
		}
	}
	r := vg.Rectangle{
		Min: vg.Point{X: vg.Length(x.lo) - pad, Y: vg.Length(y.lo) - pad},
		Max: vg.Point{X: vg.Length(x.hi) + pad, Y: vg.Length(y.hi) + pad},
	}
	k.all.Min.X, k.all.Min.Y = min(k.all.Min.X, r.Min.X), min(k.all.Min.Y, r.Min.Y)
	k.all.Max.X, k.all.Max.Y = max(k.all.Max.X, r.Max.X), max(k.all.Max.Y, r.Max.Y)
	return r
}

func (k *inkwell) Fill(path vg.Path) {
	r := k.spread(path, 0)
	if k.colour == k.th.ink || k.colour == k.th.soft {
		k.texts = append(k.texts, r)
	}
}

func (k *inkwell) Stroke(path vg.Path)                     { k.spread(path, 0.3) }
func (k *inkwell) SetColor(c color.Color)                  { k.colour = c }
func (k *inkwell) DrawImage(r vg.Rectangle, _ image.Image) { k.spread(r.Path(), 0) }
func (k *inkwell) SetLineWidth(vg.Length)                  {}
func (k *inkwell) SetLineDash([]vg.Length, vg.Length)      {}
func (k *inkwell) Rotate(float64)                          {}
func (k *inkwell) Translate(vg.Point)                      {}
func (k *inkwell) Scale(float64, float64)                  {}
func (k *inkwell) Push()                                   {}
func (k *inkwell) Pop()                                    {}
func (k *inkwell) FillString(font.Face, vg.Point, string)  {}

func overlap(a, b vg.Rectangle) bool {
	const slack = 0.2
	return a.Min.X < b.Max.X-slack && b.Min.X < a.Max.X-slack && a.Min.Y < b.Max.Y-slack && b.Min.Y < a.Max.Y-slack
}

// dataRects lists where panels and maps show data; matrices have text in them and are left out.
func (a *arrangement) dataRects() []vg.Rectangle {
	var rects []vg.Rectangle
	top := a.height - padding - a.head
	for _, p := range a.blocks {
		y := top
		for i, row := range p.rows {
			y -= p.above[i]
			for j, c := range row {
				if _, ok := c.(*Panel); ok {
					low := vg.Point{X: padding + p.left[j], Y: y - p.height[i]}
					rects = append(rects, vg.Rectangle{Min: low, Max: low.Add(vg.Point{X: p.width[j], Y: p.height[i]})})
				}
			}
			y -= p.height[i] + p.below[i] + rowGap
		}
		top -= p.total() + rowGap
	}
	return rects
}

// Nothing is drawn outside the figure, no two texts overlap, and no text, legends included, covers data.
func TestNothingIsClippedOrCovered(t *testing.T) {
	for name, f := range gallery(t) {
		a := f.arrange()
		ink := newInkwell(f.theme())
		a.draw(ink)
		const slack = 0.01
		if ink.all.Min.X < -slack || ink.all.Min.Y < -slack || ink.all.Max.X > a.width+slack || ink.all.Max.Y > a.height+slack {
			t.Errorf("%s: %v × %v, but drawn from %v to %v", name, a.width, a.height, ink.all.Min, ink.all.Max)
		}
		if len(ink.texts) < 3 {
			t.Errorf("%s: only %d texts", name, len(ink.texts))
		}
		for i, r := range ink.texts {
			for _, s := range ink.texts[:i] {
				if overlap(r, s) {
					t.Errorf("%s: texts at %v and %v overlap", name, r, s)
				}
			}
			for _, d := range a.dataRects() {
				if overlap(r, d) {
					t.Errorf("%s: text at %v on the data at %v", name, r, d)
				}
			}
		}
	}
}

// Panels that stand one below the other or side by side have their axes in line.
func TestAxesAreInLine(t *testing.T) {
	x := []float64{0, 1}
	wide, slim := &Panel{Y: Axis{Label: "y"}}, &Panel{Title: "title", X: Axis{Label: "x"}}
	wide.Line("", Other, x, []float64{0, 123456})
	slim.Line("", Other, x, x)
	f := New(Style{}, 2, 1, wide, slim, slim, wide)
	rects := f.arrange().dataRects()
	for i := range 2 {
		if rects[2*i].Min.Y != rects[2*i+1].Min.Y || rects[2*i].Max.Y != rects[2*i+1].Max.Y {
			t.Errorf("row %d: %v and %v", i, rects[2*i], rects[2*i+1])
		}
		if rects[i].Min.X != rects[i+2].Min.X || rects[i].Max.X != rects[i+2].Max.X {
			t.Errorf("column %d: %v and %v", i, rects[i], rects[i+2])
		}
	}
	if w := math.Abs(float64(rects[0].Size().X - rects[1].Size().X)); w > 1e-9 {
		t.Errorf("columns of equal shares differ by %v", w)
	}
}

func TestMapsAreSquare(t *testing.T) {
	for _, r := range gallery(t)["joints"].arrange().dataRects() {
		if d := math.Abs(float64(r.Size().X - r.Size().Y)); d > 1e-9 {
			t.Errorf("a map of %v", r.Size())
		}
	}
}
