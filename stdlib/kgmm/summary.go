package kgmm

import (
	"fmt"
	"html"
	"strings"
)

type fact struct{ name, value string }

func (m *Model) facts() []fact {
	ended := "tolerance reached"
	if !m.Converged {
		ended = "stopped at MaxPasses"
	}
	return []fact{
		{"coordinates D", fmt.Sprint(m.Dim())},
		{"σ", fmt.Sprintf("%.4g", m.Sigma)},
		{"cells N_C", fmt.Sprint(m.Tree.Cells())},
		{"samples N", fmt.Sprint(m.samples)},
		{"samples per cell", fmt.Sprintf("%.4g", m.perCell())},
		{"passes", fmt.Sprintf("%d, %s", m.Passes, ended)},
		{"last change", fmt.Sprintf("%.3g", m.Change[len(m.Change)-1])},
		{"network", m.Net.String()},
		{"final loss", fmt.Sprintf("%.4g of the targets' mean square", m.Loss[len(m.Loss)-1])},
	}
}

// String lists the facts of the fit, and its warnings.
func (m *Model) String() string {
	var b strings.Builder
	b.WriteString("KGMM score")
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
	b.WriteString("<table><caption>KGMM score</caption><tbody>")
	for _, f := range m.facts() {
		fmt.Fprintf(&b, "<tr><th style=\"text-align:left\">%s</th><td style=\"text-align:left\">%s</td></tr>", f.name, html.EscapeString(f.value))
	}
	b.WriteString("</tbody></table>")
	for _, w := range m.Warnings {
		fmt.Fprintf(&b, "<p><b>Warning:</b> %s</p>", html.EscapeString(w))
	}
	return b.String()
}
