package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// KramersMoyal holds drift and diffusion in each state from the conditional moments of the increments, LD (51),
//
//	b(y) = ⟨δx | y⟩/τ,   a(y) = ⟨δx δxᵀ | y⟩/(2τ),
//
// each corrected for the finite lag by 2E(τ) − E(2τ).
type KramersMoyal struct {
	Dim       int
	Drift     []float64  // n×D, b in each state
	Diffusion []float64  // n×D×D, a in each state, by rows
	Mean      *mat.Dense // ⟨a⟩ = −Ċ_S(0⁺), LD (54)
	Rate      *mat.Dense // ⟨b xᵀ⟩ = Ċ(0⁺), LD (49)
}

// KramersMoyal estimates drift and diffusion from the labelled trajectory at the lags τ and 2τ. The moments are those of the
// samples, not of the centroids.
func (q *RateMatrix) KramersMoyal(ctx context.Context) (*KramersMoyal, error) {
	if q.series == nil {
		return nil, fmt.Errorf("markov: Kramers–Moyal moments need a trajectory, and this chain was given by its counts")
	}
	one, err := q.series.moments(ctx, q.Lag)
	if err != nil {
		return nil, err
	}
	two, err := q.series.moments(ctx, 2*q.Lag)
	if err != nil {
		return nil, err
	}
	one.correct(two)
	return one, nil
}

// correct sets k to 2k − o.
func (k *KramersMoyal) correct(o *KramersMoyal) {
	for _, p := range [][2][]float64{
		{k.Drift, o.Drift}, {k.Diffusion, o.Diffusion},
		{k.Mean.RawMatrix().Data, o.Mean.RawMatrix().Data}, {k.Rate.RawMatrix().Data, o.Rate.RawMatrix().Data},
	} {
		for i, v := range p[1] {
			p[0][i] = 2*p[0][i] - v
		}
	}
}

// moments returns the moments over a lag of the given number of samples. States with no transition have none.
func (s *series) moments(ctx context.Context, lag int) (*KramersMoyal, error) {
	d, tau := s.t.Dim, float64(lag)*s.t.Dt
	k := &KramersMoyal{Dim: d, Drift: make([]float64, s.cells*d), Diffusion: make([]float64, s.cells*d*d), Mean: mat.NewDense(d, d, nil)}
	counts, total, step := make([]float64, s.cells), 0.0, make([]float64, d)
	for _, w := range s.outsideGap(lag) {
		for t := w[0]; t < w[1]; t++ {
			if t%contextSpan == 0 && ctx.Err() != nil {
				return nil, fmt.Errorf("markov: Kramers–Moyal moments interrupted: %w", ctx.Err())
			}
			j := int(s.labels[t])
			if j < 0 {
				continue
			}
			here, there := s.t.X[t*d:(t+1)*d], s.t.X[(t+lag)*d:(t+lag+1)*d]
			for a, x := range here {
				step[a] = there[a] - x
			}
			addScaled(k.Drift[j*d:(j+1)*d], 1/tau, step)
			addOuter(k.Diffusion[j*d*d:(j+1)*d*d], 0.5/tau, step, step)
			counts[j]++
			total++
		}
	}
	if total == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples: take a shorter lag", lag)
	}
	for j, n := range counts {
		addScaled(k.Mean.RawMatrix().Data, 1/total, k.Diffusion[j*d*d:(j+1)*d*d])
		for a := j * d; a < (j+1)*d && n > 0; a++ {
			k.Drift[a] /= n
		}
		for a := j * d * d; a < (j+1)*d*d && n > 0; a++ {
			k.Diffusion[a] /= n
		}
	}
	n, err := s.increments(ctx, lag)
	if err != nil {
		return nil, err
	}
	k.Rate, err = n.rate(s.part())
	return k, err
}
