package mobility

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
	"scorebook/stdlib/markov"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// sampled draws an Ornstein–Uhlenbeck process exactly: x(t+Δt) = C(Δt) C(0)⁻¹ x + noise of what covariance is missing.
func sampled(t testing.TB, o *systems.OrnsteinUhlenbeck, samples int, dt float64, seed uint64) *trajectory.Trajectory {
	t.Helper()
	d, c := o.Dim(), o.Covariance()
	var inverse, step, kept mat.Dense
	if err := inverse.Inverse(c); err != nil {
		t.Fatal(err)
	}
	step.Mul(o.Correlation(dt), &inverse)
	kept.Product(&step, c, step.T())
	missing := mat.NewSymDense(d, nil)
	for i := range d {
		for j := i; j < d; j++ {
			missing.SetSym(i, j, c.At(i, j)-kept.At(i, j))
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(missing) {
		t.Fatal("the noise of a step has no Cholesky factor")
	}
	var lower mat.TriDense
	factor.LTo(&lower)
	r := rand.New(rand.NewPCG(seed, 3))
	x, z, next := mat.NewVecDense(d, nil), mat.NewVecDense(d, nil), mat.NewVecDense(d, nil)
	var out []float64
	for k := -int(20 / dt); k < samples; k++ {
		for i := range d {
			z.SetVec(i, r.NormFloat64())
		}
		next.MulVec(&step, x)
		z.MulVec(&lower, z)
		x.AddVec(next, z)
		if k >= 0 {
			out = append(out, x.RawVector().Data...)
		}
	}
	s, err := trajectory.New(d, dt, out)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rotating is a process in three dimensions with rotation and unequal times.
func rotating(t testing.TB) *systems.OrnsteinUhlenbeck {
	t.Helper()
	o, err := systems.NewOrnsteinUhlenbeck(
		mat.NewDense(3, 3, []float64{1, -.8, .2, .9, .7, 0, 0, .3, 1.5}),
		mat.NewDense(3, 3, []float64{1.2, 0, 0, .3, 1, 0, 0, -.4, 1.4}))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func rateMatrix(t testing.TB, s *trajectory.Trajectory, o markov.Options) *markov.RateMatrix {
	t.Helper()
	q, err := markov.Estimate(context.Background(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func estimate(t testing.TB, s *trajectory.Trajectory, sc score.Score, cells int, o Options) *Mobility {
	t.Helper()
	m, err := Estimate(context.Background(), s, rateMatrix(t, s, markov.Options{Cells: cells}), sc, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// within compares Φ with the truth to 5 % in the Frobenius norm, and each element to five of its own standard errors.
func within(t *testing.T, m *Mobility, want *mat.Dense) {
	t.Helper()
	t.Logf("‖Φ − Φ_true‖/‖Φ_true‖ = %.4f", numtest.RelativeError(m.Phi.RawMatrix().Data, want.RawMatrix().Data))
	numtest.Matrix(t, "Φ", m.Phi, want, 0.05)
	for i := range m.Dim() {
		for j := range m.Dim() {
			if d, se := m.Phi.At(i, j)-want.At(i, j), m.StdErr.At(i, j); math.Abs(d) > numtest.Sigmas*se {
				t.Errorf("Φ[%d,%d] is off by %.3g, its standard error is %.2g", i, j, d, se)
			}
		}
	}
}

func TestOrnsteinUhlenbeckInOneAndThreeDimensions(t *testing.T) {
	one := &systems.OrnsteinUhlenbeck{}
	within(t, estimate(t, sampled(t, one, 100_000, 0.1, 1), one.Score(), 50, Options{}), one.Mobility())
	three := rotating(t)
	for _, dt := range []float64{0.03, 0.3} {
		within(t, estimate(t, sampled(t, three, 200_000, dt, 2), three.Score(), 100, Options{}), three.Mobility())
	}
}

// TestStandardErrorsCover: of 100 series, at least 90 hold the truth within 1.96 standard errors.
func TestStandardErrorsCover(t *testing.T) {
	o, covered := &systems.OrnsteinUhlenbeck{}, 0
	for seed := range uint64(100) {
		m := estimate(t, sampled(t, o, 8000, 0.1, seed), o.Score(), 20, Options{})
		if math.Abs(m.Phi.At(0, 0)-1) < 1.96*m.StdErr.At(0, 0) {
			covered++
		}
	}
	t.Logf("%d of 100 bands hold the truth", covered)
	if covered < 90 || covered == 100 {
		t.Errorf("%d of 100 bands hold the truth; 95 are expected", covered)
	}
}

// TestPotentialInNormalisedCoordinates is the two-dimensional potential with rotation and its exact score, from 240 000
// samples, taken to normalised coordinates and back.
func TestPotentialInNormalisedCoordinates(t *testing.T) {
	system := systems.AsymmetricPotential{}
	for _, steps := range [][2]int{{750_000, 25}, {3_000_000, 100}} {
		physical, err := sde.Simulate(context.Background(), system.SDE(),
			sde.Run{Dt: 1e-3, Steps: steps[0], Every: steps[1], Ensemble: 8, Seed: 1, BurnIn: 5000})
		if err != nil {
			t.Fatal(err)
		}
		z, err := physical.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		m := estimate(t, z, score.Normalized(system.Score(), z.Scale), 200, Options{})
		within(t, m.Physical(), system.Mobility())
		if e := m.SteinError(); e > 0.05 {
			t.Errorf("‖V + I‖/√D = %g", e)
		}
	}
}

// smoothed is the exact score of an Ornstein–Uhlenbeck process whose samples were given noise, N(0, C + σ²I).
type smoothed struct {
	score.Score
	width float64
}

func (s smoothed) KernelWidth() float64 { return s.width }

// TestSteinMatrixOnPerturbedSamples: with the score of the perturbed density V = −I on perturbed samples, LD (36), and on
// clean ones it is −(1 + σ²)⁻¹, LD (39). The standard error of V is √(2·⟨x²s²⟩-like/(T/2)), below 2·√(2/T).
func TestSteinMatrixOnPerturbedSamples(t *testing.T) {
	const sigma, samples, dt = 0.5, 100_000, 0.1
	o := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, o, samples, dt, 4)
	q := rateMatrix(t, x, markov.Options{Cells: 30})
	s := smoothed{score.Func{D: 1, F: func(dst, x []float64) { dst[0] = -x[0] / (1 + sigma*sigma) }}, sigma}
	bound := numtest.Sigmas * 2 * math.Sqrt(2/(samples*dt))
	for _, c := range []struct {
		o    Options
		want float64
	}{{Options{}, -1}, {Options{Clean: true}, -1 / (1 + sigma*sigma)}, {Options{Sigma: 0.25}, -(1 + .0625) / (1 + sigma*sigma)}} {
		m, err := Estimate(context.Background(), x, q, s, c.o)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Within(t, "V", m.V.At(0, 0), c.want, bound)
		numtest.Within(t, "Φ V", m.Phi.At(0, 0)*m.V.At(0, 0), m.CDot.At(0, 0), 1e-13)
	}
}

// TestSteinMatrixDoesNotDependOnTheOrigin: a shift of all samples and of the score leaves V as it was.
func TestSteinMatrixDoesNotDependOnTheOrigin(t *testing.T) {
	x := sampled(t, &systems.OrnsteinUhlenbeck{}, 2000, 0.1, 4)
	far := *x
	far.X = make([]float64, len(x.X))
	for k, v := range x.X {
		far.X[k] = v + 1000
	}
	about := func(c float64) score.Score {
		return score.Func{D: 1, F: func(dst, x []float64) { dst[0] = c - x[0] }}
	}
	a := estimate(t, x, about(0), 10, Options{Sigma: .1, Seed: 3})
	b := estimate(t, &far, about(1000), 10, Options{Sigma: .1, Seed: 3})
	numtest.Matrix(t, "V", b.V, a.V, 1e-9)
}

func TestSameBitsOnAnyNumberOfCores(t *testing.T) {
	o := rotating(t)
	x := sampled(t, o, 10_000, 0.1, 1)
	var first *Mobility
	for _, procs := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(procs)
		m := estimate(t, x, o.Score(), 30, Options{Sigma: 0.1, Seed: 4})
		runtime.GOMAXPROCS(before)
		if first == nil {
			first = m
		}
		if !mat.Equal(m.Phi, first.Phi) || !mat.Equal(m.StdErr, first.StdErr) {
			t.Errorf("%d cores give other bits", procs)
		}
	}
}

func TestEstimateRejects(t *testing.T) {
	o := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, o, 1000, 0.1, 1)
	q := rateMatrix(t, x, markov.Options{Cells: 10})
	flat := score.Func{D: 1, F: func(dst, _ []float64) { dst[0] = 0 }}
	wild := score.Func{D: 1, F: func(dst, _ []float64) { dst[0] = math.NaN() }}
	upside := score.Func{D: 1, F: func(dst, x []float64) { dst[0] = x[0] }}
	for _, c := range []struct {
		t    *trajectory.Trajectory
		s    score.Score
		o    Options
		says string
	}{
		{x, rotating(t).Score(), Options{}, "a score of 3"},
		{sampled(t, o, 900, 0.1, 1), o.Score(), Options{}, "1000 samples and the trajectory has 900"},
		{x, flat, Options{}, "singular"},
		{x, wild, Options{}, "mobility: "},
		{x, upside, Options{}, "not its negative"},
		{x, o.Score(), Options{Sigma: -1}, "Sigma is -1"},
		{x, o.Score(), Options{Margin: 2}, "Margin is 2"},
	} {
		_, err := Estimate(context.Background(), c.t, q, c.s, c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v does not say %q", err, c.says)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Estimate(ctx, x, q, o.Score(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestPanicOfTheScoreReachesTheCaller(t *testing.T) {
	o := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, o, 1000, 0.1, 1)
	q := rateMatrix(t, x, markov.Options{Cells: 10})
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	Estimate(context.Background(), x, q, score.Func{D: 1, F: func(_, _ []float64) { panic("broken") }}, Options{})
}

func BenchmarkEstimate(b *testing.B) {
	o := rotating(b)
	x := sampled(b, o, 100_000, 0.1, 1)
	q := rateMatrix(b, x, markov.Options{Cells: 725})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Estimate(context.Background(), x, q, o.Score(), Options{Sigma: 0.05}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSteinMatrix(b *testing.B) {
	o := rotating(b)
	x := sampled(b, o, 100_000, 0.1, 1)
	v := &stein{t: x, s: o.Score(), mean: make([]float64, 3), sigma: 0.05}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.sum(context.Background(), 0, x.Len()); err != nil {
			b.Fatal(err)
		}
	}
}
