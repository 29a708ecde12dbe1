package mobility

import (
	"context"
	"fmt"
	"math"

	"scorebook/internal/parallel"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// IntegratedOptions control [Integrated]. The zero value works.
type IntegratedOptions struct {
	// Time is T, in t's unit of time, rounded to samples. 0 means the decorrelation time, at which the autocorrelation of the
	// slowest coordinate has fallen to 1/e: a rule that knows neither the score nor the model.
	Time float64
	// Ridge is the singular value of K, in units of the largest, below which Φ is drawn towards φ̄ I, φ̄ = tr[C(0) − C̄]/tr K,
	// by Tikhonov's term. 0 means 0.01.
	Ridge float64
	// Reversible reads the series in both directions of time, x(t) and x(−t), and gives Φ no rotation, R = 0. A model without
	// rotation is its own time reversal; of data that are not, this takes no direction for the true one.
	Reversible bool
	// Sigma, Clean, Margin, Symmetry, Seed and Progress are those of [Options]. V is measured on the same samples.
	Options
	reach int // T in samples
}

const (
	defaultRidge    = 0.01
	integratedParts = 32 // of the jackknife
)

// Integrated returns Φ from correlations over a finite time T,
//
//	Φ = K⁻¹ [C(0) − C̄],   C̄ = 1/T ∫₀^T C(t) dt,   K = −∫₀^T (1 − t/T) ⟨x(t) s(x(0))ᵀ⟩ dt,
//
// for processes whose correlations begin smoothly, as those of chaos without noise: Ċ_S(0) vanishes there, LD (50), and what
// Estimate finds is set by its lag and cells.
//
// Of the model ẋ = Φs + √2Σξ with the generator L, time runs backwards with the drift Φᵀs, so that L†x = Φᵀs and
//
//	Ċ(t) = ⟨x(t) (L†x)(0)ᵀ⟩ = ⟨x(t) s(x(0))ᵀ⟩ Φ   for every t ≥ 0,
//
// of which LD (29) is the limit t → 0. Its integral up to t, C(0) − C(t) = K(t) Φ, holds at every lag; the formula is its mean over the
// lags from 0 to T. It holds for every density and every T if the model is true. T → 0 is LD (29); for a Gaussian density
// s = −C(0)⁻¹x, and T → ∞ gives the Green–Kubo closure C(0)[∫₀^∞ C dt]⁻¹C(0).
//
// If the model has no rotation, it holds for x(−t) too, and Reversible puts the mean of x(t) and x(−t) in place of x(t), and
// takes the symmetric part of what follows.
//
// s is evaluated at x(0) + σz, as in [Estimate]. x is taken as linear between samples, with an error of Δt²/12 times the second
// derivative of the correlations. The standard errors are those of the jackknife over 32 stretches of t, with the score held fixed; a stretch must be long
// beside T for them to be right.
//
// CDot is −Φ as estimated. It is an error when no run is longer than 2T, when D has no positive eigenvalue, and when
// anything is not finite.
func Integrated(ctx context.Context, t *trajectory.Trajectory, s score.Score, o IntegratedOptions) (*Mobility, error) {
	o, err := o.withDefaults(t, s)
	if err != nil {
		return nil, err
	}
	sums, err := each(ctx, t, s, o)
	if err != nil {
		return nil, err
	}
	m, err := sums.mobility(-1, o)
	if err != nil {
		return nil, err
	}
	m.Names, m.Scale, m.Symmetry, m.Width = t.Names, t.Scale, o.Symmetry, o.Sigma
	m.Method, m.Tau = "mean over the lags up to τ", o.Time
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
	if o.Time == 0 {
		o.Time = t.DecorrelationTime()
	}
	if !(o.Time > 0) || !(o.Ridge > 0 && o.Ridge < 1) {
		return o, fmt.Errorf("mobility: Time is %g and Ridge %g; a time is positive and Ridge a fraction: try 0 for both", o.Time, o.Ridge)
	}
	longest := t.LongestRun() - 1
	if !(2*o.Time <= float64(longest)*t.Dt) {
		return o, fmt.Errorf("mobility: the time is %.4g and the longest run %.4g, less than twice that: take a shorter time or longer runs", o.Time, float64(longest)*t.Dt)
	}
	o.reach = max(1, int(math.Round(o.Time/t.Dt)))
	o.Time = float64(o.reach) * t.Dt
	var err error
	o.Options, err = o.Options.withDefaults(s)
	return o, err
}

// behind is the number of samples of its run that a start needs before it.
func (o IntegratedOptions) behind() int {
	if o.Reversible {
		return o.reach
	}
	return 0
}

// each sums up the stretches of t, over all starts that have o.reach samples of their run after them, and o.behind() before.
func each(ctx context.Context, t *trajectory.Trajectory, s score.Score, o IntegratedOptions) (stretches, error) {
	mean, sums, done := t.Moments().Mean, make(stretches, integratedParts), 0
	err := parallel.Each(ctx, integratedParts, func(k int) error {
		p := newStretch(t, mean)
		sums[k] = p
		begin, end := k*t.Len()/integratedParts, (k+1)*t.Len()/integratedParts
		for first, last := range t.Runs() {
			to := min(end, last-o.reach)
			for at := max(begin, first+o.behind()); at < to; at += chunk {
				if err := ctx.Err(); err != nil {
					return err
				}
				p.respond(s, at, min(at+chunk, to), o)
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
