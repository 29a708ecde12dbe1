package markov

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

const (
	lagTooLong   = 0.05 // relative change of Ċ by a block left out as noise, above which the lag is suspect
	cellsTooWide = 0.9  // leave fraction below which the estimators on the cells alone inflate Ċ_S by several per cent
	shownTimes   = 4    // timescales in the summary
)

func (q *RateMatrix) facts() [][2]string {
	f := [][2]string{
		{"method", q.Method.String()},
		{"states n", fmt.Sprintf("%d of %d cells", len(q.Pi), q.Cells)},
		{"coordinates D", strconv.Itoa(q.Dim)},
		{"lag τ", fmt.Sprintf("%.4g (%s)", q.Tau, plural(q.Lag, "sample"))},
		{"transitions", strconv.FormatFloat(q.Transitions, 'f', 0, 64)},
		{"leave fraction", fmt.Sprintf("%.3f", q.LeaveFraction)},
	}
	if q.LeftOut > 0 {
		f = append(f, [2]string{"transitions left out", fmt.Sprintf("%.2g %%", 100*q.LeftOut)})
	}
	if q.Rank > 0 && q.Rank < q.Dim {
		f = append(f, [2]string{"rank of C(0)", fmt.Sprintf("%d of %d: coordinates depend on one another, and Ċ is taken on what they span", q.Rank, q.Dim)})
	}
	if q.integrals != nil {
		f = append(f, [2]string{"integral of C(t) to", fmt.Sprintf("%.4g (%s)", float64(q.integrals.lags)*q.integrals.dt, plural(q.integrals.lags, "sample"))})
	}
	if q.projection != nil {
		f = append(f, [2]string{"Krylov space", q.Krylov.describe()}, [2]string{"slowest times", q.Krylov.times()})
	}
	if q.Memory != (Memory{}) {
		f = append(f, [2]string{"memory over 2τ", fmt.Sprintf("%.2g ± %.1g %% of the decay of C", 100*q.Memory.Excess, 100*q.Memory.StdErr)})
	}
	return append(f, q.doubts()...)
}

// doubts are the warnings and the advice.
func (q *RateMatrix) doubts() [][2]string {
	var f [][2]string
	for _, w := range q.Warnings() {
		f = append(f, [2]string{"warning", w})
	}
	if q.series == nil || !q.Method.onCells() && !q.Method.projects() {
		return f
	}
	a, err := q.Advice()
	if err != nil {
		return f
	}
	f = append(f, [2]string{"width of the cells", fmt.Sprintf("%.2g steps over a lag", a.Width/a.Step)})
	for _, text := range a.Text {
		f = append(f, [2]string{"advice", text})
	}
	return f
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// describe tells the size of the space and why it stopped.
func (k *Krylov) describe() string {
	s := fmt.Sprintf("%s in %s; ", plural(k.Vectors, "vector"), plural(k.Blocks, "block"))
	switch k.Stop {
	case Noise:
		s += fmt.Sprintf("the next is counting noise, and would change Ċ by %.2g %%", 100*k.Change)
	case Complete:
		s += "complete"
	default:
		s += fmt.Sprintf("the last changed Ċ by %.2g %%", 100*k.Change)
	}
	if k.Floored+k.Negative > 0 {
		s += fmt.Sprintf("; %d eigenvalues raised to %.2g, %d negative ones turned positive", k.Floored, k.Floor, k.Negative)
	}
	return s
}

// times lists the slowest decay times −1/Re of the rates, with the period of those that oscillate.
func (k *Krylov) times() string {
	var out []string
	for _, r := range k.Rates {
		if len(out) == shownTimes {
			break
		}
		if real(r) >= 0 || imag(r) < 0 {
			continue
		}
		out = append(out, fmt.Sprintf("%.3g", -1/real(r)))
	}
	return strings.Join(out, ", ")
}

// hidesFastest reports whether counting noise hides the fastest times at the lag.
func (q *RateMatrix) hidesFastest() bool {
	return q.projection != nil && (q.Krylov.Stop == Noise && q.Krylov.Change > lagTooLong || q.Krylov.Floored+q.Krylov.Negative > 0)
}

// Warnings says what makes Ċ(0⁺) doubtful, with figures and what to try.
func (q *RateMatrix) Warnings() []string {
	var out []string
	if q.hidesFastest() {
		out = append(out, fmt.Sprintf("the lag of %.3g is too long for the fastest times, which counting noise hides (Ċ is uncertain by about %.0f %%): "+
			"take a shorter lag, fewer cells or more samples", q.Tau, 100*q.Krylov.Change))
	}
	if q.Memory.matters() && !q.hidesFastest() {
		out = append(out, fmt.Sprintf("C(2τ) of the data is not that of the chain: the difference is %.0f ± %.1g %% of the decay. The coordinates remember more than their present over the lag of %.3g, "+
			"or the cells are too few: choose the lag by ChooseLag or ScanLags, take more cells, or use the method GreenKubo", 100*q.Memory.Excess, 100*q.Memory.StdErr, q.Tau))
	}
	if q.Scan != nil && !q.Scan.Settled {
		out = append(out, q.Scan.Err().Error())
	}
	if q.Method.onCells() && q.LeaveFraction < cellsTooWide {
		out = append(out, fmt.Sprintf("the cells are wide beside the motion over the lag (leave fraction %.2f), which inflates Ċ_S: "+
			"take more cells, a longer lag, or the method Logarithm", q.LeaveFraction))
	}
	return out
}

// String lists the facts of the estimate, one a line.
func (q *RateMatrix) String() string {
	var b strings.Builder
	b.WriteString("Rate matrix")
	for _, f := range q.facts() {
		fmt.Fprintf(&b, "\n  %-21s %s", f[0], f[1])
	}
	return b.String()
}

// HTML shows the same facts as a table.
func (q *RateMatrix) HTML() string {
	var b strings.Builder
	b.WriteString("<table><caption>Rate matrix</caption><tbody>")
	for _, f := range q.facts() {
		fmt.Fprintf(&b, `<tr><th style="text-align:left">%s</th><td style="text-align:left">%s</td></tr>`, html.EscapeString(f[0]), html.EscapeString(f[1]))
	}
	b.WriteString("</tbody></table>")
	return b.String()
}
