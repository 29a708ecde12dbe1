package kgmm

import (
	"fmt"
	"math"
)

const (
	leastPerCell = 10 // samples: fewer are an error
	fewPerCell   = 30 // fewer are a warning

	chanceShare = 0.5 // of the cells' mean square score: more is a warning
)

// perCell is N/N_C.
func (m *Model) perCell() float64 { return float64(m.samples) / float64(m.Tree.Cells()) }

// warn notes what makes the estimate doubtful.
func (m *Model) warn(o Options) {
	note := func(format string, a ...any) { m.Warnings = append(m.Warnings, fmt.Sprintf(format, a...)) }
	if n := m.perCell(); n < fewPerCell {
		note("only %.3g samples per cell (%d samples, %d cells): the cell means scatter; ask for fewer cells or bring more samples",
			n, m.samples, m.Tree.Cells())
	}
	if o.MinProb > 0 && m.Tree.MinProb() > o.MinProb {
		note("MinProb was raised from %.3g to %.3g, ten samples of %d", o.MinProb, m.Tree.MinProb(), m.samples)
	}
	if !m.Converged {
		note("not converged: after %d passes the %s of E[z|Ω] is %.2g, above the tolerance %.2g; raise MaxPasses or Tolerance",
			m.Passes, o.Rule, m.Change[m.Passes-1], o.Tolerance)
	}
	if m.Tree.Cells() == 1 {
		note("a single cell knows nothing of the density: its score is one number for all of space; ask for more cells, or check that the samples differ")
	}
	m.warnOfScatter(note)
	worst, off := 0, 0.0
	for i, std := range m.std {
		if d := math.Abs(math.Log(std)); d > off {
			worst, off = i, d
		}
	}
	if off > math.Log(10) {
		note("coordinate %d has standard deviation %.3g, and σ = %.3g and the network expect about 1; normalise the series", worst+1, m.std[worst], m.Sigma)
	}
}

// warnOfScatter notes that most of the cells' scores is chance, and what would make it a fifth.
func (m *Model) warnOfScatter(note func(format string, a ...any)) {
	deviation, size := m.Scatter()
	size = math.Sqrt(max(size*size-m.passNoise(), deviation*deviation))
	share := deviation * deviation / (size * size)
	if m.Tree.Cells() == 1 || !(share > chanceShare) {
		return
	}
	signal := max(size*size-deviation*deviation, 1/(m.std[0]*m.std[0]))
	wanted := signal * 0.2
	sigma, variance := m.Sigma, deviation*deviation
	for variance > wanted && sigma < 1 {
		sigma *= 1.1
		variance = m.scatter(sigma)
	}
	note("σ = %.3g is small for %d samples in %d cells: about %.0f %% of the cells' mean square score is chance, which more passes do not reduce; raise Sigma to %.2g, ask for fewer cells, or bring %.1g samples",
		m.Sigma, m.samples, m.Tree.Cells(), 100*min(1, share), sigma, float64(m.samples)*deviation*deviation/wanted)
}

// passNoise is the mean over samples of the variance of a component of their cell's score that the finite number of passes
// leaves: 1/(σ²n) for n draws.
func (m *Model) passNoise() float64 {
	draws := 0
	for _, n := range m.Counts {
		draws += n
	}
	return float64(m.Tree.Cells()) / (m.Sigma * m.Sigma * float64(max(1, draws)))
}
