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

const (
	settled    = 1e-5 // relative change below which Ċ has settled
	floorShare = 0.25 // smallest modulus of an eigenvalue that is told from noise, in units of √(n/N)
	maxVectors = 512  // the small matrices stay a matter of seconds
)

// projection is a generator on a small space that holds the coordinates.
type projection struct {
	generator *mat.Dense // k×k, in 1/time, acting on functions
	start     *mat.Dense // D×k, the coordinates less their means
	facts     Krylov
	kept      []bool // which vectors of the Krylov space made new ones
}

// transition is a transition operator over the lag τ, the coordinates in its basis, and the noise n/N that counting puts
// on it (0 for none).
type transition struct {
	op    operator
	x     [][]float64
	noise float64
	tau   float64
}

// krylov begins a Krylov space of the coordinates.
func (t *transition) krylov(noise float64) *krylov {
	x := make([][]float64, len(t.x))
	for i, v := range t.x {
		x[i] = slices.Clone(v)
	}
	return newKrylov(t.op, x, noise)
}

// logarithm projects T on growing Krylov spaces of the coordinates and takes ln(T)/τ there.
func (t *transition) logarithm() (*projection, error) {
	k := t.krylov(t.noise)
	if len(k.basis) == 0 {
		return nil, fmt.Errorf("markov: every coordinate is the same in all cells: use more cells, or look for a constant coordinate")
	}
	var last *projection
	for blocks := 1; k.growBlock(); blocks++ {
		next, err := t.project(k, blocks)
		if err != nil {
			return nil, err
		}
		if last == nil {
			last = next
			continue
		}
		next.facts.Change = relativeChange(next.rate(), last.rate())
		switch noisy := next.facts.Floored+next.facts.Negative > 0; {
		case noisy && next.facts.Change > settled:
			last.facts.Stop, last.facts.Change = Noise, next.facts.Change
			return last, nil
		case noisy || next.facts.Change < settled:
			last.facts.Stop, last.facts.Change = Settled, next.facts.Change
			return last, nil
		case len(k.basis) > maxVectors:
			next.facts.Stop = Full
			return next, nil
		}
		last = next
	}
	return last, t.exhausted(last, k)
}

// exhausted says why a space has no further block, and what one more would have changed.
func (t *transition) exhausted(p *projection, k *krylov) error {
	p.facts.Stop, p.facts.Change = Complete, 0
	if k.noisy == 0 {
		return nil
	}
	more := t.krylov(0)
	for range p.facts.Blocks + 1 {
		more.growBlock()
	}
	with, err := t.project(more, p.facts.Blocks+1)
	if err != nil {
		return err
	}
	p.facts.Stop, p.facts.Change = Noise, relativeChange(with.rate(), p.rate())
	return nil
}

// logarithmLike takes ln(T)/τ in a Krylov space built as that of p was.
func (t *transition) logarithmLike(p *projection) (*projection, error) {
	k := t.krylov(t.noise)
	k.follow = p.kept
	for range p.facts.Blocks {
		k.growBlock()
	}
	return t.project(k, p.facts.Blocks)
}

// project takes ln(T)/τ on the vectors multiplied so far.
func (t *transition) project(k *krylov, blocks int) (*projection, error) {
	s, err := newSchur(k.projected())
	if err != nil {
		return nil, err
	}
	p := &projection{start: k.started(len(k.h)), kept: slices.Clone(k.kept)}
	p.facts.Vectors, p.facts.Blocks = len(k.h), blocks
	p.facts.Treatment = s.treat(floorShare * math.Sqrt(t.noise))
	p.facts.Rates = rates(s.eigenvalues(), t.tau)
	if p.generator, err = s.log(); err != nil {
		return nil, err
	}
	p.generator.Scale(1/t.tau, p.generator)
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
