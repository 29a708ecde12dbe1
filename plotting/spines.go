package plotting

import "gonum.org/v1/plot/vg"

// margins is the room that axes, labels and titles need round the data.
type margins struct{ left, right, top, bottom vg.Length }

func (m margins) max(o margins) margins {
	return margins{max(m.left, o.left), max(m.right, o.right), max(m.top, o.top), max(m.bottom, o.bottom)}
}

// cell is what stands at one place of a figure's grid.
type cell interface {
	// margins is the room needed round data of this size.
	margins(size vg.Point) margins
	// draw draws the data into rect and all else round it.
	draw(c vg.Canvas, rect vg.Rectangle, th *theme)
}

func (p *Panel) margins(size vg.Point) (m margins) {
	x, y := p.settled()
	xs, ys := x.across(size.X), y.upwards(size.Y)
	m.bottom, m.left = tickLength, tickLength
	if !x.Bare {
		m.bottom += gap + tickSize*(capHeight+depth)
	}
	if !y.Bare {
		m.left += gap + ys.width()
		m.top = tickSize * capHeight / 2
	}
	if x.Label != "" {
		m.bottom += gap + setLines(x.Label, textSize, upright, size.X).height(textSize)
	}
	if y.Label != "" {
		m.left += gap + 1 + setLines(y.Label, textSize, upright, size.Y).height(textSize)
	}
	if p.Title != "" {
		m.top = max(m.top, 1.5*gap+p.heading(size.X).height(titleSize))
	}
	if ys.power.width > 0 {
		m.top = max(m.top, gap+tickSize*(capHeight+raise))
	}
	for _, t := range xs.lettering() {
		m.right = max(m.right, t.width/2-size.X*vg.Length(1-x.share(t.at)))
		m.left = max(m.left, t.width/2-size.X*vg.Length(x.share(t.at)))
	}
	if p.Title != "" { // it may reach a little beyond the data
		for _, line := range p.heading(size.X) {
			m.right = max(m.right, line.width-size.X)
		}
	}
	if xs.power.width > 0 {
		m.right = max(m.right, xs.power.width+gap)
	}
	return m
}

func (p *Panel) draw(c vg.Canvas, rect vg.Rectangle, th *theme) {
	x, y := p.settled()
	xs, ys := x.across(rect.Size().X), y.upwards(rect.Size().Y)
	pl := &plane{Canvas: c, rect: rect, x: x, y: y, theme: th}
	if !p.Framed {
		pl.grid(xs, ys)
	}
	for _, l := range p.layers {
		l.draw(pl)
	}
	pl.spines(p.Framed)
	pl.bottomScale(xs)
	pl.leftScale(ys)
	if p.Title != "" {
		p.heading(rect.Size().X).stand(c, th.ink, rect.Min.X, rect.Max.Y+1.5*gap+depth*titleSize, titleSize)
	}
}

// heading is the title, for a panel whose data are so wide.
func (p *Panel) heading(width vg.Length) paragraph {
	return setLines(p.Title, titleSize, upright, width+columnGap/2)
}

func (p *plane) segment(a, b vg.Point) {
	var path vg.Path
	path.Move(a)
	path.Line(b)
	p.Stroke(path)
}

// grid draws faint lines at the labelled ticks.
func (p *plane) grid(xs, ys scale) {
	pen(p, p.theme.faint, gridWidth)
	for _, t := range xs.marks {
		if t.label != "" {
			x := p.at(t.at, p.y.Min).X
			p.segment(vg.Point{X: x, Y: p.rect.Min.Y}, vg.Point{X: x, Y: p.rect.Max.Y})
		}
	}
	for _, t := range ys.marks {
		if t.label != "" {
			y := p.at(p.x.Min, t.at).Y
			p.segment(vg.Point{X: p.rect.Min.X, Y: y}, vg.Point{X: p.rect.Max.X, Y: y})
		}
	}
}

// spines draws the left and lower border, or all four.
func (p *plane) spines(framed bool) {
	pen(p, p.theme.soft, spineWidth)
	if framed {
		p.Stroke(p.rect.Path())
		return
	}
	var path vg.Path
	path.Move(vg.Point{X: p.rect.Min.X, Y: p.rect.Max.Y})
	path.Line(p.rect.Min)
	path.Line(vg.Point{X: p.rect.Max.X, Y: p.rect.Min.Y})
	p.Stroke(path)
}

// length of a tick; minor ones are shorter.
func (m mark) tickLength() vg.Length {
	if m.label == "" {
		return 0.6 * tickLength
	}
	return tickLength
}

func (p *plane) bottomScale(s scale) {
	pen(p, p.theme.soft, spineWidth)
	foot := p.rect.Min.Y
	for _, t := range s.marks {
		x := p.at(t.at, p.y.Min).X
		p.segment(vg.Point{X: x, Y: foot}, vg.Point{X: x, Y: foot - t.tickLength()})
	}
	line := foot - tickLength - gap
	for _, t := range s.lettering() {
		t.drawAt(p, p.theme.soft, p.at(t.at, p.y.Min).X, line, 0.5, 1)
	}
	s.power.drawAt(p, p.theme.soft, p.rect.Max.X+gap, foot, 0, 0.5)
	if !p.x.Bare {
		line -= tickSize * (capHeight + depth)
	}
	if p.x.Label != "" {
		setLines(p.x.Label, textSize, upright, p.rect.Size().X).hang(p, p.theme.ink, (p.rect.Min.X+p.rect.Max.X)/2, line-gap, textSize)
	}
}

func (p *plane) leftScale(s scale) {
	pen(p, p.theme.soft, spineWidth)
	edge := p.rect.Min.X
	for _, t := range s.marks {
		y := p.at(p.x.Min, t.at).Y
		p.segment(vg.Point{X: edge, Y: y}, vg.Point{X: edge - t.tickLength(), Y: y})
	}
	line := edge - tickLength
	for _, t := range s.lettering() {
		t.drawAt(p, p.theme.soft, line-gap, p.at(p.x.Min, t.at).Y, 1, 0.5)
	}
	s.power.drawAt(p, p.theme.soft, edge, p.rect.Max.Y+gap, 0.5, 0)
	if !p.y.Bare {
		line -= gap + s.width()
	}
	if p.y.Label != "" {
		setLines(p.y.Label, textSize, upright, p.rect.Size().Y).climbTo(p, p.theme.ink, line-gap-1, (p.rect.Min.Y+p.rect.Max.Y)/2, textSize)
	}
}
