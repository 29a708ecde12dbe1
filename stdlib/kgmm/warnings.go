package kgmm

import (
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

const (
	leastPerCell = 10 // samples: fewer are an error
	fewPerCell   = 30 // fewer are a warning
)

// perCell is N/N_C.
func (m *Model) perCell() float64 { return float64(m.samples) / float64(m.Tree.Cells()) }

// warn notes what makes the estimate doubtful.
func (m *Model) warn(t *trajectory.Trajectory, o Options) {
	note := func(format string, a ...any) { m.Warnings = append(m.Warnings, fmt.Sprintf(format, a...)) }
	if n := m.perCell(); n < fewPerCell {
		note("only %.3g samples per cell (%d samples, %d cells): the cell means scatter; ask for fewer cells or bring more samples",
			n, m.samples, m.Tree.Cells())
	}
	if o.MinProb > 0 && m.Tree.MinProb() > o.MinProb {
		note("MinProb was raised from %.3g to %.3g, ten samples of %d", o.MinProb, m.Tree.MinProb(), m.samples)
	}
	if !m.Converged {
		note("not converged: after %d passes the last changed E[z|Ω] by %.2g, above the tolerance %.2g; raise MaxPasses or Tolerance",
			m.Passes, m.Change[m.Passes-1], o.Tolerance)
	}
	worst, off := 0, 0.0
	stds := t.Moments().Std()
	for i, std := range stds {
		if d := math.Abs(math.Log(std)); d > off {
			worst, off = i, d
		}
	}
	if off > math.Log(10) {
		note("%s has standard deviation %.3g, and σ = %.3g and the network expect about 1; normalise the series", t.Name(worst), stds[worst], m.Sigma)
	}
}
