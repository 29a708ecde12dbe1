package systems

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

var (
	_ system = ReducedTriad{}
	_ system = Triad{}
	_ system = TripleWell{}
)

func simulate(t testing.TB, s sde.SDE, r sde.Run) *trajectory.Trajectory {
	t.Helper()
	obs, err := sde.Simulate(context.Background(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	return obs
}

func TestReducedTriadScoreIsTheGradientOfItsLogDensity(t *testing.T) {
	points := [][]float64{{0}, {0.1}, {-0.2}, {0.7}, {-1.5}}
	for _, s := range []ReducedTriad{{}, ReducedTriad{}.PrintedSign(), {Forcing: 1, Linear: 2, Quadratic: 0.5, Cubic: 1, NoiseA: 1, Sigma1: 0.5}} {
		log := s.parameters().logDensity()
		numtest.CheckGradient(t, func(x []float64) float64 { return log(x[0]) }, s.Score().ScoreTo, points, 1e-6)
	}
}

// TestReducedTriadDensityIsStationary checks Itô's zero flux f p = ½ (g² p)′ by differences, with drift and noise taken
// from the equation itself.
func TestReducedTriadDensityIsStationary(t *testing.T) {
	s := ReducedTriad{}
	p := s.Density()
	e := s.SDE()
	for _, x := range []float64{-0.4, -0.05, 0, 0.1, 0.3} {
		f := []float64{0}
		e.Drift(f, []float64{x})
		half := func(y []float64) float64 { return s.parameters().square(y[0]) * p(y[0]) / 2 }
		numtest.Within(t, "flux", f[0]*p(x), numtest.Gradient(half, []float64{x})[0], 1e-5)
	}
}

// TestReducedTriadMoments: the stationary values for F = −AB/2, and those that the printed sign of F gives instead.
func TestReducedTriadMoments(t *testing.T) {
	check := func(name string, s ReducedTriad, want [5]float64) {
		mean, std, skewness, kurtosis := s.Moments()
		phi := s.Mobility().At(0, 0) / (std * std)
		for i, got := range [5]float64{mean, std, skewness, kurtosis, phi} {
			numtest.Within(t, name+": "+[]string{"mean", "std", "skewness", "kurtosis", "Φ in normalised units"}[i], got, want[i], 6e-4)
		}
	}
	check("F = −AB/2", ReducedTriad{}, [5]float64{0.0217, 0.0852, 1.4164, 7.2601, 1.8304})
	check("F = +AB/2", ReducedTriad{}.PrintedSign(), [5]float64{-0.0223, 0.0717, 1.3726, 7.1286, 1.8180})
}

// TestPrintedScoreBelongsToMinusHalfAB: KG (25) is the score for F = −AB/2 and for no other F.
func TestPrintedScoreBelongsToMinusHalfAB(t *testing.T) {
	for _, x := range []float64{-0.3, 0, 0.2} {
		got, want := []float64{0}, []float64{0}
		ReducedTriad{}.PrintedScore().ScoreTo(got, []float64{x})
		ReducedTriad{}.Score().ScoreTo(want, []float64{x})
		numtest.Within(t, "KG (25)", got[0], want[0], 1e-12)
		ReducedTriad{}.PrintedSign().Score().ScoreTo(want, []float64{x})
		if math.Abs(got[0]-want[0]) < 0.5 {
			t.Errorf("at x = %g the printed score is also that of the printed F", x)
		}
	}
}

// TestSimulatedTriad compares both forms of the equation, and both signs of F, with the exact moments. Samples of
// different members are independent; within one they are two decorrelation times apart and count as they are.
func TestSimulatedTriad(t *testing.T) {
	const members, samples = 2000, 30
	run := sde.Run{Dt: 0.005, Steps: samples * 250, Every: 250, BurnIn: 1000, Ensemble: members, Seed: 5}
	milstein := run
	milstein.Scheme = sde.Milstein
	check := func(name string, s ReducedTriad, e sde.SDE, r sde.Run) {
		mean, std, skewness, kurtosis := s.Moments()
		obs := simulate(t, e, r)
		n := float64(obs.Len()) / 1.3 // (1+ρ)/(1−ρ) with ρ ≈ e^{−1.25/.55}
		var m1, m2, m3 float64
		for _, x := range obs.X {
			z := (x - mean) / std
			m1 += z
			m2 += z * z
			m3 += z * z * z
		}
		count := float64(obs.Len())
		numtest.MeanWithin(t, name+" mean", m1/count, 0, 1, n)
		// The weak error of the scheme is about δt·|a|, 0.9 % of the variance.
		if d := math.Abs(m2/count - 1); d > numtest.Sigmas*math.Sqrt((kurtosis-1)/n)+0.01 {
			t.Errorf("%s: variance off by %g", name, d)
		}
		sixth := s.expectation(func(x float64) float64 { return math.Pow((x-mean)/std, 6) })
		if d := math.Abs(m3/count - skewness); d > numtest.Sigmas*math.Sqrt(sixth/n)+0.02 {
			t.Errorf("%s: skewness off by %g", name, d)
		}
	}
	s := ReducedTriad{}
	check("two sources", s, s.SDE(), run)
	check("one source", s, s.OneSource(), milstein)
	check("printed sign", s.PrintedSign(), s.PrintedSign().SDE(), run)
}

func TestTriadIsGaussian(t *testing.T) {
	other := Triad{Variance: [3]float64{2, 1, 0.3}, Damping: [3]float64{1, 0.2, 3}, Beta1: -2, Beta2: 1}
	points := [][]float64{{0, 0, 0}, {1, -0.5, 0.3}, {-0.7, 0.9, 2}}
	for _, s := range []Triad{{}, other} {
		density := gaussian(s.Covariance())
		numtest.CheckGradient(t, func(x []float64) float64 { return math.Log(density(x)) }, s.Score().ScoreTo, points, 1e-8)
		p, e := s.parameters(), s.SDE()
		for _, x := range points { // LD (3): the divergence of F p − D ∇p
			divergence := 0.0
			for i := range 3 {
				flux := func(y []float64) float64 {
					f := make([]float64, 3)
					e.Drift(f, y)
					return f[i]*density(y) - p.Damping[i]*p.Variance[i]*numtest.Gradient(density, y)[i]
				}
				divergence += numtest.Gradient(flux, x)[i]
			}
			numtest.Within(t, "divergence of the flux", divergence, 0, 1e-8)
		}
	}
}

// TestTriadMobility compares Φ with −⟨F xᵀ⟩ over simulated states and the covariance with diag(V).
func TestTriadMobility(t *testing.T) {
	const members = 20000
	s := Triad{}
	obs := simulate(t, s.SDE(), sde.Run{Dt: 0.01, Steps: 1, BurnIn: 1000, Ensemble: members, Seed: 2, Scheme: sde.StochasticHeun})
	v, drift := s.parameters().Variance, s.SDE().Drift
	phi, square := mat.NewDense(3, 3, nil), mat.NewDense(3, 3, nil)
	f := make([]float64, 3)
	for k := range obs.Len() {
		x := obs.At(k)
		drift(f, x)
		for i := range 3 {
			for j := range 3 {
				phi.Set(i, j, phi.At(i, j)-f[i]*x[j]/members)
				square.Set(i, j, square.At(i, j)+f[i]*f[i]*x[j]*x[j]/members)
			}
		}
	}
	want := s.Mobility()
	for i := range 3 {
		for j := range 3 {
			numtest.MeanWithin(t, "Φ", phi.At(i, j), want.At(i, j), math.Sqrt(square.At(i, j)), members)
		}
		variance := obs.Moments().M2[i] / members
		numtest.MeanWithin(t, "variance", variance, v[i], math.Sqrt2*v[i], members)
	}
}

func TestTripleWell(t *testing.T) {
	s := TripleWell{}
	density := s.Density()
	points := [][]float64{{0, 0}, {1, 0.1}, {-0.9, -0.2}, {0.1, 1.6}, {2, -1}}
	numtest.CheckGradient(t, func(x []float64) float64 { return math.Log(density(x)) }, s.Score().ScoreTo, points, 1e-8)
	// Independent members, half of them started on each side: the share of x > 0 stays ½ by symmetry, and the mean of y
	// follows from the density once the wells have mixed.
	const members = 1500
	starts := make([]float64, 2*members)
	for m := range members {
		starts[2*m] = float64(1 - 2*(m%2))
	}
	obs := simulate(t, s.SDE(), sde.Run{Dt: 0.01, Steps: 1, BurnIn: 4000, Ensemble: members, Seed: 7, Start: starts, Scheme: sde.StochasticHeun})
	mean, square := 0.0, 0.0
	normalization2D(func(x []float64) float64 {
		p := density(x) * math.Pow(2*6.14/512, 2)
		mean += x[1] * p
		square += x[1] * x[1] * p
		return 0
	}, 6.14)
	numtest.MeanWithin(t, "⟨y⟩", obs.Moments().Mean[1], mean, math.Sqrt(square-mean*mean), members)
}
