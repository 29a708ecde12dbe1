package stats

import (
	"context"
	"math"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// ornsteinUhlenbeck samples dx = −θ x dt + √(2θ) dW exactly at spacing dt: runs of n samples, ρ(τ) = e^{−θτ}.
func ornsteinUhlenbeck(theta, dt float64, runs, n int) *trajectory.Trajectory {
	a := math.Exp(-theta * dt)
	t := &trajectory.Trajectory{Dim: 1, Dt: dt}
	for r := range runs {
		stream := rng.New(2, "test", uint64(r))
		x := stream.Normal()
		for range n {
			t.X = append(t.X, x)
			x = a*x + math.Sqrt(1-a*a)*stream.Normal()
		}
		t.Lens = append(t.Lens, n)
	}
	return t
}

// TestACFOfOrnsteinUhlenbeck allows Bartlett's standard error of ρ̂(k), at most √((1+a²)/(1−a²)/N) with a = e^{−θΔt}.
func TestACFOfOrnsteinUhlenbeck(t *testing.T) {
	const theta, dt, runs, n = 0.7, 0.1, 40, 5000
	obs := ornsteinUhlenbeck(theta, dt, runs, n)
	c, err := ACF(context.Background(), obs, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Rho[0]) != 51 || c.Rho[0][0] != 1 {
		t.Fatalf("%d lags from ρ(0) = %g", len(c.Rho[0]), c.Rho[0][0])
	}
	a := math.Exp(-theta * dt)
	bound := numtest.Sigmas * math.Sqrt((1+a*a)/(1-a*a)/(runs*n))
	for k, tau := range c.Lags() {
		if d := math.Abs(c.Rho[0][k] - math.Exp(-theta*tau)); d > bound {
			t.Errorf("ρ(%g) is off by %g, allowed %g", tau, d, bound)
		}
	}
	numtest.Within(t, "decorrelation time", c.Times()[0], obs.DecorrelationTime(), 1e-12)
}

func TestHorizons(t *testing.T) {
	obs := ornsteinUhlenbeck(1, 0.1, 2, 400)
	c, err := ACF(context.Background(), obs, 0)
	if err != nil {
		t.Fatal(err)
	}
	if want := int(10*obs.DecorrelationTime()/0.1 + 1); len(c.Rho[0]) != want {
		t.Errorf("%d lags by default, want %d", len(c.Rho[0]), want)
	}
	for _, horizon := range []float64{-1, 40, math.NaN(), math.Inf(1)} {
		if _, err := ACF(context.Background(), obs, horizon); err == nil {
			t.Errorf("no error for a horizon of %g", horizon)
		}
	}
	if _, err := ACF(context.Background(), obs, 39.9); err != nil {
		t.Errorf("the longest horizon: %v", err)
	}
	constant := &trajectory.Trajectory{Dim: 1, Dt: 1, X: make([]float64, 10)}
	if _, err := ACF(context.Background(), constant, 2); err == nil {
		t.Error("no error for a constant coordinate")
	}
}

func TestMeanAndErrorsOfCurves(t *testing.T) {
	c := &Correlation{Dt: 1, Rho: [][]float64{{1, 0.5, 0}, {1, 0.1, 0.2}}}
	numtest.Slice(t, "mean", c.Mean(), []float64{1, 0.3, 0.1}, 1e-15)
	o := &Correlation{Dt: 0.5, Rho: [][]float64{{1, 0, 0.4, 0, 0}, {1, 0, 0.1, 0, 0}}}
	worst, err := c.MaxError(o)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "errors", worst, []float64{0.1, 0.2}, 1e-12)
	between := &Correlation{Dt: 2, Rho: [][]float64{{1, 0}, {1, 0.2}}}
	worst, _ = c.MaxError(between)
	numtest.Slice(t, "errors of interpolated curves", worst, []float64{0, 0.5}, 1e-12)
	if _, err := c.MaxError(&Correlation{Dt: 1, Rho: c.Rho[:1]}); err == nil {
		t.Error("no error for different dimensions")
	}
}

func BenchmarkACF(b *testing.B) {
	obs := ornsteinUhlenbeck(1, 0.025, 10, 100000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ACF(context.Background(), obs, 20); err != nil {
			b.Fatal(err)
		}
	}
}
