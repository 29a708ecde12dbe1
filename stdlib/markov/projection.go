package markov

import (
	"fmt"
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
	// Noise: a further block would have brought in eigenvalues that are counting noise; it is left out.
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

const (
	settled    = 1e-5 // relative change below which Ċ has settled
	maxVectors = 512  // the small matrices stay a matter of seconds
)

// projection is a generator on a small space that holds the coordinates.
type projection struct {
	generator *mat.Dense // k×k, in 1/time, acting on functions
	start     *mat.Dense // D×k, the coordinates less their means
	facts     Krylov
}

// logarithm projects T on growing Krylov spaces of the coordinates and takes ln(T)/τ there.
func logarithm(op operator, x [][]float64, floor, tau float64) (*projection, error) {
	k := newKrylov(op, x)
	if len(k.basis) == 0 {
		return nil, fmt.Errorf("markov: every coordinate is the same in all cells: use more cells, or look for a constant coordinate")
	}
	var last *projection
	for blocks := 1; ; blocks++ {
		grown := k.growBlock(len(x))
		next, err := k.logarithm(floor, tau)
		if err != nil {
			return nil, err
		}
		next.facts.Blocks = blocks
		if last == nil {
			last = next
			continue
		}
		change := relativeChange(next.rate(), last.rate())
		noisy := next.facts.Floored+next.facts.Negative > 0
		if !noisy || change < settled {
			last = next
		}
		last.facts.Change = change
		switch {
		case !grown:
			last.facts.Stop = Complete
		case change < settled:
			last.facts.Stop = Settled
		case noisy:
			last.facts.Stop = Noise
		case len(k.h)+len(x) > maxVectors:
			last.facts.Stop = Full
		default:
			continue
		}
		return last, nil
	}
}

// logarithmIn takes ln(T)/τ in the Krylov space of a given number of blocks.
func logarithmIn(op operator, x [][]float64, blocks int, floor, tau float64) (*projection, error) {
	k := newKrylov(op, x)
	k.growBlock(blocks * len(x))
	p, err := k.logarithm(floor, tau)
	if err != nil {
		return nil, err
	}
	p.facts.Blocks = blocks
	return p, nil
}

// growBlock multiplies n vectors, and reports whether all were there.
func (k *krylov) growBlock(n int) bool {
	for range n {
		if !k.grow() {
			return false
		}
	}
	return true
}

// logarithm returns the projection on the vectors multiplied so far.
func (k *krylov) logarithm(floor, tau float64) (*projection, error) {
	s, err := newSchur(k.projected())
	if err != nil {
		return nil, err
	}
	p := &projection{start: k.started(len(k.h))}
	p.facts.Vectors = len(k.h)
	p.facts.Treatment = s.treat(floor)
	p.facts.Rates = rates(s.eigenvalues(), tau)
	if p.generator, err = s.log(); err != nil {
		return nil, err
	}
	p.generator.Scale(1/tau, p.generator)
	return p, nil
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
