package sde

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/trajectory"
)

func TestSameBitsOnAnyNumberOfCores(t *testing.T) {
	r := Run{Dt: 1e-2, Steps: 3001, Every: 7, BurnIn: 100, Ensemble: 19, Seed: 3, Bound: 2.2}
	full := benchSDE
	full.Noise = Matrix(mat.NewDense(2, 2, []float64{1, 0.5, -0.5, 1}))
	many := SDE{Dim: 2, Drifts: eachState(asymmetric, 2), Noise: benchSDE.Noise}
	for name, s := range map[string]SDE{"one state": benchSDE, "full noise": full, "many states": many} {
		var first *trajectory.Trajectory
		for _, r.Workers = range []int{1, 2, 5, 0} {
			obs := simulate(t, s, r)
			if first == nil {
				first = obs
			}
			if !slices.Equal(obs.X, first.X) || obs.Resets != first.Resets {
				t.Errorf("%s: %d workers give other bits than one", name, r.Workers)
			}
		}
	}
}

func TestDriftsAgreeWithDrift(t *testing.T) {
	r := Run{Dt: 1e-2, Steps: 500, Every: 3, Ensemble: 21, Seed: 3}
	one := simulate(t, benchSDE, r)
	many := simulate(t, SDE{Dim: 2, Drifts: eachState(asymmetric, 2), Noise: benchSDE.Noise}, r)
	if !slices.Equal(one.X, many.X) {
		t.Error("Drifts and Drift give different trajectories")
	}
}

func TestMembersDependOnlyOnTheirOwnNoise(t *testing.T) {
	few := simulate(t, benchSDE, Run{Dt: 1e-2, Steps: 50, Ensemble: 2, Seed: 3})
	more := simulate(t, benchSDE, Run{Dt: 1e-2, Steps: 80, Ensemble: 3, Seed: 3})
	for m := range 2 {
		if !slices.Equal(few.X[m*100:(m+1)*100], more.X[m*160:m*160+100]) {
			t.Errorf("member %d changed with the size of the ensemble", m)
		}
	}
}

// TestSameNoiseFromTheSampledStart restarts from the first samples of a run that had a burn-in: the noise is the same.
func TestSameNoiseFromTheSampledStart(t *testing.T) {
	r := Run{Dt: 1e-2, Steps: 300, Ensemble: 4, Seed: 3, BurnIn: 77}
	obs := simulate(t, benchSDE, r)
	r.BurnIn, r.Start = 0, obs.Starts()
	if again := simulate(t, benchSDE, r); !slices.Equal(obs.X, again.X) {
		t.Error("the noise after the burn-in depends on the burn-in")
	}
}

func TestSamplesAreEveryNthState(t *testing.T) {
	every := simulate(t, benchSDE, Run{Dt: 0.01, Steps: 100, Seed: 1})
	for _, steps := range []int{96, 100} {
		thin := simulate(t, benchSDE, Run{Dt: 0.01, Steps: steps, Every: 5, Seed: 1})
		if want := (steps + 4) / 5; thin.Len() != want || math.Abs(thin.Dt-0.05) > 1e-15 {
			t.Fatalf("%d samples at Δt = %g of %d steps, want %d at 0.05", thin.Len(), thin.Dt, steps, want)
		}
		for k := range thin.Len() {
			if !slices.Equal(thin.At(k), every.At(5*k)) {
				t.Fatalf("sample %d is not state %d", k, 5*k)
			}
		}
	}
}

func TestOneCoordinateWithoutNoiseIsEuler(t *testing.T) {
	obs := simulate(t, SDE{Dim: 1, Drift: decay}, Run{Dt: 0.1, Steps: 4, Start: []float64{1}})
	for k, want := 0, 1.0; k < 4; k, want = k+1, want*0.9 {
		if math.Abs(obs.At(k)[0]-want) > 1e-15 {
			t.Errorf("x[%d] = %g, want %g", k, obs.At(k)[0], want)
		}
	}
}

func TestLabelsReachTheTrajectory(t *testing.T) {
	s := SDE{Dim: 1, Drift: decay, Names: []string{"u"}, Scale: &trajectory.Scale{Mean: []float64{1}, Std: []float64{2}}}
	obs := simulate(t, s, Run{Dt: 1, Steps: 2, Ensemble: 2})
	if obs.Name(0) != "u" || obs.Scale != s.Scale || !slices.Equal(obs.Lens, []int{2, 2}) {
		t.Errorf("name %q, scale %v, lengths %v", obs.Name(0), obs.Scale, obs.Lens)
	}
}

func TestBoundResetsAndCounts(t *testing.T) {
	growth := func(dst, x []float64) { dst[0] = 1 }
	obs := simulate(t, SDE{Dim: 1, Drift: growth}, Run{Dt: 1, Steps: 12, Bound: 3, Ensemble: 2, Start: []float64{0, 1}})
	if want := []float64{0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}; !slices.Equal(obs.X[:12], want) {
		t.Errorf("first member %v, want %v", obs.X[:12], want)
	}
	if obs.X[15] != 1 || obs.Resets != 2+3 {
		t.Errorf("second member is reset to %g, %d resets; want 1 and 5", obs.X[15], obs.Resets)
	}
}

func TestBlowUpNamesTheFirst(t *testing.T) {
	cube := func(dst, x []float64) { dst[0] = x[0] * x[0] * x[0] }
	start := []float64{0, 0.1, 3, 3, 0.2}
	for _, workers := range []int{1, 2, 4} {
		_, err := Simulate(context.Background(), SDE{Dim: 1, Drift: cube},
			Run{Dt: 1, Steps: 1_000_000, Ensemble: 5, Start: start, Workers: workers})
		var b *BlowUp
		if !errors.As(err, &b) {
			t.Fatalf("error %v, want a blow-up", err)
		}
		if b.Member != 2 || b.Step != 6 || b.Coordinate != 0 || !math.IsInf(b.Value, 1) {
			t.Errorf("%d workers: %+v, want member 2 at step 6", workers, *b)
		}
		if !strings.Contains(err.Error(), "Dt below 1") {
			t.Errorf("error %q does not say what to try", err)
		}
	}
}

func TestNotANumberIsABlowUpEvenWithinABound(t *testing.T) {
	nan := func(dst, x []float64) { dst[0] = math.NaN() }
	_, err := Simulate(context.Background(), SDE{Dim: 1, Drift: nan}, Run{Dt: 1, Steps: 10, Bound: 3})
	if b := (*BlowUp)(nil); !errors.As(err, &b) || b.Step != 1 {
		t.Errorf("error %v, want a blow-up at step 1", err)
	}
}

func TestCancellation(t *testing.T) {
	slow := func(dst, x []float64) {
		for begin := time.Now(); time.Since(begin) < 4*time.Microsecond; {
		}
		decay(dst, x)
	}
	for name, f := range map[string]Drift{"fast": decay, "slow": slow} {
		ctx, cancel := context.WithCancel(context.Background())
		var calls atomic.Int64
		drift := func(dst, x []float64) {
			if calls.Add(1) == 1000 {
				cancel()
			}
			f(dst, x)
		}
		_, err := Simulate(ctx, SDE{Dim: 1, Drift: drift}, Run{Dt: 1e-3, Steps: 1 << 40, Every: 1 << 39, Ensemble: 4})
		if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "sde: ") {
			t.Errorf("%s: error %v, want a cancellation", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Simulate(ctx, SDE{Dim: 1, Drift: decay}, Run{Dt: 1, Steps: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v from a context that had ended", err)
	}
}

func TestAPanicOfTheDriftReachesTheCaller(t *testing.T) {
	value := errors.New("index out of range")
	drift := func(dst, x []float64) {
		if x[0] > 2 {
			panic(value)
		}
		dst[0] = 1
	}
	defer func() {
		if got := recover(); got != value {
			t.Errorf("recovered %v, want %v", got, value)
		}
	}()
	_, _ = Simulate(context.Background(), SDE{Dim: 1, Drift: drift}, Run{Dt: 0.01, Steps: 1 << 40, Every: 1 << 39, Ensemble: 3})
	t.Error("the panic was lost")
}

func TestADriftThatEndsItsGoroutineIsNoResult(t *testing.T) {
	drift := func(dst, x []float64) { runtime.Goexit() }
	_, err := Simulate(context.Background(), SDE{Dim: 1, Drift: drift}, Run{Dt: 0.01, Steps: 10, Ensemble: 3})
	if err == nil || !strings.Contains(err.Error(), "0 of 27 steps") {
		t.Errorf("error %v, want one that counts no steps", err)
	}
}

func TestEquationsShowTheirNoise(t *testing.T) {
	for want, s := range map[string]SDE{
		"dX = F(X) dt, D = 2":                                {Dim: 2},
		"dX = F(X) dt + B dW, D = 2, B = 1.414·I":            {Dim: 2, Noise: Isotropic(math.Sqrt2)},
		"dX = F(X) dt + B dW, D = 2, B = ⎡1  0⎤\n    ⎣0  2⎦": {Dim: 2, Noise: Diagonal(1, 2)},
	} {
		if got := s.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAPanicOfProgressLeavesNoWorkerBehind(t *testing.T) {
	var running atomic.Int64
	drift := func(dst, x []float64) { running.Add(1); dst[0] = 0; running.Add(-1) }
	func() {
		defer func() { _ = recover() }()
		r := Run{Dt: 1, Steps: 1 << 40, Every: 1 << 39, Progress: func(string, int, int) { panic("stop") }}
		_, _ = Simulate(context.Background(), SDE{Dim: 1, Drift: drift}, r)
	}()
	if n := running.Load(); n != 0 {
		t.Errorf("%d drifts still run", n)
	}
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	done, total := 0, 0
	r := Run{Dt: 0.01, Steps: 101, Every: 5, Ensemble: 3, BurnIn: 10, Progress: func(stage string, d, n int) { done, total = d, n }}
	simulate(t, benchSDE, r)
	if done != 3*110 || total != 3*110 {
		t.Errorf("progress ended at %d of %d, want 330 of 330", done, total)
	}
}

func TestBadInput(t *testing.T) {
	good := Run{Dt: 0.1, Steps: 10}
	with := func(change func(*Run)) Run { r := good; change(&r); return r }
	cases := []struct {
		says string
		s    SDE
		r    Run
	}{
		{"Dim", SDE{Drift: decay}, good},
		{"no drift", SDE{Dim: 1}, good},
		{"noise matrix", SDE{Dim: 3, Drift: decay, Noise: Diagonal(1, 2)}, good},
		{"noise matrix", SDE{Dim: 1, Drift: decay, Noise: Isotropic(math.NaN())}, good},
		{"names", SDE{Dim: 2, Drift: decay, Names: []string{"a"}}, good},
		{"scale", SDE{Dim: 2, Drift: decay, Scale: &trajectory.Scale{}}, good},
		{"Run.Dt", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Dt = 0 })},
		{"Run.Dt", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Dt = math.NaN() })},
		{"Run.Steps", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Steps = 0 })},
		{"negative", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Every = -1 })},
		{"Run.Start", SDE{Dim: 2, Drift: decay}, with(func(r *Run) { r.Start = make([]float64, 3) })},
		{"within the bound", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Start, r.Bound = []float64{2}, 1 })},
		{"finite", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Start = []float64{math.Inf(1)} })},
		{"GiB", SDE{Dim: 1, Drift: decay}, with(func(r *Run) { r.Steps = 1 << 50 })},
	}
	for _, c := range cases {
		if _, err := Simulate(context.Background(), c.s, c.r); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one about %q", err, c.says)
		}
	}
}
