package langevin

import (
	"fmt"
	"html"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// shownElements is how many elements of Φ a table shows.
const shownElements = 4

func (w Ways) rows() [][4]string {
	var out [][4]string
	for _, b := range w {
		if b.Err != nil {
			out = append(out, [4]string{b.Name, "", "", b.Err.Error()})
			continue
		}
		m := b.Model.Mobility
		row := [4]string{b.Name, fmt.Sprintf("%.4g", b.Alpha), elements(m.Phi), ""}
		if m.StdErr != nil {
			row[3] = fmt.Sprintf("± %.2g %%", 100*mat.Norm(m.StdErr, 2)/mat.Norm(m.Phi, 2))
		}
		if m.Shift != 0 {
			row[3] += fmt.Sprintf(" shifted by %.2g", m.Shift)
		}
		out = append(out, row)
	}
	return out
}

// elements writes the first elements of a matrix by rows.
func elements(a *mat.Dense) string {
	n, _ := a.Dims()
	side, more := n, ""
	if n*n > shownElements {
		side = 2
	}
	if n > side {
		more = " …"
	}
	var rows []string
	for i := range side {
		var row []string
		for j := range side {
			row = append(row, fmt.Sprintf("%.4g", a.At(i, j)))
		}
		rows = append(rows, strings.Join(row, ", "))
	}
	return "[" + strings.Join(rows, "; ") + more + "]"
}

var waysHeader = [4]string{"way", "α", "Φ", ""}

// String lists the ways, one a line.
func (w Ways) String() string {
	var b strings.Builder
	b.WriteString("Reduced models of the same data")
	for _, r := range append([][4]string{waysHeader}, w.rows()...) {
		b.WriteString(strings.TrimRight(fmt.Sprintf("\n  %-24s %6s  %-36s %s", r[0], r[1], r[2], r[3]), " "))
	}
	return b.String()
}

// HTML shows the same as a table.
func (w Ways) HTML() string {
	var b strings.Builder
	b.WriteString("<table><caption>Reduced models of the same data</caption><thead><tr>")
	for _, h := range waysHeader {
		fmt.Fprintf(&b, "<th>%s</th>", h)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, r := range w.rows() {
		b.WriteString("<tr>")
		for _, c := range r {
			fmt.Fprintf(&b, "<td>%s</td>", html.EscapeString(c))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

// String tells α and how far the autocorrelations are from those of the data, before and after.
func (t *Tuning) String() string {
	s := fmt.Sprintf("α = %.4g: root mean square difference of the autocorrelations %.3g, %.3g at α = 1", t.Alpha, t.RMSE, t.Plain)
	if t.AtEdge {
		s += "; α is at the edge of the search, and the least difference lies beyond: widen Low and High"
	}
	return s
}

// String tells the step beside the fastest rate.
func (c StepCheck) String() string {
	s := fmt.Sprintf("a step of %.3g; the fastest rate of the drift is %.3g, steps are amplified from %.3g on, and %.2g is advised", c.Dt, c.Rate, c.Limit, c.Advised)
	if c.Warning != "" {
		s += "\n" + c.Warning
	}
	return s
}
