package dsm

import (
	"fmt"
	"html"
	"math"
	"strings"

	"scorebook/stdlib/trajectory"
)

// overfitting is the excess of the last held-out loss over the lowest that is worth a warning, as a share of what was
// learnt.
const overfitting = 0.2

// warn notes what makes the estimate doubtful.
func (m *Model) warn(t *trajectory.Trajectory) {
	note := func(format string, a ...any) { m.Warnings = append(m.Warnings, fmt.Sprintf(format, a...)) }
	last := m.Loss[len(m.Loss)-1]
	if last >= 1 {
		note("the loss ended at %.4g, and 1 is that of a network that knows nothing: train for longer, lower LearningRate, or raise Sigma (%.3g)", last, m.Sigma)
	}
	if n := len(m.HeldOut); n > 0 && !m.Stopped {
		lowest, end := m.HeldOut[m.Best], m.HeldOut[n-1]
		if end-lowest > overfitting*math.Abs(1-lowest) {
			note("the held-out loss rose from %.4g in epoch %d to %.4g: set Patience, or raise Sigma (%.3g)", lowest, m.Best+1, end, m.Sigma)
		}
	}
	for i, std := range t.Moments().Std() {
		if std < 0.1 || std > 10 {
			note("%s has standard deviation %.3g, and σ = %.3g and the network expect about 1; normalise the series", t.Name(i), std, m.Sigma)
			break
		}
	}
}

type fact struct{ name, value string }

func (m *Model) facts() []fact {
	facts := []fact{
		{"coordinates D", fmt.Sprint(m.Dim())},
		{"σ", fmt.Sprintf("%.4g", m.Sigma)},
		{"samples N", fmt.Sprint(m.Samples)},
		{"network", m.Net.String()},
		{"epochs", fmt.Sprint(len(m.Loss))},
		{"final loss", fmt.Sprintf("%.6g a coordinate", m.Loss[len(m.Loss)-1])},
	}
	if n := len(m.HeldOut); n > 0 {
		facts = append(facts, fact{"held-out loss", fmt.Sprintf("%.6g, lowest %.6g in epoch %d", m.HeldOut[n-1], m.HeldOut[m.Best], m.Best+1)})
	}
	return facts
}

// String lists the facts of the fit, and its warnings.
func (m *Model) String() string {
	var b strings.Builder
	b.WriteString("DSM score")
	for _, f := range m.facts() {
		fmt.Fprintf(&b, "\n  %-17s %s", f.name, f.value)
	}
	for _, w := range m.Warnings {
		fmt.Fprintf(&b, "\n  warning: %s", w)
	}
	return b.String()
}

// HTML shows the same as a table.
func (m *Model) HTML() string {
	var b strings.Builder
	b.WriteString("<table><caption>DSM score</caption><tbody>")
	for _, f := range m.facts() {
		fmt.Fprintf(&b, "<tr><th style=\"text-align:left\">%s</th><td style=\"text-align:left\">%s</td></tr>", f.name, html.EscapeString(f.value))
	}
	b.WriteString("</tbody></table>")
	for _, w := range m.Warnings {
		fmt.Fprintf(&b, "<p><b>Warning:</b> %s</p>", html.EscapeString(w))
	}
	return b.String()
}
