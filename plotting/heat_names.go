package plotting

import "gonum.org/v1/plot/vg"

// Room for the names of the rows and columns of a matrix.
const (
	longestName vg.Length = 66  // longer ones are set smaller, then cut
	nameBeside  vg.Length = 4   // between names side by side
	nameLeading           = 1.2 // between names below one another, in type sizes
)

func (h *heat) named(n int) bool { return h.names != nil && len(h.names) == n }

// lettered lists every k-th name, with k such that each has a line of its own.
func (h *heat) lettered(room vg.Length) (names []text, every int) {
	n := len(h.names)
	for every = 1; vg.Length(every)*room < vg.Length(n)*nameLeading*tickSize && every < n; every++ {
	}
	for i := 0; i < n; i += every {
		names = append(names, abridged(h.names[i]))
	}
	return names, every
}

// abridged sets a name, without its middle if it is too long: names often differ only at their ends.
func abridged(name string) text {
	line := characters(name, upright)
	size := tickSize * max(smallest, min(1, longestName/compose(line, tickSize).width))
	for keep := len(line) - 1; keep > 1; keep-- {
		if t := compose(line, size); t.width <= longestName*1.001 {
			return t
		}
		all := characters(name, upright)
		tail := len(all) - keep/2
		line = append(append(append([]character(nil), all[:keep-keep/2]...), cut), all[tail:]...)
	}
	return compose(line, size)
}

// level reports whether the names of the columns fit side by side.
func (h *heat) level(width vg.Length) bool {
	room := width/vg.Length(len(h.names)) - nameBeside
	for _, name := range h.names {
		if set(name, tickSize, upright).width > room {
			return false
		}
	}
	return true
}

func (h *heat) margins(size vg.Point) (m margins) {
	rows, cols := h.m.Dims()
	m.top = 1.5*gap + h.heading(size.X).height(titleSize)
	if h.named(rows) && !h.inner {
		names, _ := h.lettered(size.Y)
		m.left = gap + widest(names)
	}
	if h.named(cols) {
		m.bottom = gap + tickSize*(capHeight+depth)
		if !h.level(size.X) {
			names, _ := h.lettered(size.X)
			m.bottom = gap + widest(names)
		}
	}
	return m
}

func widest(names []text) (w vg.Length) {
	for _, t := range names {
		w = max(w, t.width)
	}
	return w
}

func (h *heat) heading(width vg.Length) paragraph {
	return setLines(h.title, titleSize, upright, width)
}

// drawNames writes the names of the rows on the left and those of the columns below, upwards where they are long.
func (h *heat) drawNames(c vg.Canvas, rect vg.Rectangle, th *theme) {
	rows, cols := h.m.Dims()
	if h.named(rows) && !h.inner {
		names, every := h.lettered(rect.Size().Y)
		for i, name := range names {
			y := rect.Max.Y - (vg.Length(i*every)+0.5)*rect.Size().Y/vg.Length(rows)
			name.drawAt(c, th.soft, rect.Min.X-gap, y, 1, 0.5)
		}
	}
	if !h.named(cols) {
		return
	}
	at := func(j int) vg.Length { return rect.Min.X + (vg.Length(j)+0.5)*rect.Size().X/vg.Length(cols) }
	if h.level(rect.Size().X) {
		for j, name := range h.names {
			set(name, tickSize, upright).drawAt(c, th.soft, at(j), rect.Min.Y-gap, 0.5, 1)
		}
		return
	}
	names, every := h.lettered(rect.Size().X)
	for j, name := range names {
		name.drawUp(c, th.soft, at(j*every), rect.Min.Y-gap, 1, 0.5)
	}
}
