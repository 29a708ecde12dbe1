package trajectory

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
)

// direct is the definition of the autocovariance, pair by pair.
func direct(t *Trajectory, i, lags int) []float64 {
	mean := t.Moments().Mean[i]
	c := make([]float64, lags)
	for k := range c {
		pairs := 0
		for start, end := range t.Runs() {
			for n := start; n+k < end; n++ {
				c[k] += (t.At(n)[i] - mean) * (t.At(n + k)[i] - mean)
				pairs++
			}
		}
		c[k] /= float64(pairs)
	}
	return c
}

func TestAutocovarianceIsTheSumOverPairsWithinRuns(t *testing.T) {
	x := make([]float64, 2*9000)
	r := rng.New(1, "test")
	r.Normals(x)
	for k := range x {
		x[k] += 3
	}
	for _, lens := range [][]int{nil, {9000}, {1, 5000, 37, 3962}, {4500, 4500}} {
		tr := &Trajectory{Dim: 2, Dt: 1, X: x, Lens: lens}
		for _, lags := range []int{1, 2, 37, 600, 3000} {
			got, err := tr.Autocovariance(context.Background(), 1, lags)
			if err != nil {
				t.Fatal(err)
			}
			numtest.Slice(t, "autocovariance", got, direct(tr, 1, lags), 1e-12)
		}
	}
}

func TestAutocovarianceOfAllLags(t *testing.T) {
	x := make([]float64, 700)
	r := rng.New(2, "test")
	r.Normals(x)
	tr := series(t, 1, 1, x)
	got, err := tr.Autocovariance(context.Background(), 0, 700)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "autocovariance", got, direct(tr, 0, 700), 1e-12)
	if _, err := tr.Autocovariance(context.Background(), 0, 701); err == nil || !strings.Contains(err.Error(), "701 lags") {
		t.Errorf("error %v for more lags than samples", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tr.Autocovariance(ctx, 0, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v from a context that had ended", err)
	}
}

// TestDecorrelationTimeOfACosine knows ρ(τ) = cos(ωτ), which falls to 1/e at arccos(1/e)/ω.
func TestDecorrelationTimeOfACosine(t *testing.T) {
	const period, cycles, dt = 4000, 50, 0.01
	x := make([]float64, 0, 2*period*cycles)
	for k := range period * cycles {
		phase := 2 * math.Pi * float64(k) / period
		x = append(x, math.Cos(phase), math.Cos(10*phase))
	}
	tr := series(t, 2, dt, x)
	want := math.Acos(1/math.E) / (2 * math.Pi) * period * dt
	times := tr.DecorrelationTimes()
	// Over n of 50 cycles the sum of cos ω(2j+k) does not quite vanish: it moves ρ by up to 1/ωn, and so t_d by 0.3 %.
	numtest.Within(t, "t_d", times[0], want, 3e-3)
	numtest.Within(t, "t_d of the fast coordinate", times[1], want/10, 1e-3)
	numtest.Within(t, "t_d of the state", tr.DecorrelationTime(), times[0], 0)
}

// TestDecorrelationTimeOfAR1 knows ρ(k) = aᵏ. The standard error of t_d follows from Bartlett's formula, about
// √(2τ/N)·t_d with τ the integrated time.
func TestDecorrelationTimeOfAR1(t *testing.T) {
	const n, tau = 400000, 30.0
	a := math.Exp(-1 / tau)
	x := make([]float64, n)
	r := rng.New(3, "test")
	r.Normals(x)
	for k := 1; k < n; k++ {
		x[k] = a*x[k-1] + math.Sqrt(1-a*a)*x[k]
	}
	got := series(t, 1, 0.1, x).DecorrelationTime()
	if bound := numtest.Sigmas * math.Sqrt(2*tau/n) * 0.1 * tau; math.Abs(got-0.1*tau) > bound {
		t.Errorf("t_d = %g, want %g ± %g", got, 0.1*tau, bound)
	}
}

func TestNoDecorrelationIsInfinite(t *testing.T) {
	ramp := make([]float64, 50)
	for k := range ramp {
		ramp[k] = float64(k % 25)
	}
	if got := series(t, 1, 1, ramp[:3]).DecorrelationTime(); math.IsInf(got, 1) {
		t.Errorf("three samples of a ramp decorrelate, got %g", got)
	}
	if got := series(t, 1, 1, make([]float64, 50)).DecorrelationTime(); !math.IsInf(got, 1) {
		t.Errorf("t_d of a constant is %g, want +Inf", got)
	}
	if got := series(t, 1, 1, []float64{1}).DecorrelationTime(); !math.IsInf(got, 1) {
		t.Errorf("t_d of one sample is %g, want +Inf", got)
	}
}

func BenchmarkDecorrelationTimes(b *testing.B) {
	x := make([]float64, 2*1_000_000)
	r := rng.New(4, "bench")
	r.Normals(x)
	tr := series(b, 2, 1, x)
	b.ReportAllocs()
	for b.Loop() {
		tr.DecorrelationTimes()
	}
}
