package plotting

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// paragraph is a label of one line or two.
type paragraph []text

const (
	leading   = 1.2  // from base line to base line, in type sizes
	oneLine   = 0.86 // a label that fits when set this much smaller stays on one line
	emptyLine = capHeight + depth
)

// setLines lays out a label that is no wider than room: on one line, else broken at the space that makes the lines most
// alike, else cut.
func setLines(line string, size vg.Length, f face, room vg.Length) paragraph {
	all := characters(line, f)
	whole := compose(all, size)
	if whole.width*oneLine <= room {
		return paragraph{fit(all, size, room)}
	}
	at, least := 0, whole.width
	for i, c := range all {
		if c.r != ' ' || i == 0 || i == len(all)-1 {
			continue
		}
		if longer := max(compose(all[:i], size).width, compose(all[i+1:], size).width); longer < least {
			at, least = i, longer
		}
	}
	if at == 0 {
		return paragraph{fit(all, size, room)}
	}
	first, second := fit(all[:at], size, room), fit(all[at+1:], size, room)
	return paragraph{first, second}
}

// height is from the top of a capital of the first line to below the last.
func (p paragraph) height(size vg.Length) vg.Length {
	if len(p) == 0 {
		return 0
	}
	return size * (emptyLine + leading*vg.Length(len(p)-1))
}

// hang draws the lines below y, each centred on x.
func (p paragraph) hang(c vg.Canvas, ink color.Color, x, y, size vg.Length) {
	for i, t := range p {
		t.drawAt(c, ink, x, y-vg.Length(i)*leading*size, 0.5, 1)
	}
}

// stand draws the lines from the base line of the last up, from x on to the right.
func (p paragraph) stand(c vg.Canvas, ink color.Color, x, y, size vg.Length) {
	for i, t := range p {
		t.drawAt(c, ink, x, y+vg.Length(len(p)-1-i)*leading*size, 0, 0)
	}
}

// climbTo draws lines that read upwards, centred on y, the last of which has its feet at x.
func (p paragraph) climbTo(c vg.Canvas, ink color.Color, x, y, size vg.Length) {
	for i, t := range p {
		t.drawUp(c, ink, x-vg.Length(len(p)-1-i)*leading*size, y, 0.5, -depth/capHeight)
	}
}
