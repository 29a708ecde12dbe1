package plotting

import (
	"image/color"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"gonum.org/v1/plot/vg"
)

// text is a line of type, ready to be drawn: outlines from the left end of the base line.
type text struct {
	path  vg.Path
	width vg.Length
	size  vg.Length
}

// Shares of the type size.
const (
	capHeight   = 0.70
	depth       = 0.21
	scriptScale = 0.72
	raise       = 0.34
	lower       = 0.17
)

// set lays out a line of type.
func set(line string, size vg.Length, f face) text { return compose(characters(line, f), size) }

// compose lays out characters.
func compose(line []character, size vg.Length) text {
	t := text{size: size}
	var buf sfnt.Buffer
	var last glyph
	var lastScript int
	var before struct{ x, width vg.Length } // of the last letter
	for i, c := range line {
		if mark, ok := accents[c.r]; ok && i > 0 {
			t.accent(&buf, glyphOf(&buf, c.face, mark), before.x, before.width, unicode.IsUpper(line[i-1].r))
			continue
		}
		g := glyphOf(&buf, c.face, c.r)
		s, y := size, vg.Length(0)
		switch c.script {
		case +1:
			s, y = scriptScale*size, raise*size
		case -1:
			s, y = scriptScale*size, -lower*size
		}
		if i > 0 && c.script == lastScript {
			t.width += vg.Length(last.kern(&buf, g)) * s
		}
		g.outline(&buf, &t.path, t.width, y, s)
		before.x, before.width = t.width, vg.Length(g.advance(&buf))*s
		t.width += before.width
		last, lastScript = g, c.script
	}
	return t
}

// Text that is too long for its room is first set smaller, then cut.
const smallest = 0.72

var cut = character{r: '…'}

// setWithin lays out a line of type that is no longer than room.
func setWithin(line string, size vg.Length, f face, room vg.Length) text {
	return fit(characters(line, f), size, room)
}

func fit(line []character, size, room vg.Length) text {
	t := compose(line, size)
	if t.width <= room || t.width == 0 {
		return t
	}
	size *= max(smallest, room/t.width)
	for {
		if t = compose(line, size); t.width <= room*1.001 || len(line) < 2 {
			return t
		}
		keep := len(line) - 1
		if line[keep] == cut {
			keep--
		}
		line = append(append([]character(nil), line[:keep]...), cut)
	}
}

// accent puts a mark over the letter that begins at x.
func (t *text) accent(buf *sfnt.Buffer, mark glyph, x, width vg.Length, capital bool) {
	y := vg.Length(0)
	if capital {
		y = 0.2 * t.size
	}
	slant := 0.04 * t.size
	mark.outline(buf, &t.path, x+(width-vg.Length(mark.advance(buf))*t.size)/2+slant, y, t.size)
}

// height is from the base line to the top of a capital.
func (t text) height() vg.Length { return capHeight * t.size }

// drawAt puts the point of the text that is the share ax of its width and ay of its height at (x, y).
func (t text) drawAt(c vg.Canvas, ink color.Color, x, y vg.Length, ax, ay float64) {
	t.draw(c, ink, vg.Point{X: x, Y: y}, ax, ay, false)
}

// drawUp does the same for text that reads upwards; the shares still are of the unturned text.
func (t text) drawUp(c vg.Canvas, ink color.Color, x, y vg.Length, ax, ay float64) {
	t.draw(c, ink, vg.Point{X: x, Y: y}, ax, ay, true)
}

func (t text) draw(c vg.Canvas, ink color.Color, at vg.Point, ax, ay float64, up bool) {
	if len(t.path) == 0 {
		return
	}
	origin := vg.Point{X: vg.Length(ax) * t.width, Y: vg.Length(ay) * t.height()}
	place := func(p vg.Point) vg.Point {
		p = p.Sub(origin)
		if up {
			p.X, p.Y = -p.Y, p.X
		}
		return p.Add(at)
	}
	path := make(vg.Path, len(t.path))
	for i, s := range t.path {
		s.Pos = place(s.Pos)
		if len(s.Control) > 0 {
			control := make([]vg.Point, len(s.Control))
			for k, p := range s.Control {
				control[k] = place(p)
			}
			s.Control = control
		}
		path[i] = s
	}
	c.SetColor(ink)
	c.Fill(path)
}
