package markov

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Correlation returns C(t) = X e^{Qt} Π Xᵀ, LD (43), less the means, at t = lag: the covariance of x(t) with x(0) that the
// chain predicts, D×D. For the logarithms C(τ) is the measured one. The method Direct has no prediction.
func (q *RateMatrix) Correlation(lag float64) (*mat.Dense, error) {
	if lag < 0 || math.IsInf(lag, 0) || math.IsNaN(lag) {
		return nil, fmt.Errorf("markov: correlation at time %g; it must not be negative", lag)
	}
	if q.projection != nil {
		return q.projection.correlation(lag), nil
	}
	rates, err := q.Rates(q.Method)
	if err != nil {
		return nil, err
	}
	c, err := q.ofRates(rates).settle(context.Background(), func(p *projection) (*mat.Dense, error) { return p.correlation(lag), nil })
	if err != nil {
		return nil, fmt.Errorf("markov: C(%g): %w: ask for a shorter time", lag, err)
	}
	return c, nil
}

// ofRates is a sparse generator in place of the transition operator.
func (q *RateMatrix) ofRates(rates *Sparse) *transition {
	return &transition{op: newKoopman(rates, q.Pi), x: coordinates(q.Centroids, q.Pi, q.Dim, nil), constant: constant(q.Pi, 0)}
}

// settle evaluates f on growing Krylov spaces of the generator that t.op is, until it settles.
func (t *transition) settle(ctx context.Context, f func(*projection) (*mat.Dense, error)) (*mat.Dense, error) {
	k := t.krylov(0)
	var last *mat.Dense
	for grown := true; ; {
		for range 4 {
			grown = grown && k.growBlock(ctx)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := f(&projection{generator: k.projected(), start: k.started(len(k.h))})
		if err != nil {
			return nil, err
		}
		if !grown || last != nil && relativeChange(c, last) < settled {
			return c, nil
		}
		if len(k.basis) > maxVectors {
			return nil, fmt.Errorf("not settled with %d Krylov vectors", len(k.h))
		}
		last = c
	}
}
