package markov

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"scorebook/internal/parallel"
	"scorebook/stdlib/trajectory"
)

// TimescaleOptions choose what [ScanTimescales] does. The zero value follows the three slowest over the lags of ScanLags.
type TimescaleOptions struct {
	LagOptions
	Count int // how many timescales; 0 means 3, or what two fewer than the states leave
}

const defaultTimescales = 3

// TimescaleScan holds the implied timescales −τ/ln|λ| of the chain on the cells against the lag τ, with block-bootstrap
// bands. For a Markov process they do not depend on the lag; cells that are too wide shorten them, the less the longer the
// lag. What is shorter than the lag cannot be seen.
type TimescaleScan struct {
	Lags  []int          // samples
	Tau   []float64      // lag times
	Times [][]float64    // by lag, the slowest first, in units of time
	Bands [][][2]float64 // by lag, lower and upper end
	Level float64        // coverage of the bands
}

// ScanTimescales estimates the implied timescales at several lags on one partition. The bands come from resampling the 32
// parts of the data with replacement: of each resample λ is taken to first order, φᵀTψ/φᵀψ with the left and the right
// eigenvector of the whole.
func ScanTimescales(ctx context.Context, t *trajectory.Trajectory, o TimescaleOptions) (*TimescaleScan, error) {
	o.Method = Direct // the spectrum is that of P, whatever the method
	lags, err := o.LagOptions.withDefaults(t)
	if err != nil {
		return nil, err
	}
	first, err := Estimate(ctx, t, lags.atLag(lags.Lags[0]))
	if err != nil {
		return nil, err
	}
	if o.Count == 0 {
		o.Count = min(defaultTimescales, len(first.Pi)-2)
	}
	out := &TimescaleScan{Lags: lags.Lags, Level: lags.Level}
	for k, lag := range lags.Lags {
		q := first
		if k > 0 {
			if q, err = first.AtLag(ctx, lag); err != nil {
				return nil, err
			}
		}
		if err := out.add(ctx, q, lags, o.Count); err != nil {
			return nil, err
		}
		o.report("scanning lags", k+1, len(lags.Lags))
	}
	return out, nil
}

// add takes in the chain at one lag and its bootstrap.
func (s *TimescaleScan) add(ctx context.Context, q *RateMatrix, o LagOptions, count int) error {
	modes, err := q.modes(ctx, count)
	if err != nil {
		return fmt.Errorf("markov: timescales at a lag of %d: %w", q.Lag, err)
	}
	var times []float64
	var bands [][2]float64
	for _, m := range modes {
		parts, err := q.shares(ctx, m)
		if err != nil {
			return err
		}
		replicates := make([]float64, o.Replicates)
		for r := range replicates {
			var above, below complex128
			for k, f := range draw(o.Seed, r) {
				above += complex(float64(f), 0) * parts[k][0]
				below += complex(float64(f), 0) * parts[k][1]
			}
			replicates[r] = impliedTime(above/below, q.Tau)
		}
		slices.Sort(replicates)
		times = append(times, impliedTime(m.value, q.Tau))
		bands = append(bands, [2]float64{quantile(replicates, (1-o.Level)/2), quantile(replicates, (1+o.Level)/2)})
	}
	s.Tau, s.Times, s.Bands = append(s.Tau, q.Tau), append(s.Times, times), append(s.Bands, bands)
	return nil
}

// impliedTime is −τ/ln|λ|, +Inf for |λ| ≥ 1.
func impliedTime(value complex128, tau float64) float64 {
	size := cmplx.Abs(value)
	if size >= 1 {
		return math.Inf(1)
	}
	return -tau / math.Log(size)
}

// shares returns Σ wⱼ Nᵢⱼ ψᵢ and Σ wⱼ Nᵢⱼ ψⱼ over the transitions of each part, whose sums have the quotient λ.
func (q *RateMatrix) shares(ctx context.Context, m mode) ([][2]complex128, error) {
	out := make([][2]complex128, blockCount)
	err := parallel.For(ctx, blockCount, func(k int) {
		from, to := q.series.block(k)
		for _, w := range q.series.windows(from, to, contextSpan) {
			for t := w[0]; t < w[1]; t++ {
				if j, i := q.series.labels[t], q.series.labels[t+q.Lag]; j >= 0 && i >= 0 {
					out[k][0] += m.left[j] * m.right[i]
					out[k][1] += m.left[j] * m.right[j]
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("markov: timescales interrupted: %w", err)
	}
	return out, nil
}
