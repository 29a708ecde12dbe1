package markov

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// ornsteinUhlenbeck is dx = −x dt + √2 dW sampled exactly, so that −Ċ(0⁺) = 1 and C(τ) = e^{−τ}.
func ornsteinUhlenbeck(t testing.TB, samples int, dt float64) *trajectory.Trajectory {
	return seeded(t, samples, dt, 7)
}

// seeded is ornsteinUhlenbeck with another noise.
func seeded(t testing.TB, samples int, dt float64, seed uint64) *trajectory.Trajectory {
	t.Helper()
	r := rand.New(rand.NewPCG(1, seed))
	decay := math.Exp(-dt)
	x, v := make([]float64, samples), r.NormFloat64()
	for k := range x {
		x[k] = v
		v = decay*v + math.Sqrt(1-decay*decay)*r.NormFloat64()
	}
	s, err := trajectory.New(1, dt, x)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// potential is the two-dimensional potential with rotation, Ċ(0⁺) = −[[1, −0.8], [0.8, 1]], integrated by steps of 10⁻³
// whose own bias is about half a per cent.
func potential(t testing.TB, members, steps, every int) *trajectory.Trajectory {
	t.Helper()
	s, err := sde.Simulate(context.Background(), systems.AsymmetricPotential{}.SDE(),
		sde.Run{Dt: 1e-3, Steps: steps, Every: every, Ensemble: members, Seed: 1, BurnIn: 5000})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func estimate(t testing.TB, s *trajectory.Trajectory, o Options) *RateMatrix {
	t.Helper()
	q, err := Estimate(context.Background(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func rateBy(t testing.TB, q *RateMatrix, m Method) *mat.Dense {
	t.Helper()
	c, err := q.CorrelationRateBy(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestBiasesOnOrnsteinUhlenbeck holds the table of biases: −Ċ by each method at three lags and two partitions. Its
// relative standard error is near that of the variance of the increments, √(2/N) = 0.003, for lags below one.
func TestBiasesOnOrnsteinUhlenbeck(t *testing.T) {
	const samples, statistical = 200_000, numtest.Sigmas * 0.0032
	for _, dt := range []float64{0.02, 0.1, 0.5} {
		s := ornsteinUhlenbeck(t, samples, dt)
		for _, cells := range []int{20, 100} {
			q := estimate(t, s, Options{Cells: cells})
			rate := func(m Method) float64 { return -rateBy(t, q, m).At(0, 0) }
			finite := (1 - math.Exp(-dt)) / dt
			numtest.Within(t, "logarithm", rate(Logarithm), 1, statistical)
			numtest.Within(t, "direct", rate(Direct), finite, statistical)
			numtest.Within(t, "Richardson", rate(Richardson), 2*finite-(1-math.Exp(-2*dt))/(2*dt), 3*statistical)
			if cells == 100 {
				numtest.Within(t, "naive", rate(Naive), finite, 0.06+statistical)
				if v := rate(MeanDiagonal); v < 2 {
					t.Errorf("Δt=%g: mean diagonal gives %.3g; it overestimates by more than two", dt, v)
				}
				if v := rate(PerState); v < 1.9 {
					t.Errorf("Δt=%g: per state gives %.3g; it overestimates by about two", dt, v)
				}
			}
			if cells == 20 && dt == 0.02 && rate(CellLogarithm) < 1.2 {
				t.Errorf("wide cells do not inflate the logarithm on cells: %.3g", rate(CellLogarithm))
			}
		}
	}
}

// TestLogarithmKeepsTheMeasuredCorrelation: X e^{Gτ} Π Xᵀ at the lag of the counts is what the data say.
func TestLogarithmKeepsTheMeasuredCorrelation(t *testing.T) {
	s := ornsteinUhlenbeck(t, 100_000, 0.3)
	q := estimate(t, s, Options{Cells: 30})
	direct, err := q.directRate(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	c0, err := q.Correlation(0)
	if err != nil {
		t.Fatal(err)
	}
	c, err := q.Correlation(q.Tau)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Within(t, "C(0)", c0.At(0, 0), math.Pow(s.Moments().Std()[0], 2), 1e-4)
	numtest.Within(t, "C(τ)", c.At(0, 0), c0.At(0, 0)+q.Tau*direct.At(0, 0), 1e-4)
}

// TestPotentialWithRotation: within 5 % at a short and a long lag, with few and many cells, from 240 000 samples; the
// exit-rate correction is out by more than a factor of two.
func TestPotentialWithRotation(t *testing.T) {
	want := systems.AsymmetricPotential{}.Mobility()
	for _, c := range []struct{ steps, every, cells int }{{750_000, 25, 200}, {750_000, 25, 725}, {1_500_000, 100, 200}, {1_500_000, 100, 725}} {
		q := estimate(t, potential(t, 8, c.steps, c.every), Options{Cells: c.cells})
		phi := rateBy(t, q, Logarithm)
		phi.Scale(-1, phi)
		numtest.Matrix(t, "Φ", phi, want, 0.05)
		if v := -rateBy(t, q, MeanDiagonal).At(0, 0); v < 2 {
			t.Errorf("mean diagonal gives %.3g; it overestimates by more than two", v)
		}
		if len(q.Warnings()) != 0 {
			t.Errorf("warnings about a good estimate: %q", q.Warnings())
		}
	}
}

func TestLongLagWarns(t *testing.T) {
	q := estimate(t, potential(t, 4, 400_000, 100), Options{Cells: 200, Lag: 6})
	if w := strings.Join(q.Warnings(), " "); !strings.Contains(w, "shorter lag") {
		t.Errorf("a lag of 0.6, ten times the fastest decay time, brings no warning but %q", w)
	}
	q = estimate(t, ornsteinUhlenbeck(t, 10_000, 0.01), Options{Cells: 5, Method: Naive})
	if w := strings.Join(q.Warnings(), " "); !strings.Contains(w, "cells are wide") {
		t.Errorf("five cells with a naive rate matrix bring no warning but %q", w)
	}
}

func TestSameBitsOnAnyNumberOfCores(t *testing.T) {
	s := potential(t, 3, 60_000, 20)
	var first *mat.Dense
	for _, procs := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(procs)
		c := rateBy(t, estimate(t, s, Options{Cells: 50, Seed: 3}), Logarithm)
		runtime.GOMAXPROCS(before)
		if first == nil {
			first = c
		}
		if !mat.Equal(c, first) {
			t.Errorf("%d cores give other bits", procs)
		}
	}
}

func TestEstimateRejects(t *testing.T) {
	s := ornsteinUhlenbeck(t, 1000, 0.1)
	tree, err := partition.Build(context.Background(), potential(t, 1, 2000, 2), partition.Options{Cells: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    Options
		says string
	}{
		{Options{Lag: -1}, "lag of -1"},
		{Options{Lag: 1000}, "longer than the lag"},
		{Options{Method: 99}, "unknown method"},
		{Options{Tree: tree}, "2 coordinates for a trajectory of 1"},
	} {
		_, err := Estimate(context.Background(), s, c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: error %v does not say %q", c.o, err, c.says)
		}
	}
	bad := *s
	bad.X = append([]float64{math.NaN()}, s.X[1:]...)
	if _, err := Estimate(context.Background(), &bad, Options{}); err == nil {
		t.Error("NaN is accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Estimate(ctx, s, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestGivenTreeIsUsed(t *testing.T) {
	s := ornsteinUhlenbeck(t, 5000, 0.1)
	q := estimate(t, s, Options{Cells: 12})
	again := estimate(t, s, Options{Tree: q.Tree})
	if again.Tree != q.Tree || !mat.Equal(rateBy(t, again, Logarithm), rateBy(t, q, Logarithm)) {
		t.Error("the given partition gives another estimate")
	}
}

// TestKrylovAgainstDenseLogarithmOnData: on counted transitions the two differ by what the dense logarithm makes of the
// eigenvalues that are noise, which Krylov spaces leave out.
func TestKrylovAgainstDenseLogarithmOnData(t *testing.T) {
	for _, dt := range []float64{0.05, 0.3} {
		q := estimate(t, ornsteinUhlenbeck(t, 300_000, dt), Options{Cells: 60, Method: CellLogarithm})
		g, err := q.Generator(CellLogarithm)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "Ċ", rateBy(t, q, CellLogarithm), correlationOf(q, mat.DenseCopyOf(g), -1), 1e-3)
	}
}

// multiplicative is dx = (−x(1 + x²/2) + x) dt + √(2 + x²) dW, with the density of the standard normal distribution, by
// Milstein steps of 10⁻³.
func multiplicative(t testing.TB, samples int, dt float64) *trajectory.Trajectory {
	t.Helper()
	every := int(math.Round(dt / 1e-3))
	s, err := sde.Simulate(context.Background(), sde.SDE{
		Dim:   1,
		Drift: func(dst, x []float64) { dst[0] = -x[0] * x[0] * x[0] / 2 },
		Noise: sde.Multiplicative(func(dst, x []float64) { dst[0] = math.Sqrt(2 + x[0]*x[0]) }),
	}, sde.Run{Scheme: sde.Milstein, Dt: 1e-3, Steps: samples / 16 * every, Every: every, Ensemble: 16, Seed: 3, BurnIn: 5000})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
