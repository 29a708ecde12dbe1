package mobility

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// Estimate returns Φ = Ċ(0⁺) V⁻¹, LD (74), with Ċ(0⁺) from q by its own method and V measured with the score s on the
// samples of t, perturbed by o.Sigma. q and s must be in the coordinates of t, and q made from t or given by its counts.
//
// The standard errors are those of the jackknife over the parts of q, with the cells and the score held fixed. They hold
// the sampling error of both Ċ and V; a learned score follows its own data, so that they are then rather too large. A
// rate matrix given by its counts has none.
//
// It is an error when V is singular, when D has no positive eigenvalue, and when anything is not finite.
func Estimate(ctx context.Context, t *trajectory.Trajectory, q *markov.RateMatrix, s score.Score, o Options) (*Mobility, error) {
	o, err := o.withDefaults(s)
	if err != nil {
		return nil, err
	}
	if err := check(t, q, s); err != nil {
		return nil, err
	}
	if o.Symmetry != nil && !o.Symmetry.Fits(t.Dim) {
		return nil, fmt.Errorf("mobility: the symmetry under %v does not act on %d coordinates", o.Symmetry, t.Dim)
	}
	rate, err := q.CorrelationRate()
	if err != nil {
		return nil, err
	}
	parts, block := q.Blocks(), q.Block
	if parts == 0 {
		parts, block = 32, func(k int) (int, int) { return k * t.Len() / 32, (k + 1) * t.Len() / 32 }
	}
	v, err := newStein(ctx, t, s, parts, block, o)
	if err != nil {
		return nil, err
	}
	m := &Mobility{
		V: o.symmetric(v.matrix(-1)), CDot: o.symmetric(rate), Width: o.Sigma, Method: q.Method.String(), Tau: q.Tau, Rank: q.Rank,
		Names: t.Names, Scale: t.Scale, Symmetry: o.Symmetry,
	}
	if m.Phi, err = solve(m.CDot, m.V); err != nil {
		return nil, err
	}
	if err := m.setDefect(rate, v.matrix(-1)); err != nil {
		return nil, err
	}
	if err := m.split(o.Margin); err != nil {
		return nil, err
	}
	return m, m.jackknife(ctx, q, v, o)
}

// setDefect measures how far Φ without the averaging is from its symmetry.
func (m *Mobility) setDefect(rate, v *mat.Dense) error {
	if m.Symmetry == nil {
		return nil
	}
	phi, err := solve(rate, v)
	if err == nil {
		m.Defect = Defect(m.Symmetry, phi)
	}
	return err
}

func check(t *trajectory.Trajectory, q *markov.RateMatrix, s score.Score) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if q.Dim != t.Dim || s.Dim() != t.Dim {
		return fmt.Errorf("mobility: a trajectory of %d coordinates, a rate matrix of %d and a score of %d: they must agree", t.Dim, q.Dim, s.Dim())
	}
	if b := q.Blocks(); b > 0 {
		if _, end := q.Block(b - 1); end != t.Len() {
			return fmt.Errorf("mobility: the rate matrix was made from %d samples and the trajectory has %d: estimate both from the same one", end, t.Len())
		}
	}
	return nil
}

// solve returns Φ with Φ V = Ċ.
func solve(rate, v *mat.Dense) (*mat.Dense, error) {
	var transposed mat.Dense
	err := transposed.Solve(v.T(), rate.T())
	var condition mat.Condition
	if errors.As(err, &condition) || err == nil && mat.Sum(&transposed) != mat.Sum(&transposed) {
		return nil, fmt.Errorf("mobility: the Stein matrix V = ⟨s xᵀ⟩ is singular (condition %.2g) where −I is expected: is the score in the coordinates of the trajectory?", float64(condition))
	}
	if err != nil {
		return nil, fmt.Errorf("mobility: Φ V = Ċ: %w", err)
	}
	return mat.DenseCopyOf(transposed.T()), nil
}

// jackknife sets the standard errors from the estimates that leave one part of the data out; without parts there are none.
func (m *Mobility) jackknife(ctx context.Context, q *markov.RateMatrix, v *stein, o Options) error {
	b := q.Blocks()
	if b == 0 {
		return nil
	}
	left, done := make([]*Mobility, b), 0
	err := parallel.Each(ctx, b, func(k int) error {
		rest, err := q.Without(ctx, k)
		if err != nil {
			return err
		}
		rate, err := rest.CorrelationRate()
		if err != nil {
			return err
		}
		one := &Mobility{V: o.symmetric(v.matrix(k))}
		if one.Phi, err = solve(o.symmetric(rate), one.V); err != nil {
			return err
		}
		left[k] = one
		return one.split(o.Margin)
	}, func(int) {
		done++
		o.report("standard errors", done, b)
	})
	if err != nil {
		return fmt.Errorf("mobility: standard errors: %w", err)
	}
	m.setErrors(left)
	return nil
}

// setErrors takes the spread of each matrix.
func (m *Mobility) setErrors(left []*Mobility) {
	shifted := m.Shift != 0
	for _, one := range left {
		shifted = shifted || one.Shift != 0
	}
	m.StdErr = spread(left, func(m *Mobility) *mat.Dense { return m.Phi })
	m.Errors = &Errors{
		D: spread(left, func(m *Mobility) *mat.Dense { return m.D }),
		R: spread(left, func(m *Mobility) *mat.Dense { return m.R }),
		V: spread(left, func(m *Mobility) *mat.Dense { return m.V }),
	}
	if !shifted {
		m.Errors.Sigma = spread(left, func(m *Mobility) *mat.Dense { return m.Sigma })
	}
}

// spread returns √((B−1)/B Σₖ (aₖ − mean)²) element by element.
func spread(left []*Mobility, a func(*Mobility) *mat.Dense) *mat.Dense {
	d, b := left[0].Dim(), float64(len(left))
	out := mat.NewDense(d, d, nil)
	for i := range d {
		for j := range d {
			mean, sum := 0.0, 0.0
			for _, one := range left {
				mean += a(one).At(i, j) / b
			}
			for _, one := range left {
				sum += (a(one).At(i, j) - mean) * (a(one).At(i, j) - mean)
			}
			out.Set(i, j, math.Sqrt(sum*(b-1)/b))
		}
	}
	return out
}
