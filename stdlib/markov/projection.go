package markov

import (
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Stop says why a Krylov space stopped growing.
type Stop string

const (
	// Settled: the last block changed the result by less than a relative 10⁻⁵.
	Settled Stop = "settled"
	// Complete: the space is invariant, so the projection is exact.
	Complete Stop = "complete"
	// Noise: a further block would be counting noise; it is left out.
	Noise Stop = "noise"
	// Full: the space reached its largest size.
	Full Stop = "full"
)

// Krylov tells of the projection behind a logarithm or a correlation function.
type Krylov struct {
	Vectors int     // size of the projected matrix
	Blocks  int     // powers of the transition operator in it, with one vector per coordinate each
	Stop    Stop    // why it stopped
	Change  float64 // relative change of Ċ by the last block, or for Noise by the block left out
	Treatment
	// Rates are the eigenvalues of the projected generator in 1/time, slowest first: −Re is a decay rate, Im an angular
	// frequency.
	Rates []complex128
}

// projection is a generator on a small space that holds the coordinates.
type projection struct {
	generator *mat.Dense // k×k, in 1/time, acting on functions
	step      *mat.Dense // k×k, the transition operator over the lag
	start     *mat.Dense // D×k, the coordinates less their means
	facts     Krylov
	kept      []bool // which vectors of the Krylov space made new ones
}

// rates returns ln(λ)/τ, slowest first.
func rates(eigenvalues []complex128, tau float64) []complex128 {
	out := make([]complex128, len(eigenvalues))
	for i, v := range eigenvalues {
		out[i] = cmplx.Log(v) / complex(tau, 0)
	}
	slices.SortStableFunc(out, func(a, b complex128) int {
		switch {
		case real(a) > real(b):
			return -1
		case real(a) < real(b):
			return 1
		}
		return 0
	})
	return out
}

// rate returns Ċ(0⁺) = ⟨(G x) xᵀ⟩, D×D.
func (p *projection) rate() *mat.Dense {
	var gx, c mat.Dense
	gx.Mul(p.generator, p.start.T())
	c.Mul(gx.T(), p.start.T())
	return &c
}

// correlation returns C(t) = ⟨(e^{Gt} x) xᵀ⟩, D×D.
func (p *projection) correlation(t float64) *mat.Dense {
	var g, e, ex, c mat.Dense
	g.Scale(t, p.generator)
	e.Exp(&g)
	ex.Mul(&e, p.start.T())
	c.Mul(ex.T(), p.start.T())
	return &c
}

// relativeChange returns ‖a − b‖_F / ‖a‖_F.
func relativeChange(a, b *mat.Dense) float64 {
	var d mat.Dense
	d.Sub(a, b)
	norm := mat.Norm(a, 2)
	if norm == 0 {
		return 0
	}
	return math.Abs(mat.Norm(&d, 2) / norm)
}
