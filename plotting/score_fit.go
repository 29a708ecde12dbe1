package plotting

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"scorebook/stdlib/dsm"
	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/score"

	"gonum.org/v1/plot/vg"
)

// ScoreFit shows how a KGMM fit went: how the cells' means settled, how the network was trained and how well it joins the
// cells; and the score itself, as a curve in one dimension and as arrows in two.
func ScoreFit(m *kgmm.Model, o Options) (*Figure, error) {
	panels := []*Panel{
		(&Panel{Title: "passes", X: Axis{Label: "pass"}, Y: Axis{Label: "change of E[z|Ω]", Log: true}}).Line("", Model, epochs(len(m.Change)), m.Change),
		training(m.Loss, nil),
	}
	cells, d := m.CellScores(), m.Dim()
	total := 0
	for _, n := range m.Counts {
		total += n
	}
	title := fmt.Sprintf("Score by KGMM: σ = %.4g, %d cells of %.3g samples, %d passes, loss %.2g",
		m.Sigma, m.Tree.Cells(), float64(total)/float64(m.Passes*m.Tree.Cells()), m.Passes, m.Loss[len(m.Loss)-1])
	if d == 1 {
		return fitted(o, title, append(panels, curveOf(m, m.Centers, cells)))
	}
	learned := make([]float64, len(m.Centers))
	m.ScoreTo(learned, m.Centers)
	weights := make([]float64, len(m.Counts))
	for i, n := range m.Counts {
		weights[i] = float64(n)
	}
	for i := range min(d, 2) {
		p := &Panel{Title: "s" + subscript(i+1), X: Axis{Label: "of the cells"}, Y: Axis{Label: "of the network"}}
		panels = append(panels, p.Diagonal().Dots("", Model, every(cells, i, d), every(learned, i, d), weights))
	}
	if d > 2 {
		return fitted(o, title, panels)
	}
	stairs := score.Func{D: 2, F: func(dst, x []float64) {
		k := m.Tree.Nearest(x)
		copy(dst, cells[2*k:2*k+2])
	}}
	x, y := bulkOf(every(m.Centers, 0, 2)), bulkOf(every(m.Centers, 1, 2))
	arrows, err := quivers([]Score{{"cells", stairs}, {"network", m}}, QuiverOptions{Min: [2]float64{x.lo, y.lo}, Max: [2]float64{x.hi, y.hi}, Points: 16})
	if err != nil {
		return nil, err
	}
	return fitted(o, title, panels, arrows)
}

// DenoiserFit shows how a fit by denoising score matching went, and in one dimension its score.
func DenoiserFit(m *dsm.Model, o Options) (*Figure, error) {
	panels := []*Panel{training(m.Loss, m.HeldOut)}
	if m.Dim() == 1 {
		panels = append(panels, curveOf(m, []float64{-2.5, 2.5}, nil))
	}
	title := fmt.Sprintf("Score by denoising: σ = %.4g, %d epochs, loss %.3g", m.Sigma, len(m.Loss), m.Loss[len(m.Loss)-1])
	if m.Dim() != 2 {
		return fitted(o, title, panels)
	}
	arrows, err := quivers([]Score{{"network", m}}, QuiverOptions{Points: 16})
	if err != nil {
		return nil, err
	}
	if o.Width <= 0 {
		o.Width = OneColumn
	}
	return fitted(o, title, panels, arrows)
}

// fitted is a row of panels, and what comes below it.
func fitted(o Options, title string, panels []*Panel, below ...*block) (*Figure, error) {
	if o.Title == "" {
		o.Title = title
	}
	row := gridOf(panels, len(panels), 1.4*vg.Inch)
	return newFigure(o.Style, TwoColumns, append([]*block{row}, below...)...), nil
}

// training is the loss of each epoch, on a logarithmic scale when all are positive.
func training(loss, heldOut []float64) *Panel {
	all := spanOf(loss).union(spanOf(heldOut))
	p := &Panel{Title: "training", X: Axis{Label: "epoch"}, Y: Axis{Label: "loss", Log: all.lo > 0}}
	if heldOut == nil {
		return p.Line("", Model, epochs(len(loss)), loss)
	}
	return p.Line("training", Model, epochs(len(loss)), loss).Line("held out", Truth, epochs(len(heldOut)), heldOut)
}

// curveOf is a score of one dimension over a range of x, and the cells' estimates at those x if there are any.
func curveOf(s score.Score, centres, cells []float64) *Panel {
	ends := Axis{}.over(spanOf(centres), 0.03)
	x := grid(ends.Min, ends.Max, 300)
	y := make([]float64, len(x))
	s.ScoreTo(y, x)
	p := &Panel{Title: "score", X: Axis{Label: "x", Min: ends.Min, Max: ends.Max}, Y: Axis{Label: "s(x)"}}
	if cells == nil {
		return p.Line("", Model, x, y)
	}
	return p.Dots("cells", Paper, centres, cells, nil).Line("network", Model, x, y)
}

// ScoreChoice shows why a width σ and a number of cells were chosen: for each trial the relative error of its score beyond
// that of the best one, √((L − L₀)/|L₀|) with the held-out losses L, since L₀ is about −⟨|s|²⟩. Bars are one standard error
// of L − L₀; the choice stands out.
func ScoreChoice(c *kgmm.Choice, o Options) (*Figure, error) {
	if len(c.Trials) == 0 {
		return nil, errors.New("plotting: no trials to show")
	}
	lowest := math.Inf(1)
	for _, t := range c.Trials {
		lowest = min(lowest, t.Loss)
	}
	var widths, numbers []contender
	for _, t := range c.Trials {
		v := contender{excess: t.Loss - lowest, bar: t.Error, unit: math.Abs(lowest), chosen: t.Sigma == c.Sigma && t.Cells == c.Cells}
		if t.Cells == c.Trials[0].Cells {
			w := v
			w.at, w.chosen = t.Sigma, t.Sigma == c.Sigma
			widths = append(widths, w)
		}
		if t.Sigma == c.Sigma {
			v.at = float64(t.Cells)
			numbers = append(numbers, v)
		}
	}
	width := contest(widths, fmt.Sprintf("%d cells", c.Trials[0].Cells), "σ")
	width.Y.Label = "error beyond the best"
	title := fmt.Sprintf("σ = %.4g and %d cells, by held-out denoising at σ₀ = %.3g", c.Sigma, c.Cells, c.Noise)
	return fitted(o, title, []*Panel{width, contest(numbers, fmt.Sprintf("σ = %.4g", c.Sigma), "N_C")})
}

// contender is a trial beside the others of its panel.
type contender struct {
	at, excess, bar, unit float64
	chosen                bool
}

// share is an excess of the loss as a relative error.
func (c contender) share(excess float64) float64 { return math.Sqrt(max(0, excess) / c.unit) }

// contest draws contenders.
func contest(all []contender, title, label string) *Panel {
	slices.SortFunc(all, func(a, b contender) int { return cmp.Compare(a.at, b.at) })
	p := &Panel{Title: title, X: Axis{Label: label, Log: true}}
	var x, y []float64
	for _, c := range all {
		x, y = append(x, c.at), append(y, c.share(c.excess))
		p.Line("", Truth, []float64{c.at, c.at}, []float64{c.share(c.excess - c.bar), c.share(c.excess + c.bar)})
	}
	p.Fine("", Truth, x, y).Dots("", Truth, x, y, nil)
	for i, c := range all {
		if c.chosen {
			p.Dots("chosen", Model, x[i:i+1], y[i:i+1], []float64{1})
		}
	}
	return p
}
