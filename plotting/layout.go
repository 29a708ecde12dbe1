package plotting

import (
	"cmp"

	"gonum.org/v1/plot/vg"
)

// block is a grid of cells whose data line up in rows and columns.
type block struct {
	rows    [][]cell    // nil for an empty place; every row has the same length
	columns []track     // one per column
	heights []vg.Length // of the data of each row; 0 = as the aspect says
	aspect  float64     // height over width of the first column's data; 0 = 1
}

// track is the width of a column's data: a share of what is free, or a fixed length.
type track struct {
	share float64
	fixed vg.Length
}

// placed is a block with its sizes settled.
type placed struct {
	*block
	left, width []vg.Length // of the data of each column, from the left edge of the figure
	above       []vg.Length // room over each row
	below       []vg.Length
	height      []vg.Length
}

// place settles the sizes of a block within the given width; indent is the least left margin of the first column.
func (b *block) place(width, indent vg.Length) *placed {
	p := &placed{block: b, height: make([]vg.Length, len(b.rows)), width: make([]vg.Length, len(b.columns))}
	for j := range p.width {
		p.width[j] = width / vg.Length(2*len(b.columns)) // a first guess, for the number of ticks
	}
	for range 2 {
		p.settleHeights()
		columns := p.measure()
		columns[0].left = max(columns[0].left, indent)
		p.settleWidths(width, columns)
	}
	p.settleHeights()
	return p
}

func (p *placed) settleHeights() {
	for i, h := range p.heights {
		if h == 0 {
			h = p.width[0] * vg.Length(cmp.Or(p.aspect, 1))
		}
		p.height[i] = h
	}
}

// measure gathers the margins of rows and columns.
func (p *placed) measure() []margins {
	columns := make([]margins, len(p.columns))
	p.above, p.below = make([]vg.Length, len(p.rows)), make([]vg.Length, len(p.rows))
	for i, row := range p.rows {
		for j, c := range row {
			if c == nil {
				continue
			}
			m := c.margins(vg.Point{X: p.width[j], Y: p.height[i]})
			columns[j] = columns[j].max(m)
			p.above[i], p.below[i] = max(p.above[i], m.top), max(p.below[i], m.bottom)
		}
	}
	return columns
}

func (p *placed) settleWidths(total vg.Length, columns []margins) {
	free, shares := total, 0.0
	for j, m := range columns {
		free -= m.left + m.right + p.columns[j].fixed
		shares += p.columns[j].share
		if j > 0 {
			free -= p.gapBefore(j)
		}
	}
	p.left = make([]vg.Length, len(columns))
	at := vg.Length(0)
	for j, m := range columns {
		if j > 0 {
			at += p.gapBefore(j)
		}
		at += m.left
		p.left[j] = at
		p.width[j] = p.columns[j].fixed
		if shares > 0 {
			p.width[j] += max(10, free*vg.Length(p.columns[j].share/shares)) * sign(p.columns[j].share)
		}
		at += p.width[j] + m.right
	}
}

func sign(share float64) vg.Length {
	if share > 0 {
		return 1
	}
	return 0
}

// gapBefore is the room left of a column; a colour bar stands close to its map.
func (p *placed) gapBefore(j int) vg.Length {
	if p.columns[j].fixed > 0 {
		return columnGap / 2
	}
	return columnGap
}

func (p *placed) total() vg.Length {
	sum := rowGap * vg.Length(len(p.rows)-1)
	for i := range p.rows {
		sum += p.above[i] + p.height[i] + p.below[i]
	}
	return sum
}

// draw draws the block with its upper left corner at (x, y).
func (p *placed) draw(c vg.Canvas, x, y vg.Length, th *theme) {
	for i, row := range p.rows {
		top := y - p.above[i]
		for j, cell := range row {
			if cell == nil {
				continue
			}
			low := vg.Point{X: x + p.left[j], Y: top - p.height[i]}
			cell.draw(c, vg.Rectangle{Min: low, Max: low.Add(vg.Point{X: p.width[j], Y: p.height[i]})}, th)
		}
		y = top - p.height[i] - p.below[i] - rowGap
	}
}
