package plotting

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// Axis is one of the two of a panel.
type Axis struct {
	Label    string
	Min, Max float64 // both zero: what the data need
	Log      bool    // logarithmic; needs positive data
	Bare     bool    // ticks without numbers, for a panel whose neighbour shows them
}

// span is a closed interval; the empty one has lo > hi.
type span struct{ lo, hi float64 }

var nothing = span{math.Inf(1), math.Inf(-1)}

func (s span) with(x float64) span {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return s
	}
	return span{math.Min(s.lo, x), math.Max(s.hi, x)}
}

func (s span) union(o span) span { return span{math.Min(s.lo, o.lo), math.Max(s.hi, o.hi)} }

func spanOf(x []float64) span {
	s := nothing
	for _, v := range x {
		s = s.with(v)
	}
	return s
}

// over settles the ends of an axis: its own where it has them, else those of the data and a share more on both sides.
func (a Axis) over(data span, share float64) Axis {
	if a.Min != a.Max {
		return a
	}
	if data.lo > data.hi {
		data = span{0, 1}
		if a.Log {
			data.lo = 0.1
		}
	}
	if a.Log {
		ratio := math.Pow(data.hi/data.lo, share)
		if ratio == 1 {
			ratio = 2
		}
		a.Min, a.Max = data.lo/ratio, data.hi*ratio
		return a
	}
	extra := share * (data.hi - data.lo)
	if data.hi == data.lo {
		extra = math.Max(0.5*math.Abs(data.lo), 0.5)
	}
	a.Min, a.Max = data.lo-extra, data.hi+extra
	return a
}

// share is where x lies between the ends, 0 to 1.
func (a Axis) share(x float64) float64 {
	if a.Log {
		return math.Log(x/a.Min) / math.Log(a.Max/a.Min)
	}
	return (x - a.Min) / (a.Max - a.Min)
}

// scale is the ticks of an axis with their labels set in type, and their common power of ten if there is one.
// A bare one has labels only to be spaced as its neighbour's are.
type scale struct {
	marks []mark
	power text
	bare  bool
}

// mark is a tick with its label.
type mark struct {
	tick
	text
}

// Distances between the labels of ticks, in points.
const (
	besides vg.Length = 13 // from the end of one to the beginning of the next
	above   vg.Length = 21 // from base line to base line
)

// across sets the ticks of a horizontal axis: as many as have room side by side, but two if at all possible.
func (a Axis) across(length vg.Length) scale {
	for most := max(3, int(length/20)); most >= 2; most-- {
		if s := a.marked(most); s.labels() >= 2 && s.fits(length, besides) {
			return s
		}
	}
	for most := 3; most <= 6; most++ { // then closer together
		if s := a.marked(most); s.labels() >= 2 && s.fits(length, besides/3) {
			return s
		}
	}
	return a.marked(2)
}

func (s scale) labels() int {
	n := 0
	for _, m := range s.marks {
		if m.label != "" {
			n++
		}
	}
	return n
}

// fits reports whether the labels stand side by side with some room between them.
func (s scale) fits(length, between vg.Length) bool {
	widest := vg.Length(0)
	for _, m := range s.marks {
		widest = max(widest, m.width)
	}
	return (widest+between)*vg.Length(s.labels()) <= length+between
}

// upwards sets the ticks of a vertical axis.
func (a Axis) upwards(length vg.Length) scale { return a.marked(max(2, int(length/above)+1)) }

// marked sets no more than most labelled ticks.
func (a Axis) marked(most int) scale {
	var ticks []tick
	var power int
	if a.Log {
		ticks = logTicks(a.Min, a.Max, most)
	} else {
		ticks, power = linearTicks(a.Min, a.Max, most)
	}
	s := scale{marks: make([]mark, len(ticks)), bare: a.Bare}
	for i, t := range ticks {
		s.marks[i].tick = t
		if t.label != "" {
			s.marks[i].text = set(t.label, tickSize, upright)
		}
	}
	if power != 0 && !a.Bare {
		s.power = set("×"+powerOfTen(power), tickSize, upright)
	}
	return s
}

// width is the room for the labels.
func (s scale) width() (w vg.Length) {
	if s.bare {
		return 0
	}
	for _, m := range s.marks {
		w = max(w, m.width)
	}
	return w
}

// lettering is the marks whose labels are to be drawn.
func (s scale) lettering() []mark {
	if s.bare {
		return nil
	}
	return s.marks
}
