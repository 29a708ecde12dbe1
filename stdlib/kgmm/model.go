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
	Change    []float64 // what Options.Rule compares, after each pass
	Loss      []float64 // mean square error of the network in units of the targets' mean square, epoch by epoch

	Tree     *partition.Tree
	Net      *nn.MLP           // x ↦ E[z|x]
	Scale    *trajectory.Scale // of the series it was fitted to; nil for physical coordinates
	Warnings []string          // what makes the estimate doubtful, with figures

	samples int
	std     []float64 // of the samples
	squares []float64 // Σ|z|² of each cell
	within  []float64 // variance of the perturbed samples inside each cell, averaged over coordinates
}

var _ score.Differentiable = (*Model)(nil)

// Dim returns D.
func (m *Model) Dim() int { return m.Tree.Dim() }

// KernelWidth returns σ: s is the score of the density smoothed by 𝒩(0, σ²I).
func (m *Model) KernelWidth() float64 { return m.Sigma }

// Denoiser is the score of the network alone, which can be saved to a file; see [nn.LoadDenoiser].
func (m *Model) Denoiser() *nn.Denoiser {
	return &nn.Denoiser{Net: m.Net, Sigma: m.Sigma, Scale: m.Scale}
}

// ScoreTo writes to dst the score s(x) = −E[z|x]/σ, LD (26), from the network at every point of x, sample-major, in the
// coordinates of the series that it was fitted to.
func (m *Model) ScoreTo(dst, x []float64) {
	m.Net.EvalTo(dst, x)
	scale(dst, dst, -1/m.Sigma)
}

// JacobianTo writes ∂sᵢ/∂xⱼ at each point of x to dst, D×D numbers a point, row-major.
func (m *Model) JacobianTo(dst, x []float64) {
	m.Net.JacobianTo(dst, x)
	scale(dst, dst, -1/m.Sigma)
}

// DivergenceTo writes ∇·s at each point of x to dst.
func (m *Model) DivergenceTo(dst, x []float64) {
	m.Net.DivergenceTo(dst, x)
	scale(dst, dst, -1/m.Sigma)
}

// CellDivergences returns, for each cell, its estimate of ∇·s without the network, from the noise that fell into it:
//
//	∇·s = (E[|z|²|x] − D)/σ² − |s|²
func (m *Model) CellDivergences() []float64 {
	d, v := m.Dim(), 1/(m.Sigma*m.Sigma)
	div := make([]float64, len(m.Counts))
	for k, n := range m.Counts {
		if n == 0 {
			continue
		}
		sum := 0.0
		for _, e := range m.Targets[k*d : (k+1)*d] {
			sum += e * e
		}
		div[k] = v * (m.squares[k]/float64(n) - float64(d) - sum)
	}
	return div
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
