package langevin

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

// TuneOptions choose the tuning of α. The zero value is that of LD's programs, over five decorrelation times.
type TuneOptions struct {
	// Low and High bound α; 0 means 0.1 and 3.
	Low, High float64
	// Horizon is the longest lag compared; 0 means five decorrelation times of the data.
	Horizon float64
	// Run integrates the model once, with α = 1. Its zero value takes an eighth of the data's Δt for a step, or less where
	// CheckStep advises so, 64 members, a burn-in and a length of 100 horizons for all members, with starts from the data.
	Run sde.Run
}

// Tuning is what the tuning of α found.
type Tuning struct {
	Alpha  float64
	RMSE   float64 // root mean square difference of the autocorrelations at α, over lags and coordinates
	Plain  float64 // the same at α = 1
	Model  *Model  // the model with αΦ and √α Σ
	AtEdge bool    // whether α is a bound of the search, so that the minimum lies beyond
}

// Tune finds the α for which the model with αΦ and √α Σ has the autocorrelations of t, by Brent's search for the least root
// mean square difference, as LD's programs do. The model needs to be simulated only once: α runs its time faster, so that
// its correlation at the lag τ is that of the model itself at ατ.
func Tune(ctx context.Context, m *Model, t *trajectory.Trajectory, o TuneOptions) (*Tuning, error) {
	o, err := o.withDefaults(m, t)
	if err != nil {
		return nil, err
	}
	data, err := correlations(ctx, t, o.Horizon)
	if err != nil {
		return nil, err
	}
	x, err := m.Simulate(ctx, o.Run)
	if err != nil {
		return nil, err
	}
	model, err := correlations(ctx, x, o.High*o.Horizon)
	if err != nil {
		return nil, err
	}
	rmse := func(alpha float64) float64 { return differ(data, model, t.Dt, x.Dt, alpha) }
	out := &Tuning{Plain: rmse(1)}
	out.Alpha, out.RMSE = brent(rmse, o.Low, o.High, 1e-4)
	out.AtEdge = out.Alpha < 1.01*o.Low || out.Alpha > 0.99*o.High
	out.Model = &Model{Score: m.Score, Mobility: m.Mobility.Scaled(out.Alpha)}
	return out, nil
}

func (o TuneOptions) withDefaults(m *Model, t *trajectory.Trajectory) (TuneOptions, error) {
	if o.Low == 0 {
		o.Low = 0.1
	}
	if o.High == 0 {
		o.High = 3
	}
	if !(o.Low > 0 && o.Low < o.High) {
		return o, fmt.Errorf("langevin: α is sought from %g to %g", o.Low, o.High)
	}
	if t.Dim != m.Dim() {
		return o, fmt.Errorf("langevin: a trajectory of %d coordinates for a model of %d", t.Dim, m.Dim())
	}
	if o.Horizon == 0 {
		o.Horizon = min(5*t.DecorrelationTime(), t.Dt*float64(t.LongestRun()/2))
	}
	if o.Run.Dt == 0 {
		o.Run.Dt = t.Dt / 8
		if c := m.CheckStep(o.Run.Dt, t.X); c.Rate > 0 {
			o.Run.Dt = t.Dt / math.Ceil(t.Dt/min(o.Run.Dt, c.Advised))
		}
	}
	if o.Run.Every == 0 {
		o.Run.Every = max(1, int(math.Round(t.Dt/o.Run.Dt)))
	}
	if o.Run.Steps == 0 {
		if o.Run.Ensemble == 0 {
			o.Run.Ensemble = 64
		}
		steps := o.High * o.Horizon / o.Run.Dt
		o.Run.Steps, o.Run.BurnIn = int(6*steps), int(steps)
		o.Run.Start = starts(t, o.Run.Ensemble)
	}
	return o, nil
}

// starts returns n samples, evenly from the data.
func starts(t *trajectory.Trajectory, n int) []float64 {
	var out []float64
	for k := range n {
		out = append(out, t.At(k*t.Len()/n)...)
	}
	return out
}

// correlations returns the normalised autocorrelation of each coordinate up to a lag.
func correlations(ctx context.Context, t *trajectory.Trajectory, horizon float64) ([][]float64, error) {
	lags := min(int(math.Ceil(horizon/t.Dt))+2, t.LongestRun())
	var out [][]float64
	for i := range t.Dim {
		c, err := t.Autocovariance(ctx, i, lags)
		if err != nil {
			return nil, fmt.Errorf("langevin: %w", err)
		}
		for k := len(c) - 1; k >= 0; k-- {
			c[k] /= c[0]
		}
		out = append(out, c)
	}
	return out, nil
}

// differ is the root mean square of data(kΔt) − model(αkΔt), the model interpolated linearly.
func differ(data, model [][]float64, dt, modelDt, alpha float64) float64 {
	sum, n := 0.0, 0.0
	for i, c := range data {
		for k, v := range c {
			at := alpha * float64(k) * dt / modelDt
			low := int(at)
			if low+1 >= len(model[i]) {
				break
			}
			d := v - model[i][low] - (at-float64(low))*(model[i][low+1]-model[i][low])
			sum += d * d
			n++
		}
	}
	return math.Sqrt(sum / n)
}
