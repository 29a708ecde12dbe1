package markov

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Correlation returns C(t) = X e^{Qt} Π Xᵀ, LD (43), less the means: the covariance of x(t) with x(0) that the chain
// predicts, D×D. For the logarithms C(τ) is the measured one. The method Direct has no prediction.
func (q *RateMatrix) Correlation(t float64) (*mat.Dense, error) {
	if t < 0 || math.IsInf(t, 0) || math.IsNaN(t) {
		return nil, fmt.Errorf("markov: correlation at time %g; it must not be negative", t)
	}
	if q.projection != nil {
		return q.projection.correlation(t), nil
	}
	rates, err := q.Rates(q.Method)
	if err != nil {
		return nil, err
	}
	return exponential(newKoopman(rates, q.Pi), coordinates(q.Centroids, q.Pi, q.Dim, nil), t)
}

// exponential returns ⟨(e^{Gt} x) xᵀ⟩ by projection on growing Krylov spaces of the generator G.
func exponential(op operator, x [][]float64, t float64) (*mat.Dense, error) {
	k := newKrylov(op, x)
	var last *mat.Dense
	for grown := true; ; {
		for range 4 {
			grown = grown && k.growBlock(len(x))
		}
		p := projection{generator: k.projected(), start: k.started(len(k.h))}
		c := p.correlation(t)
		if !grown || last != nil && relativeChange(c, last) < settled {
			return c, nil
		}
		if len(k.h)+4*len(x) > maxVectors {
			return nil, fmt.Errorf("markov: C(%g) did not settle with %d Krylov vectors: ask for a shorter time", t, len(k.h))
		}
		last = c
	}
}
