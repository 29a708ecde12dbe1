package markov

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// header and rows list the scan: lag, lag time, and each timescale with its band.
func (s *TimescaleScan) header() []string {
	out := []string{"lag", "τ"}
	for k := range s.Times[0] {
		out = append(out, fmt.Sprintf("t%c", '₁'+rune(k)))
	}
	return out
}

func (s *TimescaleScan) rows() [][]string {
	var out [][]string
	for k, lag := range s.Lags {
		row := []string{strconv.Itoa(lag), fmt.Sprintf("%.4g", s.Tau[k])}
		for i, v := range s.Times[k] {
			row = append(row, fmt.Sprintf("%.4g (%.3g to %.3g)", v, s.Bands[k][i][0], s.Bands[k][i][1]))
		}
		out = append(out, row)
	}
	return out
}

// String lists the lags, one a line.
func (s *TimescaleScan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Implied timescales, with bands of %g %%", 100*s.Level)
	for _, r := range append([][]string{s.header()}, s.rows()...) {
		fmt.Fprintf(&b, "\n  %5s %10s", r[0], r[1])
		for _, c := range r[2:] {
			fmt.Fprintf(&b, " %28s", c)
		}
	}
	return b.String()
}

// HTML shows the same as a table.
func (s *TimescaleScan) HTML() string {
	return table(fmt.Sprintf("Implied timescales, with bands of %g %%", 100*s.Level), s.header(), s.rows())
}

// table writes an HTML table.
func table(caption string, header []string, rows [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<table><caption>%s</caption><thead><tr>", html.EscapeString(caption))
	for _, h := range header {
		fmt.Fprintf(&b, "<th>%s</th>", html.EscapeString(h))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, r := range rows {
		b.WriteString("<tr>")
		for _, c := range r {
			fmt.Fprintf(&b, "<td>%s</td>", html.EscapeString(c))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}
