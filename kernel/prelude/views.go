package prelude

import (
	"fmt"
	"reflect"

	"scorebook/kernel/display"
	"scorebook/plotting"
	"scorebook/stdlib/langevin"
	"scorebook/stdlib/markov"

	"gonum.org/v1/gonum/mat"
)

// Renderer shows the values of cells, with the views of this package.
func Renderer() *display.Renderer { return &display.Renderer{Views: Views()} }

// Views say how results show that are neither a figure nor a table by themselves, for display.Renderer: as a figure
// with the facts beneath it as text.
func Views() map[reflect.Type]func(any) any {
	return map[reflect.Type]func(any) any{
		reflect.TypeFor[*Correlation](): func(v any) any { return viewCorrelation(v.(*Correlation)) },
		reflect.TypeFor[*KGMMModel]():   func(v any) any { return viewScore(v.(*KGMMModel)) },
		reflect.TypeFor[*DSMModel]():    func(v any) any { return viewDenoiser(v.(*DSMModel)) },
		reflect.TypeFor[*KGMMChoice]():  func(v any) any { return viewChoice(v.(*KGMMChoice)) },
		reflect.TypeFor[*DriftMatrix](): func(v any) any { return viewMobility(v.(*DriftMatrix)) },
		reflect.TypeFor[*LagScan]():     func(v any) any { return viewScan(v.(*LagScan)) },
		reflect.TypeFor[*MarkovChain](): func(v any) any { return viewChain(v.(*MarkovChain)) },

		reflect.TypeFor[*markov.TimescaleScan]():     func(v any) any { return viewTimescales(v.(*markov.TimescaleScan)) },
		reflect.TypeFor[*markov.ChapmanKolmogorov](): func(v any) any { return viewTest(v.(*markov.ChapmanKolmogorov)) },
		reflect.TypeFor[langevin.Ways]():             func(v any) any { return viewModels(v.(langevin.Ways)) },
	}
}

// viewMobility shows Φ, its parts, Σ and V with one scale of colours.
func viewMobility(m *DriftMatrix) any {
	matrices := []plotting.Named{{Name: "Φ", Matrix: m.Phi}, {Name: "D", Matrix: m.D}, {Name: "R", Matrix: m.R}, {Name: "Σ", Matrix: m.Sigma}}
	title := "Mobility"
	if m.V != nil {
		matrices = append(matrices, plotting.Named{Name: "V", Matrix: m.V})
		title = fmt.Sprintf("Mobility: ‖V + I‖ / √D = %.2g, Φ to within %.1f %%", m.SteinError(), 100*mat.Norm(m.StdErr, 2)/mat.Norm(m.Phi, 2))
	}
	f, err := plotting.Matrices(matrices, plotting.MatrixOptions{Style: plotting.Style{Title: title}, Names: m.Names})
	if err != nil {
		return m.String()
	}
	return captioned(f, m.String())
}

// viewScan shows the elements of Φ, of the first two coordinates, against the lag, with the ends of its
// band dashed and the chosen lag as a dot.
func viewScan(p *LagScan) any {
	d, _ := p.Phi[0].Dims()
	var panels []*plotting.Panel
	for i := range min(d, 2) {
		for j := range min(d, 2) {
			var phi, low, high []float64
			for k, m := range p.Phi {
				phi = append(phi, m.At(i, j))
				low = append(low, p.Bands[k][0].At(i, j))
				high = append(high, p.Bands[k][1].At(i, j))
			}
			panel := &plotting.Panel{
				Title: fmt.Sprintf("Φ%c%c", '₁'+rune(i), '₁'+rune(j)), X: plotting.Axis{Label: "lag τ", Log: true}, Y: plotting.Axis{Label: "−dC/dt"},
			}
			c := p.Chosen
			panels = append(panels, panel.Dashed("", plotting.Truth, p.Tau, low).Dashed("", plotting.Truth, p.Tau, high).
				Line("", plotting.Truth, p.Tau, phi).
				Dots("", plotting.Model, p.Tau[c:c+1], phi[c:c+1], []float64{1}))
		}
	}
	title := fmt.Sprintf("Φ against the lag: chosen τ = %.4g", p.Tau[p.Chosen])
	if !p.Settled {
		title = fmt.Sprintf("Φ against the lag: no plateau, nearest at τ = %.4g", p.Tau[p.Chosen])
	}
	return captioned(plotting.New(plotting.Style{Title: title}, len(panels), 1.5, panels...), p.String())
}
