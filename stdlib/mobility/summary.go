package mobility

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// shownRows is how many rows and columns of a matrix the summary shows.
const shownRows = 8

// Matrix is a matrix of the estimate by its name.
type Matrix struct {
	Name   string
	A      *mat.Dense
	StdErr *mat.Dense // nil when unknown
}

// Matrices returns Φ, Φ_S = D, Φ_A = R, Σ and V with their standard errors, in the order of LD Fig. 2; a given Φ has no V.
func (m *Mobility) Matrices() []Matrix {
	e := m.Errors
	if e == nil {
		e = &Errors{}
	}
	all := []Matrix{{"Φ", m.Phi, m.StdErr}, {"D = Φ_S", m.D, e.D}, {"R = Φ_A", m.R, e.R}, {"Σ", m.Sigma, e.Sigma}}
	if m.V != nil {
		all = append(all, Matrix{"V = ⟨s xᵀ⟩", m.V, e.V})
	}
	return all
}

func (m *Mobility) facts() [][2]string {
	coordinates := "physical"
	if m.Scale != nil {
		coordinates = "normalised"
	}
	f := [][2]string{{"coordinates D", fmt.Sprintf("%d, %s", m.Dim(), coordinates)}}
	if m.V == nil {
		f = append(f, [2]string{"Φ", "given"})
	} else {
		f = append(f, m.provenance()...)
	}
	if m.StdErr != nil {
		f = append(f, [2]string{"standard error of Φ", fmt.Sprintf("%.2g %% of ‖Φ‖", 100*mat.Norm(m.StdErr, 2)/mat.Norm(m.Phi, 2))})
	}
	if m.Symmetry != nil {
		f = append(f, [2]string{"averaged over", fmt.Sprintf("%v; %.2g %% of ‖Φ‖ was against it", m.Symmetry, 100*m.Defect)})
	}
	if m.Rank > 0 && m.Rank < m.Dim() {
		f = append(f, [2]string{"rank of C(0)", fmt.Sprintf("%d of %d: coordinates depend on one another, and Φ without a shift is singular", m.Rank, m.Dim())})
	}
	if m.Shift != 0 {
		f = append(f, [2]string{"eigenvalue shift", fmt.Sprintf("%.3g was added to the diagonal of Φ: D was not positive definite", m.Shift)})
	}
	return f
}

// provenance tells what Φ was estimated from, and how well.
func (m *Mobility) provenance() [][2]string {
	return [][2]string{
		{"Ċ(0⁺) by", fmt.Sprintf("%s, lag τ = %.4g", m.Method, m.Tau)},
		{"‖V + I‖/√D", fmt.Sprintf("%.3g", m.SteinError())},
		{"σ of V's samples", fmt.Sprintf("%.3g", m.Width)},
		{"‖R‖/‖D‖", fmt.Sprintf("%.3g", mat.Norm(m.R, 2)/mat.Norm(m.D, 2))},
	}
}

// String lists the facts and the matrices Φ ± its standard error, D, R, Σ and V as text.
func (m *Mobility) String() string {
	var b strings.Builder
	b.WriteString("Mobility")
	for _, f := range m.facts() {
		fmt.Fprintf(&b, "\n  %-20s %s", f[0], f[1])
	}
	for _, n := range m.Matrices() {
		fmt.Fprintf(&b, "\n\n  %s", n.Name)
		for i := range min(m.Dim(), shownRows) {
			b.WriteString("\n ")
			for j := range min(m.Dim(), shownRows) {
				fmt.Fprintf(&b, " %15s", n.element(i, j))
			}
			b.WriteString(n.more())
		}
	}
	return b.String()
}

// element is one element as text, with its error where known.
func (n Matrix) element(i, j int) string {
	v := strconv.FormatFloat(n.A.At(i, j), 'f', decimals(n.A), 64)
	if n.StdErr != nil {
		v += " ± " + strconv.FormatFloat(n.StdErr.At(i, j), 'g', 1, 64)
	}
	return v
}

// decimals shows four digits of the largest element.
func decimals(a *mat.Dense) int {
	top := max(mat.Max(a), -mat.Min(a))
	if top == 0 {
		return 0
	}
	return min(12, max(0, 3-int(math.Floor(math.Log10(top)))))
}

// more says that the matrix goes on.
func (n Matrix) more() string {
	if d, _ := n.A.Dims(); d > shownRows {
		return " …"
	}
	return ""
}

// HTML shows the same as tables, the matrices beside one another.
func (m *Mobility) HTML() string {
	var b strings.Builder
	b.WriteString("<table><caption>Mobility</caption><tbody>")
	for _, f := range m.facts() {
		fmt.Fprintf(&b, `<tr><th style="text-align:left">%s</th><td style="text-align:left">%s</td></tr>`, html.EscapeString(f[0]), html.EscapeString(f[1]))
	}
	b.WriteString(`</tbody></table><div style="display:flex;flex-wrap:wrap;gap:1.5em">`)
	for _, n := range m.Matrices() {
		n.html(&b)
	}
	b.WriteString("</div>")
	return b.String()
}

func (n Matrix) html(b *strings.Builder) {
	fmt.Fprintf(b, "<table><caption>%s</caption><tbody>", html.EscapeString(n.Name))
	d, _ := n.A.Dims()
	for i := range min(d, shownRows) {
		b.WriteString("<tr>")
		for j := range min(d, shownRows) {
			fmt.Fprintf(b, "<td>%s</td>", n.element(i, j))
		}
		if d > shownRows {
			b.WriteString("<td>…</td>")
		}
		b.WriteString("</tr>")
	}
	if d > shownRows {
		fmt.Fprintf(b, "<tr><td>… %d rows in all</td></tr>", d)
	}
	b.WriteString("</tbody></table>")
}
