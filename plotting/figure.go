package plotting

import (
	"bytes"
	"fmt"
	"image/png"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Style is what all figures have in common. The zero value is the house style.
type Style struct {
	Title string
	Width float64 // inches; 0 = what suits the figure. See OneColumn, WideColumn, TwoColumns
	Dark  bool    // for a dark page
}

// Figure is a drawing that can be had in several formats.
type Figure struct {
	style  Style
	blocks []*block
	keys   legend
}

const (
	cssDPI       = 96
	pointsPerCSS = 72.0 / cssDPI
)

// newFigure collects blocks, one below the other; width is for styles without one.
func newFigure(s Style, width float64, blocks ...*block) *Figure {
	if s.Width <= 0 {
		s.Width = width
	}
	f := &Figure{style: s, blocks: blocks}
	for _, b := range blocks {
		for _, row := range b.rows {
			for _, c := range row {
				if p, ok := c.(*Panel); ok {
					f.keys = f.keys.gather(p.keys)
				}
			}
		}
	}
	return f
}

// New lays panels out in a grid of so many columns, height inches each (0 = two thirds of the width of a panel), with
// one legend above.
func New(s Style, columns int, height float64, panels ...*Panel) *Figure {
	columns = max(1, min(columns, len(panels)))
	width := TwoColumns
	if columns == 1 {
		width = WideColumn
	}
	if s.Width > 0 {
		width = s.Width
	}
	if height <= 0 {
		height = (width/float64(columns) - 0.5) * 2 / 3
	}
	return newFigure(s, width, gridOf(panels, columns, vg.Length(height)*vg.Inch))
}

// gridOf arranges panels row by row.
func gridOf(panels []*Panel, columns int, height vg.Length) *block {
	b := &block{columns: equal(columns)}
	for i := 0; i < len(panels); i += columns {
		row := make([]cell, columns)
		for j, p := range panels[i:min(i+columns, len(panels))] {
			row[j] = p
		}
		b.rows = append(b.rows, row)
		b.heights = append(b.heights, height)
	}
	return b
}

func equal(columns int) []track {
	t := make([]track, columns)
	for j := range t {
		t[j].share = 1
	}
	return t
}

// Dark returns the figure for a dark page.
func (f *Figure) Dark() *Figure {
	g := *f
	g.style.Dark = true
	return &g
}

// arrangement is a figure with the sizes of everything settled.
type arrangement struct {
	*Figure
	blocks        []*placed
	width, height vg.Length
	head          vg.Length // title and legend
}

func (f *Figure) arrange() *arrangement {
	a := &arrangement{Figure: f, width: vg.Length(f.style.Width) * vg.Inch}
	inner := a.width - 2*padding
	indent := vg.Length(0)
	for range 2 { // the second time with a common left margin
		a.blocks = a.blocks[:0]
		for _, b := range f.blocks {
			p := b.place(inner, indent)
			a.blocks = append(a.blocks, p)
		}
		for _, p := range a.blocks {
			indent = max(indent, p.left[0])
		}
	}
	if f.style.Title != "" {
		a.head += setLines(f.style.Title, headSize, bold, inner-indent).height(headSize) + 2*gap
	}
	if len(f.keys) > 0 {
		a.head += f.keys.height(inner-indent) + legendGap
	}
	a.height = 2*padding + a.head + rowGap*vg.Length(len(a.blocks)-1)
	for _, p := range a.blocks {
		a.height += p.total()
	}
	// Whole CSS pixels, so that a picture has the size it says.
	a.width = pointsPerCSS * vg.Length(math.Ceil(float64(a.width/pointsPerCSS)-1e-6))
	a.height = pointsPerCSS * vg.Length(math.Ceil(float64(a.height/pointsPerCSS)-1e-6))
	return a
}

func (a *arrangement) draw(c vg.Canvas) {
	th := a.theme()
	c.SetColor(th.page)
	c.Fill(vg.Rectangle{Max: vg.Point{X: a.width, Y: a.height}}.Path())
	left, top := padding+a.blocks[0].left[0], a.height-padding
	if a.style.Title != "" {
		title := setLines(a.style.Title, headSize, bold, a.width-padding-left)
		top -= title.height(headSize)
		title.stand(c, th.ink, left, top+depth*headSize, headSize)
		top -= 2 * gap
	}
	if len(a.keys) > 0 {
		a.keys.draw(c, left, top, a.width-padding-left, th)
		top -= a.keys.height(a.width-padding-left) + legendGap
	}
	for _, p := range a.blocks {
		p.draw(c, padding, top, th)
		top -= p.total() + rowGap
	}
}

func (f *Figure) theme() *theme {
	if f.style.Dark {
		return dark()
	}
	return light()
}

// PNG draws the figure; width and height are its size in CSS pixels, and the picture has scale times as many each way.
func (f *Figure) PNG(scale float64) (data []byte, width, height int, err error) {
	if !(scale > 0) || scale > 16 {
		return nil, 0, 0, fmt.Errorf("plotting: a PNG at scale %v; use one between 0 and 16", scale)
	}
	a := f.arrange()
	canvas := vgimg.NewWith(vgimg.UseWH(a.width, a.height), vgimg.UseDPI(max(1, int(math.Round(scale*cssDPI)))))
	a.draw(canvas)
	var buf bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&buf, canvas.Image()); err != nil {
		return nil, 0, 0, fmt.Errorf("plotting: %w", err)
	}
	return buf.Bytes(), int(math.Round(float64(a.width / pointsPerCSS))), int(math.Round(float64(a.height / pointsPerCSS))), nil
}

// SVG draws the figure as a vector graphic; its text is outlines.
func (f *Figure) SVG() ([]byte, error) {
	a := f.arrange()
	canvas := vgsvg.New(a.width, a.height)
	a.draw(canvas)
	return written(canvas)
}

// PDF draws the figure as a document of one page, for print.
func (f *Figure) PDF() ([]byte, error) {
	a := f.arrange()
	canvas := vgpdf.New(a.width, a.height)
	a.draw(canvas)
	return written(canvas)
}

func written(c vg.CanvasWriterTo) ([]byte, error) {
	var buf bytes.Buffer
	if _, err := c.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("plotting: %w", err)
	}
	return buf.Bytes(), nil
}
