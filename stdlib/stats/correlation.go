package stats

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// Correlation holds the autocorrelation functions ρᵢ(kΔt) of the coordinates of a trajectory.
type Correlation struct {
	// Dt is the time between lags.
	Dt float64
	// Rho[i][k] is ρᵢ(kΔt), with ρᵢ(0) = 1.
	Rho [][]float64
	// Names are the names of the coordinates.
	Names []string
}

// ACF returns the autocorrelation functions of t for lags from 0 to horizon (a time), ρᵢ(τ) = C_ii(τ)/C_ii(0), LD (46):
// pairs within runs only, unbiased, around one mean of all runs. A horizon of 0 means ten decorrelation times, or
// the longest run if that is shorter.
func ACF(ctx context.Context, t *trajectory.Trajectory, horizon float64) (*Correlation, error) {
	lags, err := lagsOf(t, horizon)
	if err != nil {
		return nil, err
	}
	c := &Correlation{Dt: t.Dt}
	for i := range t.Dim {
		rho, err := t.Autocovariance(ctx, i, lags)
		if err != nil {
			return nil, fmt.Errorf("stats: autocorrelation of %s: %w", t.Name(i), err)
		}
		variance := rho[0]
		if !(variance > 0) {
			return nil, fmt.Errorf("stats: %s is constant, so it has no autocorrelation", t.Name(i))
		}
		for k := range rho {
			rho[k] /= variance
		}
		c.Rho = append(c.Rho, rho)
		c.Names = append(c.Names, t.Name(i))
	}
	return c, nil
}

// defaultHorizon is in decorrelation times.
const defaultHorizon = 10

// lagsOf is the number of lags from 0 to horizon.
func lagsOf(t *trajectory.Trajectory, horizon float64) (int, error) {
	if t == nil {
		return 0, trajectory.ErrNil
	}
	longest := t.LongestRun()
	if horizon == 0 {
		return int(min(float64(longest), defaultHorizon*t.DecorrelationTime()/t.Dt+1)), nil
	}
	lags := math.Floor(horizon/t.Dt+1e-9) + 1 // a horizon of a whole number of Δt is meant to be included
	if !(lags >= 1 && lags <= float64(longest)) {
		return 0, fmt.Errorf("stats: autocorrelation up to lag %g of runs of at most %g; choose a shorter horizon",
			horizon, float64(longest-1)*t.Dt)
	}
	return int(lags), nil
}

// Lags returns the times 0, Δt, 2Δt, ….
func (c *Correlation) Lags() []float64 {
	tau := make([]float64, len(c.Rho[0]))
	for k := range tau {
		tau[k] = float64(k) * c.Dt
	}
	return tau
}

// Mean is the average of ρᵢ over the coordinates: for statistically equal modes, as in LD Fig. 1.
func (c *Correlation) Mean() []float64 {
	mean := make([]float64, len(c.Rho[0]))
	for _, rho := range c.Rho {
		for k, v := range rho {
			mean[k] += v / float64(len(c.Rho))
		}
	}
	return mean
}

// Times returns the first time at which each ρᵢ falls to 1/e, linearly interpolated, or +Inf.
func (c *Correlation) Times() []float64 {
	times := make([]float64, len(c.Rho))
	for i, rho := range c.Rho {
		times[i] = math.Inf(1)
		if k, ok := trajectory.FirstBelow(rho, 1/math.E); ok {
			times[i] = k * c.Dt
		}
	}
	return times
}

// MaxError returns max |ρᵢ(τ) − oᵢ(τ)| of each coordinate over the lags of c that o reaches; o is interpolated linearly when
// its Δt is another.
func (c *Correlation) MaxError(o *Correlation) ([]float64, error) {
	if len(c.Rho) != len(o.Rho) {
		return nil, fmt.Errorf("stats: autocorrelations of %d coordinates beside %d", len(c.Rho), len(o.Rho))
	}
	worst := make([]float64, len(c.Rho))
	for i, rho := range c.Rho {
		for k, v := range rho {
			if w, ok := interpolate(o.Rho[i], float64(k)*c.Dt/o.Dt); ok {
				worst[i] = max(worst[i], math.Abs(v-w))
			}
		}
	}
	return worst, nil
}

// interpolate is the value of y at the fractional index u, false beyond its end. Equal spacings give whole u but for rounding.
func interpolate(y []float64, u float64) (float64, bool) {
	k := int(u)
	if k >= len(y)-1 {
		return y[len(y)-1], u <= float64(len(y)-1)+1e-6
	}
	f := u - float64(k)
	return (1-f)*y[k] + f*y[k+1], true
}
