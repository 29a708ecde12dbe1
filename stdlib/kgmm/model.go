package kgmm

import (
	"scorebook/stdlib/nn"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// Model is an estimated score. Its fields are for reading.
type Model struct {
	Sigma   float64   // σ, the width of the noise
	Centers []float64 // N_C×D, cell-major: the mean of the perturbed samples x in each cell
	Targets []float64 // N_C×D: E[z|Ω], the mean of their noise
	Counts  []int     // N_C: how many perturbed samples each cell collected in all passes

	Passes    int       // draws of noise over the whole series
	Converged bool      // whether the tolerance, and not MaxPasses, ended them
	Change    []float64 // ‖E⁽ᵗ⁾ − E⁽ᵗ⁻¹⁾‖² / ‖E⁽ᵗ⁾‖² after each pass; 1 after the first
	Loss      []float64 // mean square error of the network in units of the targets' mean square, epoch by epoch

	Tree     *partition.Tree
	Net      *nn.MLP           // x ↦ E[z|x]
	Scale    *trajectory.Scale // of the series it was fitted to; nil for physical coordinates
	Warnings []string          // what makes the estimate doubtful, with figures
	samples  int
}

var _ score.Score = (*Model)(nil)

// Dim returns D.
func (m *Model) Dim() int { return m.Tree.Dim() }

// KernelWidth returns σ: s is the score of the density smoothed by 𝒩(0, σ²I).
func (m *Model) KernelWidth() float64 { return m.Sigma }

// ScoreTo writes to dst the score s(x) = −E[z|x]/σ, LD (26), from the network at every point of x, sample-major, in the
// coordinates of the series that it was fitted to.
func (m *Model) ScoreTo(dst, x []float64) {
	m.Net.EvalTo(dst, x)
	scale(dst, dst, -1/m.Sigma)
}

// CellScores returns the scores −E[z|Ω]/σ of the cells themselves, N_C×D and cell-major, without the network:
// those of the points Centers.
func (m *Model) CellScores() []float64 {
	s := make([]float64, len(m.Targets))
	scale(s, m.Targets, -1/m.Sigma)
	return s
}

func scale(dst, x []float64, factor float64) {
	for i, v := range x {
		dst[i] = factor * v
	}
}
