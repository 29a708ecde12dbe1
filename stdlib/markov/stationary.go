package markov

import (
	"fmt"
	"math"
)

// Stationary returns the null vector of the generator, π with P π = π and Σπ = 1, by iterating (I + P)/2 from the shares
// by counts. It differs from Pi by the ends of the runs, a few parts in the number of transitions. A chain too slow to
// settle in a hundred thousand steps is an error.
func (q *RateMatrix) Stationary() ([]float64, error) {
	const steps, tolerance = 100_000, 1e-13
	pi, next := append([]float64(nil), q.Pi...), make([]float64, len(q.Pi))
	moved := math.Inf(1)
	for range steps {
		q.P.mulTo(next, pi)
		sum := 0.0
		for j := range next {
			next[j] = (next[j] + pi[j]) / 2
			sum += next[j]
		}
		moved = 0
		for j, v := range next {
			v /= sum
			moved += math.Abs(v - pi[j])
			pi[j] = v
		}
		if moved < tolerance {
			return pi, nil
		}
	}
	return nil, fmt.Errorf("markov: the stationary distribution still moves by %.2g a step after %d steps: use Pi, the shares by counts", moved, steps)
}
