package plotting

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
)

// plane is the part of a canvas that shows data, with the map from data to it.
type plane struct {
	vg.Canvas
	rect  vg.Rectangle
	x, y  Axis
	theme *theme
}

// at is where the data point (x, y) is drawn.
func (p *plane) at(x, y float64) vg.Point {
	size := p.rect.Size()
	return vg.Point{
		X: p.rect.Min.X + size.X*vg.Length(p.x.share(x)),
		Y: p.rect.Min.Y + size.Y*vg.Length(p.y.share(y)),
	}
}

func (p *plane) holds(q vg.Point) bool {
	return q.X >= p.rect.Min.X && q.X <= p.rect.Max.X && q.Y >= p.rect.Min.Y && q.Y <= p.rect.Max.Y
}

// pen sets colour, width and dashes.
func pen(c vg.Canvas, colour color.Color, width vg.Length, dashes ...vg.Length) {
	c.SetColor(colour)
	c.SetLineWidth(width)
	c.SetLineDash(dashes, 0)
}

// stroke draws the line through points, as much of it as lies in the plane. A point that is no number breaks it.
func (p *plane) stroke(points []vg.Point) {
	var path vg.Path
	open := false
	for i := 1; i < len(points); i++ {
		a, b, ok := p.clip(points[i-1], points[i])
		if !ok {
			open = false
			continue
		}
		if !open || a != points[i-1] {
			path.Move(a)
		}
		path.Line(b)
		open = b == points[i]
	}
	if len(path) > 0 {
		p.Stroke(path)
	}
}

// clip cuts the segment ab to the plane (Liang and Barsky).
func (p *plane) clip(a, b vg.Point) (vg.Point, vg.Point, bool) {
	if !finite(a) || !finite(b) {
		return a, b, false
	}
	if p.holds(a) && p.holds(b) {
		return a, b, true
	}
	from, to := vg.Length(0), vg.Length(1)
	d := b.Sub(a)
	for _, side := range [...][2]vg.Length{
		{-d.X, a.X - p.rect.Min.X}, {d.X, p.rect.Max.X - a.X},
		{-d.Y, a.Y - p.rect.Min.Y}, {d.Y, p.rect.Max.Y - a.Y},
	} {
		speed, room := side[0], side[1]
		switch {
		case speed == 0 && room < 0:
			return a, b, false
		case speed < 0:
			from = max(from, room/speed)
		case speed > 0:
			to = min(to, room/speed)
		}
	}
	if from > to {
		return a, b, false
	}
	return a.Add(d.Scale(from)), a.Add(d.Scale(to)), true
}

// finite is false for points that the canvases must never see: some rasterise them for ever.
func finite(p vg.Point) bool { return p.X-p.X == 0 && p.Y-p.Y == 0 }

// column is the width within which a line is drawn by its first, lowest, highest and last point only.
const column vg.Length = 0.3

// thin maps a line to the canvas and drops points that cannot be seen: in each column of a line that runs
// left to right all but four, elsewhere those on top of the last.
func (p *plane) thin(x, y []float64) []vg.Point {
	points := make([]vg.Point, 0, min(len(x), 8192))
	if len(x) > 2*int(p.rect.Size().X/column) && slices.IsSorted(x) {
		return p.thinSorted(points, x, y)
	}
	for i := range x {
		q := p.at(x[i], y[i])
		if n := len(points); n > 0 && i < len(x)-1 {
			if d := q.Sub(points[n-1]); d.Dot(d) < column*column/4 {
				continue
			}
		}
		points = append(points, q)
	}
	return points
}

func (p *plane) thinSorted(points []vg.Point, x, y []float64) []vg.Point {
	for i := 0; i < len(x); {
		first := p.at(x[i], y[i])
		last, low, high := first, first, first
		lowAt, highAt := i, i
		start := i
		for i++; i < len(x); i++ {
			q := p.at(x[i], y[i])
			if q.X-first.X >= column || !finite(q) || !finite(first) {
				break
			}
			last = q
			if q.Y < low.Y {
				low, lowAt = q, i
			}
			if q.Y > high.Y {
				high, highAt = q, i
			}
		}
		points = append(points, first)
		if lowAt > highAt {
			low, high = high, low
		}
		if i-start > 3 {
			points = append(points, low, high)
		}
		if i-start > 1 {
			points = append(points, last)
		}
	}
	return points
}
