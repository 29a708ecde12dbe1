package plotting

import (
	"fmt"

	"scorebook/stdlib/score"
)

// ScoreCellsOptions may be left zero.
type ScoreCellsOptions struct {
	Style
	Weights []float64   // of the cells, such as their counts; nil = all equal
	Exact   score.Score // the true score, for D = 1; nil = not known
	Names   []string    // of the coordinates; nil = s₁, s₂, …
}

// ScoreCells shows what a network made of the scores it was trained on: centres holds the D coordinates of each cell
// after one another, targets the D components of the score estimated there. In one dimension it is the curve s(x)
// through the cells' estimates; in more, a panel per component compares network and estimate, which agree on the
// diagonal.
func ScoreCells(centres, targets []float64, net score.Score, o ScoreCellsOptions) (*Figure, error) {
	d := net.Dim()
	mustMatch(len(centres), len(targets))
	if len(centres) < 2*d || len(centres)%d != 0 {
		return nil, fmt.Errorf("plotting: %d values are too few for cells of %d dimensions, or no whole number of them", len(centres), d)
	}
	if o.Weights != nil {
		mustMatch(len(o.Weights), len(centres)/d)
	}
	if d == 1 {
		return scoreCurve(centres, targets, net, o), nil
	}
	learned := make([]float64, len(centres))
	net.ScoreTo(learned, centres)
	panels := make([]*Panel, min(d, 6))
	for i := range panels {
		x, y := every(targets, i, d), every(learned, i, d)
		both := spanOf(x).union(spanOf(y))
		ends := Axis{}.over(both, 0.04)
		name := fmt.Sprintf("s%s", subscript(i+1))
		if o.Names != nil {
			name = o.Names[i]
		}
		panels[i] = &Panel{Title: name, X: Axis{Label: "cell estimate", Min: ends.Min, Max: ends.Max},
			Y: Axis{Label: "network", Min: ends.Min, Max: ends.Max}}
		if i%3 > 0 {
			panels[i].Y.Label = ""
		}
		panels[i].Diagonal().Dots("", Model, x, y, o.Weights)
	}
	b := gridOf(panels, min(3, len(panels)), 0)
	width := WideColumn
	if len(panels) > 2 {
		width = TwoColumns
	}
	return newFigure(o.Style, width, b), nil
}

// scoreCurve is the one-dimensional case.
func scoreCurve(centres, targets []float64, net score.Score, o ScoreCellsOptions) *Figure {
	const points = 400
	ends := Axis{}.over(spanOf(centres), 0.03)
	x, y := grid(ends.Min, ends.Max, points), make([]float64, points)
	p := &Panel{X: Axis{Label: "x", Min: ends.Min, Max: ends.Max}, Y: Axis{Label: "score s(x)"}}
	if o.Exact != nil {
		exact := make([]float64, points)
		o.Exact.ScoreTo(exact, x)
		p.Band("exact", Truth, x, exact)
	}
	net.ScoreTo(y, x)
	p.Line("network", Model, x, y).Dots("cell estimate", Paper, centres, targets, o.Weights)
	width := o.Width
	if width <= 0 {
		width = WideColumn
	}
	return New(o.Style, 1, 0.55*width, p)
}

// every takes component i of vectors of d components.
func every(x []float64, i, d int) []float64 {
	out := make([]float64, 0, len(x)/d)
	for k := i; k < len(x); k += d {
		out = append(out, x[k])
	}
	return out
}

// subscript writes a small index.
func subscript(n int) string {
	digits := []rune("₀₁₂₃₄₅₆₇₈₉")
	if n < 10 {
		return string(digits[n])
	}
	return subscript(n/10) + string(digits[n%10])
}

// grid is n evenly spaced numbers from lo to hi.
func grid(lo, hi float64, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = lo + (hi-lo)*float64(i)/float64(n-1)
	}
	return x
}
