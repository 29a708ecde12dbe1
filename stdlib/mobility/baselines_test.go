package mobility

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

// TestBaselinesOfALinearProcess: on an Ornstein–Uhlenbeck process the logarithm and the linear inverse model are right to 5 %,
// the corrected moments to what 2E(τ) − E(2τ) leaves, and LD's recipe is out by more than a factor of two.
func TestBaselinesOfALinearProcess(t *testing.T) {
	o, lag := rotating(t), 0.05
	x := sampled(t, o, 200_000, lag, 3)
	all, err := Baselines(context.Background(), x, o.Score(), BaselineOptions{Rates: markov.Options{Cells: 200}, Sigma: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*Mobility{}
	for _, b := range all {
		if b.Err != nil {
			t.Fatalf("%s: %v", b.Name, b.Err)
		}
		byName[b.Name] = b.Mobility
	}
	numtest.Matrix(t, "logarithm", byName["logarithm"].Phi, o.Mobility(), 0.05)
	numtest.Matrix(t, "linear inverse", byName["linear inverse"].Phi, o.Mobility(), 0.05)
	numtest.Matrix(t, "Kramers–Moyal", byName["Kramers–Moyal"].Phi, o.Mobility(), 0.08)
	numtest.Matrix(t, "unit diffusion", byName["unit diffusion"].Phi, mat.NewDiagDense(3, []float64{1, 1, 1}), 0)
	if ratio := mat.Trace(byName[RecipeName].Phi) / mat.Trace(o.Mobility()); ratio < 2 {
		t.Errorf("LD's recipe gives %.2g times the diffusion", ratio)
	}
	s, want, at := make([]float64, 3), make([]float64, 3), []float64{.4, -.3, .6}
	for _, b := range all {
		if b.Name == "linear inverse" {
			b.Score.ScoreTo(s, at)
		}
	}
	o.Score().ScoreTo(want, at)
	numtest.Slice(t, "Gaussian score", s, want, 0.05)
}

// TestPerturbedLabelsAddDiffusion: noise σz on each sample before labelling adds σ²/τ to Φ by the naive rate matrix, with cells
// much finer than the noise. The standard error is near Φ√(2/N).
func TestPerturbedLabelsAddDiffusion(t *testing.T) {
	const samples, sigma, tau = 200_000, 0.1, 0.1
	o := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, o, samples, tau, 3)
	noisy, err := Perturbed(context.Background(), x, sigma, 1)
	if err != nil {
		t.Fatal(err)
	}
	rate := func(q *markov.RateMatrix) float64 {
		c, err := q.CorrelationRateBy(markov.Naive)
		if err != nil {
			t.Fatal(err)
		}
		return -c.At(0, 0)
	}
	options := markov.Options{Cells: 300, Method: markov.Naive}
	rise := rate(rateMatrix(t, noisy, options)) - rate(rateMatrix(t, x, options))
	numtest.Within(t, "rise", rise, sigma*sigma/tau, numtest.Sigmas*1.2*math.Sqrt(2./samples)+0.01)
}

// TestPotentialAtThreeIntervals: the two-dimensional potential with rotation at Δt = 0.005, 0.025 and 0.1, within 5 %.
func TestPotentialAtThreeIntervals(t *testing.T) {
	system := systems.AsymmetricPotential{}
	for _, c := range []struct{ steps, every int }{{400_000, 5}, {600_000, 25}, {1_500_000, 100}} {
		x, err := sde.Simulate(context.Background(), system.SDE(),
			sde.Run{Dt: 1e-3, Steps: c.steps, Every: c.every, Ensemble: 8, Seed: 1, BurnIn: 5000})
		if err != nil {
			t.Fatal(err)
		}
		within(t, estimate(t, x, system.Score(), 500, Options{}), system.Mobility())
	}
}

// inTenDimensions has a rotation in every plane of neighbours.
func inTenDimensions(t *testing.T) *systems.OrnsteinUhlenbeck {
	t.Helper()
	const d = 10
	a, b := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil)
	for i := range d {
		a.Set(i, i, 1+0.1*float64(i))
		b.Set(i, i, 1.3)
		a.Set(i, (i+1)%d, -.4)
		a.Set((i+1)%d, i, .5)
	}
	o, err := systems.NewOrnsteinUhlenbeck(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOrnsteinUhlenbeckInTenDimensions(t *testing.T) {
	o := inTenDimensions(t)
	within(t, estimate(t, sampled(t, o, 200_000, 0.1, 2), o.Score(), 300, Options{}), o.Mobility())
}

// TestScaledRunsTimeFaster: αΦ with √α Σ has D = ΣΣᵀ again.
func TestScaledRunsTimeFaster(t *testing.T) {
	m, err := New(rotating(t).Mobility(), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Scaled(2.5)
	var square, want mat.Dense
	square.Mul(s.Sigma, s.Sigma.T())
	want.Scale(2.5, m.D)
	numtest.Matrix(t, "ΣΣᵀ", &square, &want, 1e-14)
	numtest.Matrix(t, "D", s.D, &want, 1e-14)
}
