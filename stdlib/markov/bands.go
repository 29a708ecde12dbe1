package markov

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/rng"
)

// draw says how often replicate r takes each part.
func draw(seed uint64, r int) []int {
	noise, times := rng.New(seed, "bootstrap", uint64(r)), make([]int, blockCount)
	for range blockCount {
		times[noise.IntN(blockCount)]++
	}
	return times
}

// band returns the quantiles (1 ∓ level)/2 of each element.
func band(phis []*mat.Dense, level float64) [2]*mat.Dense {
	d, _ := phis[0].Dims()
	lower, upper, values := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil), make([]float64, len(phis))
	for i := range d {
		for j := range d {
			for r, phi := range phis {
				values[r] = phi.At(i, j)
			}
			slices.Sort(values)
			lower.Set(i, j, quantile(values, (1-level)/2))
			upper.Set(i, j, quantile(values, (1+level)/2))
		}
	}
	return [2]*mat.Dense{lower, upper}
}

// quantile interpolates between the order statistics.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := min(int(at), len(sorted)-2)
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}
