package kgmm

import (
	"fmt"
	"strings"
)

// rows are the trials as text, with a mark at the chosen one.
func (c *Choice) rows() [][4]string {
	var rows [][4]string
	for _, t := range c.Trials {
		mark := ""
		if t.Sigma == c.Sigma && t.Cells == c.Cells {
			mark = "chosen"
		}
		rows = append(rows, [4]string{fmt.Sprintf("%.4g", t.Sigma), fmt.Sprint(t.Cells), fmt.Sprintf("%.5g ± %.2g", t.Loss, t.Error), mark})
	}
	return rows
}

// String lists the trials with their held-out losses.
func (c *Choice) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "σ = %.4g, N_C = %d, by held-out denoising at σ₀ = %.3g\n  %-8s %-8s %s", c.Sigma, c.Cells, c.Noise, "σ", "cells", "loss")
	for _, r := range c.rows() {
		fmt.Fprintf(&b, "\n  %-8s %-8s %s %s", r[0], r[1], r[2], r[3])
	}
	return b.String()
}

// HTML shows the same as a table.
func (c *Choice) HTML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<table><caption>σ = %.4g, N_C = %d, by held-out denoising at σ₀ = %.3g</caption><thead><tr><th>σ</th><th>cells</th><th>loss</th><th></th></tr></thead><tbody>", c.Sigma, c.Cells, c.Noise)
	for _, r := range c.rows() {
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>", r[0], r[1], r[2], r[3])
	}
	b.WriteString("</tbody></table>")
	return b.String()
}
