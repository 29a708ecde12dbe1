package trajectory

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// summary is the content of String and HTML: facts of the whole series, then one row of figures per coordinate.
type summary struct {
	facts  [][2]string
	header []string
	rows   [][]string
}

// maxRows is how many coordinates the summary lists; further ones are counted.
const maxRows = 16

func (t *Trajectory) summary() summary {
	coordinates, mean, std := "physical", []float64(nil), []float64(nil)
	m := t.Moments()
	if mean, std = m.Mean, m.Std(); t.Scale != nil {
		coordinates = "normalised (mean and std are the physical ones)"
		mean, std = t.Scale.Mean, t.Scale.Std
	}
	times := t.DecorrelationTimes()
	longest := times[0]
	for _, v := range times {
		longest = max(longest, v)
	}
	s := summary{
		facts: [][2]string{
			{"coordinates D", strconv.Itoa(t.Dim) + ", " + coordinates},
			{"samples N", grouped(t.Len())},
			{"runs", strconv.Itoa(t.RunCount())},
			{"spacing Δt", figure(t.Dt)},
			{"time T", figure(float64(t.Len()) * t.Dt)},
			{"decorrelation time t_d", figure(longest)},
		},
		header: []string{"coordinate", "mean", "std", "t_d"},
	}
	if t.Resets > 0 {
		s.facts = append(s.facts, [2]string{"resets at the bound", grouped(t.Resets)})
	}
	for i := range min(t.Dim, maxRows) {
		s.rows = append(s.rows, []string{t.Name(i), figure(mean[i]), figure(std[i]), figure(times[i])})
	}
	if t.Dim > maxRows {
		s.rows = append(s.rows, []string{fmt.Sprintf("… %d more", t.Dim-maxRows), "", "", ""})
	}
	return s
}

// String is the summary as text: D, N, runs, Δt, T, t_d, and the mean, standard deviation and t_d of each coordinate.
func (t *Trajectory) String() string {
	if len(t.X) == 0 {
		return "trajectory: no samples"
	}
	s := t.summary()
	var b strings.Builder
	b.WriteString("Trajectory\n")
	for _, f := range s.facts {
		fmt.Fprintf(&b, "  %-22s  %s\n", f[0], f[1])
	}
	fmt.Fprintf(&b, "\n  %-12s %12s %12s %12s", s.header[0], s.header[1], s.header[2], s.header[3])
	for _, r := range s.rows {
		fmt.Fprintf(&b, "\n  %-12s %12s %12s %12s", r[0], r[1], r[2], r[3])
	}
	return b.String()
}

// HTML is the summary as two tables.
func (t *Trajectory) HTML() string {
	if len(t.X) == 0 {
		return "<p>trajectory: no samples</p>"
	}
	s := t.summary()
	var b strings.Builder
	b.WriteString("<table><caption>Trajectory</caption><tbody>")
	for _, f := range s.facts {
		fmt.Fprintf(&b, "<tr><th>%s</th><td>%s</td></tr>", html.EscapeString(f[0]), html.EscapeString(f[1]))
	}
	b.WriteString("</tbody></table><table><thead>")
	row(&b, "th", s.header)
	b.WriteString("</thead><tbody>")
	for _, r := range s.rows {
		row(&b, "td", r)
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func row(b *strings.Builder, tag string, cells []string) {
	b.WriteString("<tr>")
	for _, c := range cells {
		fmt.Fprintf(b, "<%s>%s</%s>", tag, html.EscapeString(c), tag)
	}
	b.WriteString("</tr>")
}

// figure is v to four significant digits, as short as possible.
func figure(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

// grouped is n with thin spaces between groups of three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}
