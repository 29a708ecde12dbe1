package trajectory

import (
	"context"
	"fmt"
	"math/bits"

	"gonum.org/v1/gonum/dsp/fourier"
)

// Autocovariance returns C_ii(kΔt) = ⟨(xᵢ(t+kΔt) − μᵢ)(xᵢ(t) − μᵢ)⟩ for k = 0 … lags−1, LD (46), in the coordinates of X.
//
// Pairs are taken within runs only; each lag is divided by its own number of pairs (unbiased); μᵢ is the one mean of all
// runs, because a mean per run would push C down by about t_d over the length of a run.
// The correlation is summed in the frequency domain over overlapping segments, so the cost is O(N log lags).
func (t *Trajectory) Autocovariance(ctx context.Context, i, lags int) ([]float64, error) {
	if longest := t.LongestRun(); lags < 1 || lags > longest {
		return nil, fmt.Errorf("trajectory: autocovariance of %d lags from runs of at most %d samples", lags, longest)
	}
	x := t.Coordinate(nil, i)
	mean := NewMoments(1, x).Mean[0]
	for k := range x {
		x[k] -= mean
	}
	c := newCorrelator(lags)
	for start, end := range t.Runs() {
		if err := c.add(ctx, x[start:end]); err != nil {
			return nil, fmt.Errorf("trajectory: autocovariance: %w", err)
		}
	}
	cov := c.sums()
	for k := range cov {
		cov[k] /= float64(t.pairs(k))
	}
	return cov, nil
}

// pairs is the number of pairs of samples k apart within runs.
func (t *Trajectory) pairs(k int) int {
	n := 0
	for start, end := range t.Runs() {
		n += max(0, end-start-k)
	}
	return n
}

// correlator sums x(t+k)·x(t) for k < lags over segments: a segment of `block` starting points is correlated with the
// same segment lengthened by lags−1, whose zero-padded transform has no wrap-around at these lags.
type correlator struct {
	fft         *fourier.FFT
	lags, block int
	head, full  []float64    // zero-padded segment, and segment lengthened by lags−1
	a, b, sum   []complex128 // their transforms; Σ conj(a)·b
}

// minTransform is long enough to amortise a transform and short enough to stay in the first-level cache.
const minTransform = 2048

func newCorrelator(lags int) *correlator {
	n := max(minTransform, 1<<bits.Len(uint(4*lags-1)))
	spectrum := func() []complex128 { return make([]complex128, n/2+1) }
	return &correlator{
		fft: fourier.NewFFT(n), lags: lags, block: n - lags + 1,
		head: make([]float64, n), full: make([]float64, n),
		a: spectrum(), b: spectrum(), sum: spectrum(),
	}
}

// add takes in the pairs of one run.
func (c *correlator) add(ctx context.Context, run []float64) error {
	for ; len(run) > 0; run = run[min(len(run), c.block):] {
		if err := ctx.Err(); err != nil {
			return err
		}
		fill(c.head, run[:min(len(run), c.block)])
		fill(c.full, run)
		c.fft.Coefficients(c.a, c.head)
		c.fft.Coefficients(c.b, c.full)
		for k, a := range c.a {
			c.sum[k] += complex(real(a), -imag(a)) * c.b[k]
		}
	}
	return nil
}

// fill copies as much of src as fits into dst and sets the rest to zero.
func fill(dst, src []float64) { clear(dst[copy(dst, src):]) }

// sums returns Σ x(t+k)·x(t) for k < lags.
func (c *correlator) sums() []float64 {
	seq := c.fft.Sequence(nil, c.sum)[:c.lags:c.lags]
	for k := range seq {
		seq[k] /= float64(c.fft.Len())
	}
	return seq
}
