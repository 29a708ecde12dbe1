package prelude

import (
	"fmt"
	"reflect"

	"scorebook/kernel/display"
	"scorebook/plotting"

	"gonum.org/v1/gonum/mat"
)

// Renderer shows the values of cells, with the views of this package.
func Renderer() *display.Renderer { return &display.Renderer{Views: Views()} }

// Views say how results show that are neither a figure nor a table by themselves, for display.Renderer: as a figure
// with the facts beneath it as text.
func Views() map[reflect.Type]func(any) any {
	return map[reflect.Type]func(any) any{
		reflect.TypeFor[*KGMMModel]():   func(v any) any { return viewScore(v.(*KGMMModel)) },
		reflect.TypeFor[*DriftMatrix](): func(v any) any { return viewMobility(v.(*DriftMatrix)) },
	}
}

// viewScore shows how the cell means settled, how the network was trained, and how well it joins the cells.
func viewScore(m *KGMMModel) any {
	passes := (&plotting.Panel{Title: "passes", X: plotting.Axis{Label: "pass"}, Y: plotting.Axis{Label: "change of E[z|Ω]", Log: true}}).
		Line("", plotting.Model, count(len(m.Change)), m.Change)
	training := (&plotting.Panel{Title: "training", X: plotting.Axis{Label: "epoch"}, Y: plotting.Axis{Label: "loss", Log: true}}).
		Line("", plotting.Model, count(len(m.Loss)), m.Loss)
	panels := []*plotting.Panel{passes, training}
	learned := make([]float64, len(m.Centers))
	m.ScoreTo(learned, m.Centers)
	cells := m.CellScores()
	for i := range min(m.Dim(), 2) {
		p := &plotting.Panel{Title: fmt.Sprintf("score s%c", '₁'+rune(i)), X: plotting.Axis{Label: "of the cells"}, Y: plotting.Axis{Label: "of the network"}}
		panels = append(panels, p.Diagonal().Dots("", plotting.Model, column(cells, i, m.Dim()), column(learned, i, m.Dim()), weights(m.Counts)))
	}
	title := fmt.Sprintf("Score by KGMM: σ = %.4g, %d cells, %d passes, loss %.2g", m.Sigma, m.Tree.Cells(), m.Passes, m.Loss[len(m.Loss)-1])
	return captioned(plotting.New(plotting.Style{Title: title}, len(panels), 1.4, panels...), m.String())
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

// count is 1, 2, … n.
func count(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}

// column is component i of points of dim coordinates.
func column(x []float64, i, dim int) []float64 {
	var out []float64
	for k := i; k < len(x); k += dim {
		out = append(out, x[k])
	}
	return out
}

func weights(counts []int) []float64 {
	w := make([]float64, len(counts))
	for i, n := range counts {
		w[i] = float64(n)
	}
	return w
}
