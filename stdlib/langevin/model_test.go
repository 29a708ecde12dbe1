package langevin

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

func model(t testing.TB, s score.Score, phi mat.Matrix, scale *trajectory.Scale) *Model {
	t.Helper()
	m, err := mobility.New(phi, scale)
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(s, m)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func simulate(t testing.TB, s sde.SDE, r sde.Run) *trajectory.Trajectory {
	t.Helper()
	x, err := sde.Simulate(context.Background(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// run is short, so that the rounding that tells two forms of one drift apart has not grown.
var run = sde.Run{Dt: 1e-3, Steps: 2000, Every: 10, Ensemble: 20, Seed: 7, Start: []float64{0.3, -0.2}}

// TestExactModelFollowsTheTruth: the exact score with Φ = K, driven by the noise of the data, is the data.
func TestExactModelFollowsTheTruth(t *testing.T) {
	system := systems.AsymmetricPotential{}
	truth := simulate(t, system.SDE(), run)
	reduced := simulate(t, model(t, system.Score(), system.Mobility(), nil).SDE(), run)
	numtest.Slice(t, "path", reduced.X, truth.X, 1e-12)
}

// TestNormalisedModelFollowsTheTruth does the same with a model written in normalised coordinates, once integrated there
// and once in physical coordinates.
func TestNormalisedModelFollowsTheTruth(t *testing.T) {
	system := systems.AsymmetricPotential{}
	truth := simulate(t, system.SDE(), run)
	scale := &trajectory.Scale{Mean: []float64{-.4, .1}, Std: []float64{.8, 1.1}}
	phi := system.Mobility() // Φ̃ = S⁻¹ Φ S⁻¹
	for i, a := range scale.Std {
		for j, b := range scale.Std {
			phi.Set(i, j, phi.At(i, j)/(a*b))
		}
	}
	m := model(t, score.Normalized(system.Score(), scale), phi, scale)
	physical := m.Physical()
	if physical.Mobility.Scale != nil || physical.Physical() != physical {
		t.Error("a physical model has a scale")
	}
	numtest.Slice(t, "path in physical coordinates", simulate(t, physical.SDE(), run).X, truth.X, 1e-12)

	start := make([]float64, 2)
	scale.NormalizedTo(start, run.Start)
	inside := run
	inside.Start = start
	x := simulate(t, m.SDE(), inside)
	if x.Scale != scale {
		t.Fatal("the scale is lost")
	}
	numtest.Slice(t, "path in normalised coordinates", x.Physical().X, truth.X, 1e-12)
}

// TestStationaryDensityIsThatOfTheScore: whatever Φ, the covariance of a linear model is that of its score. A process with
// correlation times near one has a standard error of its variances near √(4/T); the step adds a relative bias of about δt.
func TestStationaryDensityIsThatOfTheScore(t *testing.T) {
	const dt, steps, members = 0.01, 20_000, 32
	c := []float64{1, 2, .5}
	s := score.Func{D: 3, F: func(dst, x []float64) {
		for i, v := range c {
			dst[i] = -x[i] / v
		}
	}}
	phi := mat.NewDense(3, 3, []float64{1, .9, -.3, -.9, 1.5, .4, .3, -.4, .6})
	x := simulate(t, model(t, s, phi, nil).SDE(), sde.Run{Dt: dt, Steps: steps, Every: 10, Ensemble: members, Seed: 1, BurnIn: 2000})
	bound := numtest.Sigmas*math.Sqrt(4/(dt*steps*members)) + 3*dt
	for i, std := range x.Moments().Std() {
		numtest.Within(t, "variance", std*std/c[i], 1, bound)
	}
}

func TestDimensionsMustAgree(t *testing.T) {
	m, err := mobility.New(mat.NewDense(1, 1, []float64{1}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(systems.AsymmetricPotential{}.Score(), m); err == nil || !strings.Contains(err.Error(), "score of 2") {
		t.Errorf("error %v", err)
	}
}

func TestDriftAllocatesNothing(t *testing.T) {
	for _, d := range []int{1, 2, 5, 32} {
		phi := mat.NewDense(d, d, nil)
		for i := range d {
			phi.Set(i, i, 1)
		}
		s := score.Func{D: d, F: func(dst, x []float64) { copy(dst, x) }}
		drift := model(t, s, phi, nil).SDE().Drifts
		x, f := make([]float64, 16*d), make([]float64, 16*d)
		if n := testing.AllocsPerRun(100, func() { drift(f, x) }); n != 0 {
			t.Errorf("D=%d: %g allocations", d, n)
		}
	}
}

func BenchmarkDrift(b *testing.B) {
	system := systems.AsymmetricPotential{}
	drift := model(b, system.Score(), system.Mobility(), nil).SDE().Drifts
	x, f := make([]float64, 2*64), make([]float64, 2*64)
	b.ReportAllocs()
	for b.Loop() {
		drift(f, x)
	}
}
