package stats

import (
	"fmt"
	"math"
)

// Quantiles returns the quantiles of the sample at the probabilities p, each in [0, 1], linearly interpolated between
// order statistics. The sample is left as it is; it must not be empty. The cost is O(N) for each quantile.
func Quantiles(sample []float64, p ...float64) []float64 {
	if len(sample) == 0 {
		panic("stats: quantile of no samples")
	}
	x := append([]float64(nil), sample...)
	q := make([]float64, len(p))
	for i, prob := range p {
		if !(prob >= 0 && prob <= 1) {
			panic(fmt.Sprintf("stats: quantile at the probability %g", prob))
		}
		at := prob * float64(len(x)-1)
		k := int(at)
		partition(x, k)
		q[i] = x[k]
		if k+1 < len(x) {
			next := math.Inf(1)
			for _, v := range x[k+1:] {
				next = min(next, v)
			}
			q[i] += (at - float64(k)) * (next - x[k])
		}
	}
	return q
}

// partition reorders x so that x[k] is what it would be if x were sorted, with nothing larger before it and nothing
// smaller behind it (Hoare's selection).
func partition(x []float64, k int) {
	low, high := 0, len(x)-1
	for low < high {
		pivot := medianOfThree(x[low], x[low+(high-low)/2], x[high])
		i, j := low, high
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

func medianOfThree(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
