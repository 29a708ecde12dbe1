package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
)

// Memory sets C(2τ) of the data beside what the chain of the lag τ predicts, C(2τ) = X P² Π Xᵀ. They agree within the
// standard error when the coordinates are Markovian over τ and the cells are fine enough for what is nonlinear.
type Memory struct {
	Excess float64 // ‖C(2τ) − prediction‖_F/‖C(0) − C(2τ)‖_F
	StdErr float64 // of Excess, by the jackknife
}

const (
	muchMemory   = 0.1     // excess above which Φ is off by a like share
	sureMemory   = 3       // standard errors above which an excess is no chance
	memoryPoints = 200_000 // beginnings that are looked at, evenly, so that the cost is bounded
)

// matters tells an excess that is neither small nor chance.
func (m Memory) matters() bool { return m.Excess > muchMemory && m.Excess > sureMemory*m.StdErr }

// remember measures the memory; runs not longer than 2τ tell nothing.
func (q *RateMatrix) remember(ctx context.Context) error {
	s := q.series
	if q.projection == nil || s.t.LongestRun() <= 2*q.Lag {
		return nil
	}
	sums := make([]*lagged, blockCount)
	mean := s.t.Moments().Mean
	if err := parallel.For(ctx, blockCount, func(k int) { sums[k] = s.lagged(k, mean) }); err != nil {
		return fmt.Errorf("markov: counting interrupted: %w", err)
	}
	all, decay, err := beyondLinear(sums, -1)
	if err != nil {
		return nil // the coordinates depend on one another: there is no linear model to compare with
	}
	left := make([][]float64, blockCount)
	for k := range left {
		one, _, err := beyondLinear(sums, k)
		if err != nil {
			return nil
		}
		left[k] = one.RawMatrix().Data
	}
	chain, err := q.projection.beyondLinear()
	if err != nil {
		return nil
	}
	all.Sub(all, chain)
	q.Memory = Memory{Excess: mat.Norm(all, 2) / decay, StdErr: floats.Norm(jackknifeErrors(left), 2) / decay}
	return nil
}

// lagged holds Σ x(t)x(t)ᵀ, Σ x(t+τ)x(t)ᵀ and Σ x(t+2τ)x(t)ᵀ over the same beginnings t, D×D.
type lagged struct {
	c [3]*mat.Dense
	n float64
}

// lagged sums over beginnings in part k.
func (s *series) lagged(k int, mean []float64) *lagged {
	d := s.t.Dim
	out, x, y := &lagged{}, make([]float64, d), make([]float64, d)
	for i := range out.c {
		out.c[i] = mat.NewDense(d, d, nil)
	}
	from, to := s.block(k)
	stride := 1 + len(s.labels)/memoryPoints
	for _, w := range windows(s.t.Lens, len(s.labels), 2*s.lag) {
		for t := max(w[0], from); t < min(w[1], to); t += stride {
			clear(x)
			s.addCentred(x, 1, t, mean)
			for i := range out.c {
				clear(y)
				s.addCentred(y, 1, t+i*s.lag, mean)
				addOuter(out.c[i].RawMatrix().Data, 1, y, x)
			}
			out.n++
		}
	}
	return out
}

// beyondLinear returns C(2τ) − C(τ) C(0)⁻¹ C(τ), what a linear model leaves, without one part (−1 for all), and ‖C(0) − C(2τ)‖.
func beyondLinear(sums []*lagged, without int) (rest *mat.Dense, decay float64, err error) {
	d, _ := sums[0].c[0].Dims()
	var c [3]*mat.Dense
	n := 0.0
	for i := range c {
		c[i] = mat.NewDense(d, d, nil)
	}
	for k, s := range sums {
		if k == without {
			continue
		}
		for i := range c {
			c[i].Add(c[i], s.c[i])
		}
		n += s.n
	}
	for i := range c {
		c[i].Scale(1/n, c[i])
	}
	var fallen mat.Dense
	fallen.Sub(c[0], c[2])
	rest, err = leftByLinear(c[0], c[1], c[2])
	return rest, mat.Norm(&fallen, 2), err
}

// leftByLinear returns c2 − c1 c0⁻¹ c1.
func leftByLinear(c0, c1, c2 *mat.Dense) (*mat.Dense, error) {
	var x, out mat.Dense
	if err := x.Solve(c0, c1); err != nil {
		return nil, err
	}
	out.Mul(c1, &x)
	out.Sub(c2, &out)
	return &out, nil
}

// beyondLinear is the same of the chain.
func (p *projection) beyondLinear() (*mat.Dense, error) {
	var c [3]*mat.Dense
	moved := mat.DenseCopyOf(p.start.T())
	for i := range c {
		c[i] = new(mat.Dense)
		c[i].Mul(moved.T(), p.start.T())
		next := new(mat.Dense)
		next.Mul(p.step, moved)
		moved = next
	}
	return leftByLinear(c[0], c[1], c[2])
}
