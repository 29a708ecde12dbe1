package plotting

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// legend is a row of entries above the panels, where it covers nothing; it wraps when the figure is narrow.
type legend []key

const (
	sampleWidth vg.Length = 17
	entryGap    vg.Length = 14
	legendLine  vg.Length = 13
	legendGap   vg.Length = 6 // to the panels
)

// gather adds the entries of a panel that the legend does not have yet.
func (l legend) gather(keys []key) legend {
	for _, k := range keys {
		known := false
		for _, old := range l {
			known = known || old.label == k.label
		}
		if !known {
			l = append(l, k)
		}
	}
	return l
}

// lines breaks the entries to the width.
func (l legend) lines(width vg.Length) [][]key {
	var lines [][]key
	used := vg.Length(0)
	for _, k := range l {
		w := sampleWidth + gap + k.name(width).width + entryGap
		if len(lines) == 0 || used+w-entryGap > width {
			lines = append(lines, nil)
			used = 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], k)
		used += w
	}
	return lines
}

func (l legend) height(width vg.Length) vg.Length { return legendLine * vg.Length(len(l.lines(width))) }

// draw draws the legend with its upper left corner at (x, y).
func (l legend) draw(c vg.Canvas, x, y, width vg.Length, th *theme) {
	for i, entries := range l.lines(width) {
		at, middle := x, y-legendLine*(vg.Length(i)+0.5)
		for _, k := range entries {
			k.sample(c, at, middle, th)
			name := k.name(width)
			name.drawAt(c, th.ink, at+sampleWidth+gap, middle, 0, 0.5)
			at += sampleWidth + gap + name.width + entryGap
		}
	}
}

// name is the label, set to fit into a line of its own.
func (k key) name(width vg.Length) text {
	return setWithin(k.label, textSize, upright, width-sampleWidth-gap)
}

func (k key) sample(c vg.Canvas, x, y vg.Length, th *theme) {
	colour := th.colour(k.role, k.n)
	var path vg.Path
	if k.dot {
		centre, radius := vg.Point{X: x + sampleWidth/2, Y: y}, max(k.width, 2)
		path.Move(vg.Point{X: centre.X + radius, Y: y})
		path.Arc(centre, radius, 0, 2*math.Pi)
		path.Close()
		c.SetColor(colour)
		c.Fill(path)
		return
	}
	path.Move(vg.Point{X: x, Y: y})
	path.Line(vg.Point{X: x + sampleWidth, Y: y})
	pen(c, colour, max(k.width, fullLine), k.dashes()...)
	c.Stroke(path)
}
