package partition

import (
	"fmt"
	"slices"
	"strings"
)

type fact struct{ name, value string }

func (t *Tree) facts() []fact {
	sorted := slices.Sorted(slices.Values(t.counts))
	last := len(sorted) - 1
	return []fact{
		{"cells N_C", fmt.Sprint(t.Cells())},
		{"coordinates D", fmt.Sprint(t.dim)},
		{"samples used", fmt.Sprint(t.points)},
		{"p_min", fmt.Sprintf("%.3g", t.minProb)},
		{"depth", fmt.Sprint(t.depth)},
		{"samples per cell", fmt.Sprintf("%d … %d … %d (least, median, most)", sorted[0], sorted[last/2], sorted[last])},
	}
}

// String lists the facts of the partition, one a line.
func (t *Tree) String() string {
	var b strings.Builder
	b.WriteString("Partition")
	for _, f := range t.facts() {
		fmt.Fprintf(&b, "\n  %-17s %s", f.name, f.value)
	}
	return b.String()
}

// HTML shows the same facts as a table.
func (t *Tree) HTML() string {
	var b strings.Builder
	b.WriteString("<table><caption>Partition</caption>")
	for _, f := range t.facts() {
		fmt.Fprintf(&b, "<tr><th style=\"text-align:left\">%s</th><td style=\"text-align:left\">%s</td></tr>", f.name, f.value)
	}
	b.WriteString("</table>")
	return b.String()
}
