package markov

import (
	"context"
	"fmt"
	"math"
	"slices"
)

const (
	settled    = 1e-5 // relative change below which Ċ has settled
	floorShare = 0.25 // smallest modulus of an eigenvalue that is told from noise, in units of √(n/N)
	maxVectors = 512  // the small matrices stay a matter of seconds
)

// transition is a transition operator over the lag τ, the coordinates in its basis, and the noise n/N that counting puts
// on it (0 for none).
type transition struct {
	op       operator
	x        [][]float64
	constant []float64 // the function 1, which T leaves as it is; the coordinates, less their means, are orthogonal to it
	noise    float64
	tau      float64
}

func interrupted(err error) error { return fmt.Errorf("markov: logarithm interrupted: %w", err) }

// krylov begins a Krylov space of the coordinates.
func (t *transition) krylov(noise float64) *krylov {
	x := make([][]float64, len(t.x))
	for i, v := range t.x {
		x[i] = slices.Clone(v)
	}
	return newKrylov(t.op, x, t.constant, noise)
}

// logarithm projects T on growing Krylov spaces of the coordinates and takes ln(T)/τ there.
func (t *transition) logarithm(ctx context.Context) (*projection, error) {
	k := t.krylov(t.noise)
	if len(k.basis) == 0 {
		return nil, fmt.Errorf("markov: every coordinate is the same in all cells: use more cells, or look for a constant coordinate")
	}
	var last *projection
	for blocks := 1; k.growBlock(ctx); blocks++ {
		if err := ctx.Err(); err != nil {
			return nil, interrupted(err)
		}
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
	return last, t.exhausted(ctx, last, k)
}

// exhausted says why a space has no further block, and what one more would have changed.
func (t *transition) exhausted(ctx context.Context, p *projection, k *krylov) error {
	p.facts.Stop, p.facts.Change = Complete, 0
	if k.noisy == 0 {
		return nil
	}
	more := t.krylov(0)
	for range p.facts.Blocks + 1 {
		more.growBlock(ctx)
	}
	if err := ctx.Err(); err != nil {
		return interrupted(err)
	}
	with, err := t.project(more, p.facts.Blocks+1)
	if err != nil {
		return err
	}
	p.facts.Stop, p.facts.Change = Noise, relativeChange(with.rate(), p.rate())
	return nil
}

// logarithmLike takes ln(T)/τ in a Krylov space built as that of p was.
func (t *transition) logarithmLike(ctx context.Context, p *projection) (*projection, error) {
	k := t.krylov(t.noise)
	k.follow = p.kept
	for range p.facts.Blocks {
		k.growBlock(ctx)
	}
	if err := ctx.Err(); err != nil {
		return nil, interrupted(err)
	}
	return t.project(k, p.facts.Blocks)
}

// project takes ln(T)/τ on the vectors multiplied so far.
func (t *transition) project(k *krylov, blocks int) (*projection, error) {
	step := k.projected()
	s, err := newSchur(step)
	if err != nil {
		return nil, err
	}
	p := &projection{step: step, start: k.started(len(k.h)), kept: slices.Clone(k.kept)}
	p.facts.Vectors, p.facts.Blocks = len(k.h), blocks
	p.facts.Treatment = s.treat(floorShare * math.Sqrt(t.noise))
	p.facts.Rates = rates(s.eigenvalues(), t.tau)
	if p.generator, err = s.log(); err != nil {
		return nil, err
	}
	p.generator.Scale(1/t.tau, p.generator)
	return p, nil
}
