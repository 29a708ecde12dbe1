package trajectory

import (
	"context"
	"math"
	"slices"
)

// firstLags is how many lags are tried first; when ρ has not fallen to 1/e by then, four times as many are.
const firstLags = 512

// DecorrelationTimes returns, for each coordinate, the first time at which its autocorrelation falls to 1/e, linearly
// interpolated between samples, in units of time. It is +Inf where the longest run is too short to see that, and for a
// constant coordinate.
func (t *Trajectory) DecorrelationTimes() []float64 {
	times := make([]float64, t.Dim)
	for i := range times {
		times[i] = t.decorrelationTime(i)
	}
	return times
}

// DecorrelationTime is the largest of DecorrelationTimes: the t_d of the whole state.
func (t *Trajectory) DecorrelationTime() float64 { return slices.Max(t.DecorrelationTimes()) }

func (t *Trajectory) decorrelationTime(i int) float64 {
	longest := t.LongestRun()
	for lags := firstLags; ; lags *= 4 {
		lags = min(lags, longest)
		cov, err := t.Autocovariance(context.Background(), i, lags)
		if err != nil {
			panic(err) // the lags are within the runs, so only a programming error gets here
		}
		if k, ok := FirstBelow(cov, cov[0]/math.E); ok {
			return k * t.Dt
		}
		if lags == longest {
			return math.Inf(1)
		}
	}
}

// FirstBelow returns the first position, linearly interpolated, at which c falls to level or below; false when it
// never does, or when c has no positive c[0].
func FirstBelow(c []float64, level float64) (float64, bool) {
	if !(c[0] > 0) {
		return 0, false
	}
	for k := 1; k < len(c); k++ {
		if c[k] <= level {
			return float64(k-1) + (c[k-1]-level)/(c[k-1]-c[k]), true
		}
	}
	return 0, false
}
