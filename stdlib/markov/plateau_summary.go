package markov

import (
	"fmt"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// rows lists the scan: lag, lag time, ‖Φ‖_F, the mean half-width of the bands, and what there is to say.
func (p *Plateau) rows() [][]string {
	var out [][]string
	for k, lag := range p.Lags {
		half := 0.0
		d, _ := p.Phi[k].Dims()
		for i := range d {
			for j := range d {
				half += (p.Bands[k][1].At(i, j) - p.Bands[k][0].At(i, j)) / float64(2*d*d)
			}
		}
		remark := ""
		switch {
		case p.Hidden[k]:
			remark = "noise hides the fastest times"
		case k == p.Chosen && p.Settled:
			remark = "chosen: Φ agrees with the next two"
		case k == p.Chosen:
			remark = "nearest to a plateau, but none"
		}
		out = append(out, []string{strconv.Itoa(lag), fmt.Sprintf("%.4g", p.Tau[k]), fmt.Sprintf("%.4g", mat.Norm(p.Phi[k], 2)), fmt.Sprintf("± %.2g", half), remark})
	}
	return out
}

var scanHeader = []string{"lag", "τ", "‖Φ‖", "band", ""}

// String lists the lags, one a line.
func (p *Plateau) String() string {
	var b strings.Builder
	b.WriteString("Scan of the lag")
	for _, r := range append([][]string{scanHeader}, p.rows()...) {
		b.WriteString(strings.TrimRight(fmt.Sprintf("\n  %5s %10s %10s %10s  %s", r[0], r[1], r[2], r[3], r[4]), " "))
	}
	return b.String()
}

// HTML shows the same as a table.
func (p *Plateau) HTML() string { return table("Scan of the lag", scanHeader, p.rows()) }
