package numtest

import (
	"math"
	"slices"
	"testing"
)

// Sigmas is the number of standard errors that a statistic of a right program may be off. A test with a fixed seed
// either passes for ever or fails for ever; this bound fails a right program about once in 10⁶ seeds.
const Sigmas = 5

// MeanWithin fails unless the mean of n independent samples is within Sigmas standard errors std/√n of want.
func MeanWithin(t testing.TB, what string, mean, want, std, n float64) {
	t.Helper()
	se := std / math.Sqrt(n)
	if d := math.Abs(mean - want); !(d <= Sigmas*se) {
		t.Errorf("%s = %.8g, want %.8g: off by %.2f standard errors of %.3g", what, mean, want, d/se, se)
	}
}

// Kolmogorov fails when the Kolmogorov–Smirnov distance between the sample and the distribution function cdf exceeds the
// one that a right sample exceeds with probability 10⁻⁶, √(ln(2·10⁶)/2n) (Massart, 1990). It sorts the sample.
func Kolmogorov(t testing.TB, what string, sample []float64, cdf func(x float64) float64) {
	t.Helper()
	slices.Sort(sample)
	n := float64(len(sample))
	worst := 0.0
	for i, x := range sample {
		p := cdf(x)
		worst = max(worst, p-float64(i)/n, float64(i+1)/n-p)
	}
	if bound := math.Sqrt(math.Log(2e6) / (2 * n)); !(worst <= bound) {
		t.Errorf("%s: Kolmogorov–Smirnov distance %.3g of %d samples, allowed %.3g", what, worst, len(sample), bound)
	}
}
