package mobility

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// IntegratedOptions control [Integrated]. The zero value works.
type IntegratedOptions struct {
	// Lag is τ in samples. 0 means the first at which tr[C(τ) C(0)⁻¹]/D, the correlation averaged over all directions after
	// each is given unit variance, has fallen to 1/e: a rule that knows neither the score nor the model.
	Lag int
	// Ridge is the singular value of K, in units of the largest, below which Φ is drawn towards φ̄ I, φ̄ = tr[C(0) − C(τ)]/tr K,
	// by Tikhonov's term. 0 means 0.01.
	Ridge float64
	// Reversible reads the series in both directions of time, x(t) and x(−t), and gives Φ no rotation, R = 0. A model without
	// rotation is its own time reversal; of data that are not, this takes no direction for the true one.
	Reversible bool
	// Sigma, Clean, Margin, Symmetry, Seed and Progress are those of [Options]. V is measured on the same samples.
	Options
}

const (
	defaultRidge    = 0.01
	integratedParts = 32 // of the jackknife
)

// Integrated returns Φ from correlations over a finite time,
//
//	Φ = K(τ)⁻¹ [C(0) − C(τ)],   K(τ) = −∫₀^τ ⟨x(t) s(x(0))ᵀ⟩ dt,
//
// for processes whose correlations begin smoothly, as those of chaos without noise: Ċ_S(0) vanishes there, LD (50), and what
// Estimate finds is set by its lag and cells.
//
// Of the model ẋ = Φs + √2Σξ with the generator L, time runs backwards with the drift Φᵀs, so that L†x = Φᵀs and
//
//	Ċ(t) = ⟨x(t) (L†x)(0)ᵀ⟩ = ⟨x(t) s(x(0))ᵀ⟩ Φ   for every t ≥ 0,
//
// of which LD (29) is the limit t → 0. Its integral from 0 to τ is the formula. It holds for every density and every τ if the
// model is true. For a Gaussian density s = −C(0)⁻¹x, and then τ → ∞ gives the Green–Kubo closure C(0)[∫₀^∞ C dt]⁻¹C(0).
//
// s is evaluated at x(0) + σz, as in [Estimate]. The integral is the trapezium rule over the samples, whose error is
// Δt²/12·[Ṁ(τ) − Ṁ(0)] with M(t) = ⟨x(t) s(x(0))ᵀ⟩. The standard errors are those of the jackknife over 32 stretches of t,
// with the score held fixed; a stretch must be long beside τ and the decorrelation time for them to be right.
//
// If the model has no rotation, it holds for x(−t) too, and Reversible takes the mean of both,
//
//	K(τ) = −½∫₋τ^τ ⟨x(t) s(x(0))ᵀ⟩ dt,   C(0) − ½[C(τ) + C(τ)ᵀ] in place of C(0) − C(τ),
//
// and the symmetric part of what follows.
//
// CDot is −Φ as estimated. It is an error when no run is longer than τ, when D has no positive eigenvalue, and when
// anything is not finite.
func Integrated(ctx context.Context, t *trajectory.Trajectory, s score.Score, o IntegratedOptions) (*Mobility, error) {
	o, err := o.withDefaults(t, s)
	if err != nil {
		return nil, err
	}
	if o.Lag == 0 {
		if o.Lag, err = decayLag(ctx, t, o.Options); err != nil {
			return nil, err
		}
	}
	if longest := t.LongestRun(); longest <= 2*o.Lag {
		return nil, fmt.Errorf("mobility: the lag is %d samples and the longest run has %d: take a shorter lag or longer runs", o.Lag, longest)
	}
	sums, err := each(ctx, t, o, func(p *stretch, from, to int) { p.respond(s, from, to, o) })
	if err != nil {
		return nil, err
	}
	m, err := sums.mobility(-1, o)
	if err != nil {
		return nil, err
	}
	m.Names, m.Scale, m.Symmetry, m.Width = t.Names, t.Scale, o.Symmetry, o.Sigma
	m.Method, m.Tau = "correlations up to τ", float64(o.Lag)*t.Dt
	if o.Symmetry != nil {
		plain := o
		plain.Symmetry = nil
		if raw, err := sums.phi(-1, plain); err == nil {
			m.Defect = Defect(o.Symmetry, raw)
		}
	}
	left := make([]*Mobility, len(sums))
	for k := range left {
		if left[k], err = sums.mobility(k, o); err != nil {
			return nil, fmt.Errorf("mobility: standard errors: %w", err)
		}
	}
	m.setErrors(left)
	return m, nil
}

func (o IntegratedOptions) withDefaults(t *trajectory.Trajectory, s score.Score) (IntegratedOptions, error) {
	if err := t.Validate(); err != nil {
		return o, err
	}
	if s.Dim() != t.Dim {
		return o, fmt.Errorf("mobility: a trajectory of %d coordinates and a score of %d: they must agree", t.Dim, s.Dim())
	}
	if o.Symmetry != nil && !o.Symmetry.Fits(t.Dim) {
		return o, fmt.Errorf("mobility: the symmetry under %v does not act on %d coordinates", o.Symmetry, t.Dim)
	}
	if o.Ridge == 0 {
		o.Ridge = defaultRidge
	}
	if o.Lag < 0 || !(o.Ridge > 0 && o.Ridge < 1) {
		return o, fmt.Errorf("mobility: Lag is %d and Ridge %g; a lag is a number of samples and Ridge a fraction: try 0 for both", o.Lag, o.Ridge)
	}
	var err error
	o.Options, err = o.Options.withDefaults(s)
	return o, err
}

// behind is the number of samples of its run that a start needs before it.
func (o IntegratedOptions) behind() int {
	if o.Reversible {
		return o.Lag
	}
	return 0
}

// decayLag is the first lag at which tr[C(τ)C(0)⁻¹]/D is at most 1/e.
func decayLag(ctx context.Context, t *trajectory.Trajectory, o Options) (int, error) {
	at := func(lag int) (*mat.Dense, error) {
		c, err := lagged(ctx, t, lag)
		if err != nil {
			return nil, fmt.Errorf("mobility: choosing the lag interrupted: %w", err)
		}
		return o.symmetric(c), nil
	}
	c0, err := at(0)
	if err != nil {
		return 0, err
	}
	var inverse, r mat.Dense
	if err := inverse.Inverse(c0); err != nil {
		return 0, fmt.Errorf("mobility: the covariance of the coordinates is singular (%w): leave out those that follow from others, or give Lag", err)
	}
	for lag := 1; 2*lag < t.LongestRun(); lag++ {
		c, err := at(lag)
		if err != nil {
			return 0, err
		}
		r.Mul(c, &inverse)
		if mat.Trace(&r) <= float64(t.Dim)/math.E {
			return lag, nil
		}
	}
	return 0, fmt.Errorf("mobility: the correlation does not fall to 1/e within half of the longest run, %d samples: bring longer runs, or give Lag", t.LongestRun()/2)
}

// lagged returns ⟨x(t+lag) x(t)ᵀ⟩ about the mean.
func lagged(ctx context.Context, t *trajectory.Trajectory, lag int) (*mat.Dense, error) {
	o := IntegratedOptions{Lag: lag}
	sums, err := each(ctx, t, o, func(p *stretch, from, to int) { p.correlate(from, to, lag) })
	if err != nil {
		return nil, err
	}
	return sums.average(-1, func(p *stretch) *mat.Dense { return p.drop }), nil
}

// each makes the stretches of t and passes to visit every chunk of starts that have o.Lag samples of their run after them, and before
// them o.behind().
func each(ctx context.Context, t *trajectory.Trajectory, o IntegratedOptions, visit func(p *stretch, from, to int)) (stretches, error) {
	mean, sums, done := t.Moments().Mean, make(stretches, integratedParts), 0
	err := parallel.Each(ctx, integratedParts, func(k int) error {
		p := newStretch(t, mean)
		sums[k] = p
		begin, end := k*t.Len()/integratedParts, (k+1)*t.Len()/integratedParts
		for first, last := range t.Runs() {
			to := min(end, last-o.Lag)
			for at := max(begin, first+o.behind()); at < to; at += chunk {
				if err := ctx.Err(); err != nil {
					return err
				}
				visit(p, at, min(at+chunk, to))
				p.count += float64(min(at+chunk, to) - at)
			}
		}
		return nil
	}, func(k int) {
		done++
		o.report("correlations", done*t.Len()/integratedParts, t.Len())
	})
	if err != nil {
		return nil, fmt.Errorf("mobility: correlations interrupted: %w", err)
	}
	return sums, nil
}
