package prelude

import (
	"fmt"

	"scorebook/kernel/display"
	"scorebook/plotting"
	"scorebook/stdlib/langevin"
	"scorebook/stdlib/markov"
)

// viewChain shows the scan that chose the lag, if one did, above the facts.
func viewChain(q *MarkovChain) any {
	if q.Scan == nil {
		return display.Bundle{Data: map[string]any{display.TextPlain: q.String(), display.TextHTML: q.HTML()}}
	}
	b := viewScan(q.Scan).(display.Bundle)
	b.Data[display.TextPlain] = q.String() + "\n\n" + q.Scan.String()
	return b
}

// viewTimescales shows each timescale against the lag, its band dashed; what is shorter than the lag, below the diagonal, cannot
// be seen.
func viewTimescales(s *markov.TimescaleScan) any {
	p := &plotting.Panel{X: plotting.Axis{Label: "lag τ", Log: true}, Y: plotting.Axis{Label: "implied timescale", Log: true}}
	for i := range s.Times[0] {
		var t, low, high []float64
		for k := range s.Times {
			t, low, high = append(t, s.Times[k][i]), append(low, s.Bands[k][i][0]), append(high, s.Bands[k][i][1])
		}
		p.Dashed("", plotting.Model, s.Tau, low).Dashed("", plotting.Model, s.Tau, high)
		p.Line("", plotting.Model, s.Tau, t).Dots("", plotting.Model, s.Tau, t, nil)
	}
	p.Dashed("t = τ, below which nothing is seen", plotting.Truth, s.Tau, s.Tau)
	title := fmt.Sprintf("Implied timescales, with bands of %g %%", 100*s.Level)
	return captioned(plotting.New(plotting.Style{Title: title, Width: plotting.WideColumn}, 1, 2.8, p), s.String())
}

// viewTest shows Cᵢᵢ(kτ) and the probability to return of the first two coordinates: the chain's as lines, the data's as dots
// between dashed lines two standard errors away.
func viewTest(c *markov.ChapmanKolmogorov) any {
	var panels []*plotting.Panel
	for a := range min(len(c.Return[0]), 2) {
		var chain, data, errors, back, seen, off []float64
		for k := range c.Times {
			chain, data, errors = append(chain, c.Predicted[k].At(a, a)), append(data, c.Measured[k].At(a, a)), append(errors, c.StdErr[k].At(a, a))
			back, seen, off = append(back, c.Return[k][a]), append(seen, c.ReturnMeasured[k][a]), append(off, c.ReturnStdErr[k][a])
		}
		i := '₁' + rune(a)
		label := [2]string{}
		if a == 0 {
			label = [2]string{"data", "chain"}
		}
		panels = append(panels,
			beside(fmt.Sprintf("C%c%c(kτ)", i, i), label, c.Times, data, errors, chain),
			beside(fmt.Sprintf("return, x%c above its mean", i), [2]string{}, c.Times, seen, off, back))
	}
	title := fmt.Sprintf("Chapman–Kolmogorov test: largest difference %.2g standard errors", c.Worst())
	return captioned(plotting.New(plotting.Style{Title: title}, len(panels), 1.8, panels...), c.String())
}

// beside is a panel with what was measured and what the chain says.
func beside(title string, label [2]string, t, data, errors, chain []float64) *plotting.Panel {
	var low, high []float64
	for k, v := range data {
		low, high = append(low, v-2*errors[k]), append(high, v+2*errors[k])
	}
	p := &plotting.Panel{Title: title, X: plotting.Axis{Label: "time"}}
	return p.Dashed("", plotting.Truth, t, low).Dashed("", plotting.Truth, t, high).
		Line(label[1], plotting.Model, t, chain).Dots(label[0], plotting.Truth, t, data, nil)
}

// viewModels shows Φ by each way with one range of colours, above the table of them.
func viewModels(w langevin.Ways) any {
	var all []plotting.Named
	for _, b := range w {
		if b.Err == nil {
			all = append(all, plotting.Named{Name: b.Name, Matrix: b.Model.Mobility.Phi})
		}
	}
	f, err := plotting.Matrices(all, plotting.MatrixOptions{Style: plotting.Style{Title: "Φ of reduced models of the same data"}})
	if err != nil {
		return w.String()
	}
	return captioned(f, w.String())
}
