package markov

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// rows list for each time what the chain says of the first coordinate, what the data say, and the largest difference over all
// correlations and return probabilities in standard errors.
func (c *ChapmanKolmogorov) rows() [][]string {
	var out [][]string
	for k, t := range c.Times {
		out = append(out, []string{
			fmt.Sprintf("%.4g", t),
			fmt.Sprintf("%.4g", c.Predicted[k].At(0, 0)), fmt.Sprintf("%.4g ± %.1g", c.Measured[k].At(0, 0), c.StdErr[k].At(0, 0)),
			fmt.Sprintf("%.4g", c.Return[k][0]), fmt.Sprintf("%.4g ± %.1g", c.ReturnMeasured[k][0], c.ReturnStdErr[k][0]),
			fmt.Sprintf("%.2g", c.WorstAt(k)),
		})
	}
	return out
}

var chapmanHeader = []string{"kτ", "C₁₁ chain", "C₁₁ data", "return chain", "return data", "largest difference, std errors"}

func (c *ChapmanKolmogorov) verdict() string {
	return fmt.Sprintf("Chapman–Kolmogorov test: the largest of %d differences is %.2g standard errors", c.differences(), c.Worst())
}

// differences counts what is compared.
func (c *ChapmanKolmogorov) differences() int {
	d := len(c.Return[0])
	return len(c.Times) * (d*d + d)
}

// String lists the times, one a line.
func (c *ChapmanKolmogorov) String() string { return lines(c.verdict(), chapmanHeader, c.rows()) }

// HTML shows the same as a table.
func (c *ChapmanKolmogorov) HTML() string { return table(c.verdict(), chapmanHeader, c.rows()) }

// shownStates is how many states a table of moments lists.
const shownStates = 8

func (k *KramersMoyal) rows() [][]string {
	d, n := k.Dim, len(k.Drift)/k.Dim
	var out [][]string
	for s := range min(n, shownStates) {
		j := s * n / min(n, shownStates)
		out = append(out, []string{fmt.Sprint(j), numbers(k.Drift[j*d : (j+1)*d]), numbers(k.Diffusion[j*d*d : (j+1)*d*d])})
	}
	return out
}

// numbers writes up to nine numbers.
func numbers(v []float64) string {
	var out []string
	for _, x := range v[:min(len(v), 9)] {
		out = append(out, fmt.Sprintf("%.4g", x))
	}
	if len(v) > 9 {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

var momentsHeader = []string{"state", "drift b", "diffusion a, by rows"}

func (k *KramersMoyal) caption() string {
	d := k.Dim
	return fmt.Sprintf("Kramers–Moyal moments of %d states, ⟨a⟩ = [%s], ⟨b xᵀ⟩ = [%s]",
		len(k.Drift)/d, numbers(mat.DenseCopyOf(k.Mean).RawMatrix().Data), numbers(mat.DenseCopyOf(k.Rate).RawMatrix().Data))
}

// String lists some states, one a line.
func (k *KramersMoyal) String() string { return lines(k.caption(), momentsHeader, k.rows()) }

// HTML shows the same as a table.
func (k *KramersMoyal) HTML() string { return table(k.caption(), momentsHeader, k.rows()) }

// String says how wide the cells are and what to change.
func (a *Advice) String() string {
	s := fmt.Sprintf("cells of width %.3g, %.2g steps of %.3g over a lag; %.0f transitions from a state; about %d cells are as wide as a step",
		a.Width, a.Width/a.Step, a.Step, a.PerState, a.Cells)
	for _, text := range a.Text {
		s += "\n" + text
	}
	return s
}

// lines writes a table as text.
func lines(caption string, header []string, rows [][]string) string {
	var b strings.Builder
	b.WriteString(caption)
	for _, r := range append([][]string{header}, rows...) {
		b.WriteString("\n")
		for _, c := range r {
			fmt.Fprintf(&b, "  %-20s", c)
		}
	}
	return b.String()
}
