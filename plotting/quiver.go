package plotting

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"scorebook/stdlib/score"

	"gonum.org/v1/plot/vg"
)

// Score is a score with the name it is shown under.
type Score struct {
	Name  string
	Score score.Score
}

// QuiverOptions may be left zero.
type QuiverOptions struct {
	Style
	Min, Max       [2]float64 // corners of the region; both zero = ±2.5
	Points         int        // arrows along each side; 0 = 20
	XLabel, YLabel string     // "" = x₁, x₂
	Label          string     // of the colour bar, the length of an arrow; "" = |s|
}

// Quiver shows two-dimensional scores as fields of arrows side by side: colour is the length |s|, or what
// Label calls it, and the
// arrows' own lengths grow with its root, so that the weak ones can be seen beside the strong.
func Quiver(scores []Score, o QuiverOptions) (*Figure, error) {
	b, err := quivers(scores, o)
	if err != nil {
		return nil, err
	}
	width := TwoColumns
	if len(scores) == 1 {
		width = OneColumn
	}
	return newFigure(o.Style, width, b), nil
}

// quivers is a row of fields of arrows.
func quivers(scores []Score, o QuiverOptions) (*block, error) {
	if len(scores) == 0 {
		return nil, errors.New("plotting: no scores to show")
	}
	o = o.settled()
	longest := 0.0
	fields := make([]*arrows, len(scores))
	for i, s := range scores {
		if d := s.Score.Dim(); d != 2 {
			return nil, fmt.Errorf("plotting: score %q has %d dimensions; arrows show two", s.Name, d)
		}
		fields[i] = sample(s.Score, o)
		longest = math.Max(longest, fields[i].hi)
	}
	colours := shadesFor(span{0, longest}, false)
	colours.skip = 0.3
	b := &block{columns: append(equal(len(scores)), track{fixed: barWidth}), heights: []vg.Length{0}}
	row := make([]cell, len(scores)+1)
	for i, s := range scores {
		fields[i].shades = colours
		p := &Panel{Title: s.Name, Framed: true,
			X: Axis{Label: o.XLabel, Min: o.Min[0], Max: o.Max[0]},
			Y: Axis{Label: o.YLabel, Min: o.Min[1], Max: o.Max[1], Bare: i > 0}}
		if i > 0 {
			p.Y.Label = ""
		}
		p.layers = append(p.layers, fields[i])
		row[i] = p
	}
	row[len(scores)] = &bar{shades: colours, label: o.Label}
	b.rows = [][]cell{row}
	return b, nil
}

func (o QuiverOptions) settled() QuiverOptions {
	if o.Min == o.Max {
		o.Min, o.Max = [2]float64{-2.5, -2.5}, [2]float64{2.5, 2.5}
	}
	if o.Points <= 0 {
		o.Points = 20
	}
	o.XLabel, o.YLabel = cmp.Or(o.XLabel, "x₁"), cmp.Or(o.YLabel, "x₂")
	o.Label = cmp.Or(o.Label, "|s|")
	return o
}

// sample evaluates a score in the middle of each square of a lattice.
func sample(s score.Score, o QuiverOptions) *arrows {
	n := o.Points
	points, values := make([]float64, 2*n*n), make([]float64, 2*n*n)
	for i := range n * n {
		points[2*i] = o.Min[0] + (o.Max[0]-o.Min[0])*(float64(i%n)+0.5)/float64(n)
		points[2*i+1] = o.Min[1] + (o.Max[1]-o.Min[1])*(float64(i/n)+0.5)/float64(n)
	}
	s.ScoreTo(values, points)
	a := &arrows{reach: 0.95 * (o.Max[0] - o.Min[0]) / float64(n)}
	for i := range n * n {
		a.x, a.y = append(a.x, points[2*i]), append(a.y, points[2*i+1])
		a.u, a.v = append(a.u, values[2*i]), append(a.v, values[2*i+1])
		if length := math.Hypot(values[2*i], values[2*i+1]); !math.IsNaN(length) && !math.IsInf(length, 1) {
			a.hi = math.Max(a.hi, length)
		}
	}
	return a
}
