package stats

import (
	"errors"
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// Bandwidth returns the kernel width of Silverman's rule, h = 0.9·min(std, IQR/1.34)·N^(−1/5), in units of the sample.
// A sample with fewer than two values, with a value that is not finite, or without spread is an error.
func Bandwidth(sample []float64) (float64, error) {
	s, err := spreadOf(sample)
	return s.bandwidth, err
}

// spread is what a grid for a sample has to cover, and how fine its kernel is.
type spread struct{ low, high, bandwidth float64 }

func spreadOf(sample []float64) (spread, error) {
	if len(sample) < 2 {
		return spread{}, fmt.Errorf("stats: a density needs at least 2 samples, not %d", len(sample))
	}
	s := spread{low: sample[0], high: sample[0]}
	for k, v := range sample {
		if v-v != 0 {
			return spread{}, fmt.Errorf("stats: sample %d is %g; remove such samples first", k, v)
		}
		s.low, s.high = min(s.low, v), max(s.high, v)
	}
	if s.low == s.high {
		return spread{}, fmt.Errorf("stats: all %d samples are %g; a density needs some spread", len(sample), s.low)
	}
	width := trajectory.NewMoments(1, sample).Std()[0]
	q := Quantiles(sample, 0.25, 0.75)
	if robust := (q[1] - q[0]) / 1.34; robust > 0 { // zero when half the samples are equal
		width = min(width, robust)
	}
	s.bandwidth = 0.9 * width * math.Pow(float64(len(sample)), -0.2)
	if !(s.bandwidth > 0) || math.IsInf(s.bandwidth, 1) {
		return spread{}, errors.New("stats: the spread of the samples under- or overflows; change their unit")
	}
	return s, nil
}
