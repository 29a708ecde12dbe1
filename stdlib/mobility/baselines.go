package mobility

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// Baseline is a way to a reduced model, on the same data as the others.
type Baseline struct {
	Name     string
	Score    score.Score // the given one, or the Gaussian one of the linear inverse model
	Mobility *Mobility   // nil when Err is set
	Err      error       // why this way leads nowhere on these data
}

// BaselineOptions hold the options of the estimates that the baselines share.
type BaselineOptions struct {
	Rates    markov.Options // partition and lag of all; its Method is that of the first
	Mobility Options
	// Sigma is the noise put on each sample before labelling in the paper's recipe; 0 means that of Mobility.Sigma or of the
	// score.
	Sigma float64
}

// RecipeName is the name of LD's recipe among the baselines.
const RecipeName = "LD's recipe"

// Baselines returns, on the data t with the score s, the mobilities by
//
//	this package      Φ = Ċ V⁻¹ by o.Rates.Method, the logarithm unless set
//	LD's recipe       the same with labels of samples with fresh noise σz, and the mean-diagonal rate matrix, LD (71), α = 1
//	Kramers–Moyal     Φ_S = ⟨a⟩ and Φ_A = −⟨b xᵀ⟩_A from conditional moments corrected for the finite lag, LD (51), (54)
//	linear inverse    Φ = −ln(C(τ)C(0)⁻¹) C(0)/τ with the Gaussian score −C(0)⁻¹(x − ⟨x⟩)
//	unit diffusion    Φ = Σ = I, KG (1)
//
// One that fails says so in its Err.
func Baselines(ctx context.Context, t *trajectory.Trajectory, s score.Score, o BaselineOptions) ([]Baseline, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	q, err := markov.Estimate(ctx, t, o.Rates)
	if err != nil {
		return nil, err
	}
	all := []Baseline{{Name: q.Method.String(), Score: s}, {Name: RecipeName, Score: s}, {Name: "Kramers–Moyal", Score: s},
		{Name: "linear inverse", Score: s}, {Name: "unit diffusion", Score: s}}
	for i, make := range []func(b *Baseline) (*Mobility, error){
		func(*Baseline) (*Mobility, error) { return Estimate(ctx, t, q, s, o.Mobility) },
		func(*Baseline) (*Mobility, error) { return Recipe(ctx, t, s, o) },
		func(*Baseline) (*Mobility, error) { return kramersMoyal(ctx, t, q) },
		func(b *Baseline) (m *Mobility, err error) {
			m, b.Score, err = LinearInverse(t, q.Lag)
			return m, err
		},
		func(*Baseline) (*Mobility, error) { return Unit(t.Dim, t.Scale), nil },
	} {
		all[i].Mobility, all[i].Err = make(&all[i])
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("mobility: baselines interrupted: %w", err)
		}
		if all[i].Err == nil {
			all[i].Mobility.Names = t.Names
		}
	}
	return all, nil
}

// Recipe returns Φ as LD's programs make it: each sample is given fresh noise σz, the noisy samples are partitioned and
// labelled, and the rate matrix is corrected by the mean-diagonal factor, LD (70)–(71). The noise adds about σ²/τ to Φ_S, and
// the correction a factor.
func Recipe(ctx context.Context, t *trajectory.Trajectory, s score.Score, o BaselineOptions) (*Mobility, error) {
	options, err := o.Mobility.withDefaults(s)
	if err != nil {
		return nil, err
	}
	if o.Sigma == 0 {
		o.Sigma = options.Sigma
	}
	noisy, err := Perturbed(ctx, t, o.Sigma, o.Rates.Seed)
	if err != nil {
		return nil, err
	}
	o.Rates.Method, o.Rates.Tree = markov.MeanDiagonal, nil
	q, err := markov.Estimate(ctx, noisy, o.Rates)
	if err != nil {
		return nil, err
	}
	return Estimate(ctx, t, q, s, o.Mobility)
}

// Perturbed returns t with fresh noise σz on each sample, LD (37).
func Perturbed(ctx context.Context, t *trajectory.Trajectory, sigma float64, seed uint64) (*trajectory.Trajectory, error) {
	if !(sigma >= 0) || math.IsInf(sigma, 1) {
		return nil, fmt.Errorf("mobility: noise of standard deviation %g on the samples", sigma)
	}
	out := *t
	out.X = make([]float64, len(t.X))
	size := chunk * t.Dim
	err := parallel.For(ctx, (len(t.X)+size-1)/size, func(k int) {
		x := out.X[k*size : min((k+1)*size, len(t.X))]
		noise := rng.New(seed, "mobility labels", uint64(k))
		noise.Normals(x)
		for i := range x {
			x[i] = t.X[k*size+i] + sigma*x[i]
		}
	})
	if err != nil {
		return nil, fmt.Errorf("mobility: perturbing interrupted: %w", err)
	}
	return &out, nil
}

// kramersMoyal returns Φ = ⟨a⟩ − ⟨b xᵀ⟩_A.
func kramersMoyal(ctx context.Context, t *trajectory.Trajectory, q *markov.RateMatrix) (*Mobility, error) {
	k, err := q.KramersMoyal(ctx)
	if err != nil {
		return nil, err
	}
	phi := mat.NewDense(t.Dim, t.Dim, nil)
	for i := range t.Dim {
		for j := range t.Dim {
			phi.Set(i, j, k.Mean.At(i, j)-(k.Rate.At(i, j)-k.Rate.At(j, i))/2)
		}
	}
	return named(phi, t.Scale, "Kramers–Moyal", q.Tau)
}

// LinearInverse returns the mobility of the linear inverse model at a lag of lag samples, and its score.
func LinearInverse(t *trajectory.Trajectory, lag int) (*Mobility, score.Score, error) {
	c0, rate, err := markov.LinearInverse(t, lag)
	if err != nil {
		return nil, nil, err
	}
	rate.Scale(-1, rate)
	m, err := named(rate, t.Scale, "linear inverse", float64(lag)*t.Dt)
	if err != nil {
		return nil, nil, err
	}
	s, err := gaussian(t.Moments().Mean, c0)
	return m, s, err
}

func named(phi *mat.Dense, scale *trajectory.Scale, method string, tau float64) (*Mobility, error) {
	m, err := New(phi, scale)
	if err != nil {
		return nil, err
	}
	m.Method, m.Tau = method, tau
	return m, nil
}

// gaussian is the score −C⁻¹(x − μ).
func gaussian(mean []float64, c *mat.Dense) (score.Score, error) {
	var inverse mat.Dense
	if err := inverse.Inverse(c); err != nil {
		return nil, fmt.Errorf("mobility: the covariance of the coordinates is singular: %w", err)
	}
	return score.Func{D: len(mean), F: func(dst, x []float64) {
		for i := range dst {
			dst[i] = 0
			for j, m := range mean {
				dst[i] -= inverse.At(i, j) * (x[j] - m)
			}
		}
	}}, nil
}

// Unit returns Φ = Σ = I for D coordinates, KG (1) with unit diffusion.
func Unit(dim int, scale *trajectory.Scale) *Mobility {
	one := mat.NewDense(dim, dim, nil)
	for i := range dim {
		one.Set(i, i, 1)
	}
	m, err := New(one, scale)
	if err != nil {
		panic(err) // the identity is positive definite
	}
	m.Method = "unit diffusion"
	return m
}

// Scaled returns αΦ with √α Σ: the same model with its time run α times as fast. α must be positive.
func (m *Mobility) Scaled(alpha float64) *Mobility {
	if !(alpha > 0) || math.IsInf(alpha, 1) {
		panic(fmt.Sprintf("mobility: a factor of %g", alpha))
	}
	out := *m
	times := func(f float64, a *mat.Dense) *mat.Dense {
		if a == nil {
			return nil
		}
		var b mat.Dense
		b.Scale(f, a)
		return &b
	}
	out.Phi, out.D, out.R, out.Sigma = times(alpha, m.Phi), times(alpha, m.D), times(alpha, m.R), times(math.Sqrt(alpha), m.Sigma)
	out.StdErr, out.CDot, out.Shift = times(alpha, m.StdErr), times(alpha, m.CDot), alpha*m.Shift
	if e := m.Errors; e != nil {
		out.Errors = &Errors{D: times(alpha, e.D), R: times(alpha, e.R), Sigma: times(math.Sqrt(alpha), e.Sigma), V: e.V}
	}
	return &out
}
