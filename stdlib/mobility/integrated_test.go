package mobility

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

func integrated(t testing.TB, x *trajectory.Trajectory, s score.Score, o IntegratedOptions) *Mobility {
	t.Helper()
	m, err := Integrated(context.Background(), x, s, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// ring is dx_i = (−x_i + a x_{i+1} + b x_{i−1}) dt + √2 dW: circulant, and turning for a ≠ b.
func ring(t testing.TB, n int, a, b float64) *systems.OrnsteinUhlenbeck {
	t.Helper()
	drift, noise := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for i := range n {
		drift.Set(i, i, 1)
		drift.Set(i, (i+1)%n, -a)
		drift.Set(i, (i+n-1)%n, -b)
		noise.Set(i, i, math.Sqrt2)
	}
	o, err := systems.NewOrnsteinUhlenbeck(drift, noise)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestIntegratedFindsRotations: Φ = A C(0) of linear processes with rotation, over short and long times, in three dimensions and on
// a turning ring with its symmetry.
func TestIntegratedFindsRotations(t *testing.T) {
	three, turning := rotating(t), ring(t, 8, 0.6, 0.1)
	for _, time := range []float64{0, 0.2, 3} {
		within(t, integrated(t, sampled(t, three, 400_000, 0.05, 2), three.Score(), IntegratedOptions{Time: time}), three.Mobility())
		m := integrated(t, sampled(t, turning, 200_000, 0.05, 3), turning.Score(), IntegratedOptions{Time: time, Options: Options{Symmetry: Circulant{}}})
		within(t, m, turning.Mobility())
		if share := mat.Norm(m.R, 2) / mat.Norm(m.D, 2); math.Abs(share-mat.Norm(part(turning.Mobility(), -1), 2)/mat.Norm(part(turning.Mobility(), 1), 2)) > 0.03 {
			t.Errorf("τ = %g: ‖R‖/‖D‖ is %.3f", time, share)
		}
	}
}

// part is ½(a ± aᵀ).
func part(a *mat.Dense, sign float64) *mat.Dense {
	out := mat.DenseCopyOf(a)
	n, _ := a.Dims()
	for i := range n {
		for j := range n {
			out.Set(i, j, (a.At(i, j)+sign*a.At(j, i))/2)
		}
	}
	return out
}

// TestIntegratedOfWells: it holds for densities that are far from Gaussian, over any time; the wells turn.
func TestIntegratedOfWells(t *testing.T) {
	system := systems.AsymmetricPotential{}
	x, err := sde.Simulate(context.Background(), system.SDE(), sde.Run{Dt: 2e-3, Steps: 2_000_000, Every: 10, Ensemble: 8, Seed: 4, BurnIn: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, time := range []float64{0.2, 1} {
		within(t, integrated(t, x, system.Score(), IntegratedOptions{Time: time}), system.Mobility())
	}
}

// TestIntegratedOfASmoothProcess: the position of a damped oscillator, ẍ = −κx − γẋ + √(2γT) ξ, has Ċ(0) = 0, so that no short lag
// finds a diffusion. With κ = 1 and γ = 2 its correlation is ρ(t) = (1 + t) e^{−t}, and s = −x/T: Φ is T[1 − ρ̄]/∫(1 − t/τ)ρ dt, over
// a long time T/γ, the mobility that it has when friction is strong.
func TestIntegratedOfASmoothProcess(t *testing.T) {
	const kappa, gamma, temperature = 1, 2, 0.7
	o, err := systems.NewOrnsteinUhlenbeck(mat.NewDense(2, 2, []float64{0, -1, kappa, gamma}),
		mat.NewDense(2, 1, []float64{0, math.Sqrt(2 * gamma * temperature)}))
	if err != nil {
		t.Fatal(err)
	}
	x := sampled(t, o, 1_500_000, 0.05, 5).Select(0)
	s := score.Func{D: 1, F: func(dst, x []float64) {
		for i, v := range x {
			dst[i] = -v * kappa / temperature
		}
	}}
	for _, time := range []float64{1, 4, 16} {
		rho := func(t float64) float64 { return (1 + t) * math.Exp(-t) }
		mean := quad.Fixed(rho, 0, time, 60, nil, 0) / time
		ramp := quad.Fixed(func(t float64) float64 { return (1 - t/time) * rho(t) }, 0, time, 60, nil, 0)
		within(t, integrated(t, x, s, IntegratedOptions{Time: time}), mat.NewDense(1, 1, []float64{temperature * (1 - mean) / ramp}))
	}
	short, err := Estimate(context.Background(), x, rateMatrix(t, x, markov.Options{Cells: 100, Method: markov.Direct}), s, Options{})
	if err == nil && short.Phi.At(0, 0) > 0.2*temperature/gamma {
		t.Errorf("the short lag finds %.3f: no trap here", short.Phi.At(0, 0))
	}
}

// TestReversibleTakesBothDirections: a series and the same read backwards have one reversible Φ, without rotation, of a process
// that turns; of one that does not it is the true Φ.
func TestReversibleTakesBothDirections(t *testing.T) {
	turning := rotating(t)
	x := sampled(t, turning, 20_000, 0.05, 9)
	backwards := make([]float64, 0, len(x.X))
	for k := x.Len() - 1; k >= 0; k-- {
		backwards = append(backwards, x.At(k)...)
	}
	o := IntegratedOptions{Time: 0.4, Reversible: true}
	one := integrated(t, x, turning.Score(), o)
	two := integrated(t, seriesOf(t, x, backwards), turning.Score(), o)
	numtest.Matrix(t, "Φ backwards", two.Phi, one.Phi, 1e-10)
	if mat.Norm(one.R, 2) > 0 {
		t.Errorf("‖R‖ is %g", mat.Norm(one.R, 2))
	}

	still := ring(t, 8, 0.3, 0.3)
	within(t, integrated(t, sampled(t, still, 200_000, 0.05, 10), still.Score(), o), still.Mobility())
	well := systems.TripleWell{}
	series, err := sde.Simulate(context.Background(), well.SDE(), sde.Run{Dt: 2e-3, Steps: 2_000_000, Every: 10, Ensemble: 16, Seed: 11, BurnIn: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	within(t, integrated(t, series, well.Score(), o), well.Mobility())
}

// seriesOf is x with other values.
func seriesOf(t testing.TB, x *trajectory.Trajectory, values []float64) *trajectory.Trajectory {
	t.Helper()
	out, err := trajectory.New(x.Dim, x.Dt, values)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestIntegratedStandardErrorsCover: of 100 series, at least 90 of each element are within 1.96 standard errors, less three
// standard deviations of that count.
func TestIntegratedStandardErrorsCover(t *testing.T) {
	o := rotating(t)
	want, covered := o.Mobility(), mat.NewDense(3, 3, nil)
	for seed := range uint64(100) {
		m := integrated(t, sampled(t, o, 8000, 0.05, 2000+seed), o.Score(), IntegratedOptions{Time: 0.5})
		for i := range 3 {
			for j := range 3 {
				if math.Abs(m.Phi.At(i, j)-want.At(i, j)) < 1.96*m.StdErr.At(i, j) {
					covered.Set(i, j, covered.At(i, j)+1)
				}
			}
		}
	}
	if least := mat.Min(covered); least < 88 || mat.Sum(covered) < 9*91 {
		t.Errorf("of 100 bands each, these hold the truth:\n%v", mat.Formatted(covered))
	}
}

// TestIntegratedTime: the chosen time is where e^{−τ} has fallen to 1/e, and runs are not joined: two halves of opposite sign
// have the time of each.
func TestIntegratedTime(t *testing.T) {
	one := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, one, 100_000, 0.1, 6)
	m := integrated(t, x, one.Score(), IntegratedOptions{})
	numtest.Within(t, "τ", m.Tau, 1, 0.11)

	short, err := trajectory.NewRuns(1, 0.1, x.X, slices.Repeat([]int{100}, 1000))
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "Φ of short runs", integrated(t, short, one.Score(), IntegratedOptions{Time: 1}).Phi, m.Phi, 0.05)
}

// TestIntegratedTellsWhatIsWrong: data that cannot be worked with are errors that say what to try.
func TestIntegratedTellsWhatIsWrong(t *testing.T) {
	one := &systems.OrnsteinUhlenbeck{}
	x := sampled(t, one, 1000, 0.1, 7)
	for want, call := range map[string]func() (*Mobility, error){
		"longer runs": func() (*Mobility, error) {
			return Integrated(context.Background(), x, one.Score(), IntegratedOptions{Time: 60})
		},
		"must agree": func() (*Mobility, error) {
			return Integrated(context.Background(), x, rotating(t).Score(), IntegratedOptions{})
		},
		"no positive eigenvalue": func() (*Mobility, error) {
			return Integrated(context.Background(), x, score.Func{D: 1, F: func(dst, x []float64) { copy(dst, x) }}, IntegratedOptions{})
		},
		"a time is positive": func() (*Mobility, error) {
			return Integrated(context.Background(), x, one.Score(), IntegratedOptions{Time: -1})
		},
	} {
		if _, err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Integrated(ctx, x, one.Score(), IntegratedOptions{}); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("a cancelled call says %v", err)
	}
}

// TestMirroredRing: the average is that of the group's 2n elements, whatever the sign of the mirror image.
func TestMirroredRing(t *testing.T) {
	const n = 6
	a := random(n, 9)
	for _, sign := range []float64{1, -1} {
		var group Finite
		for s := range n {
			turn, mirror := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
			for i := range n {
				turn.Set(i, (i+s)%n, 1)
				mirror.Set(i, (s+n-i)%n, sign)
			}
			group = append(group, turn, mirror)
		}
		numtest.Matrix(t, "mean over the group", CirculantAndReflections{}.Average(a), group.Average(a), 1e-13)
	}
}

func BenchmarkIntegrated(b *testing.B) {
	o := rotating(b)
	x := sampled(b, o, 100_000, 0.05, 8)
	b.ReportAllocs()
	for b.Loop() {
		integrated(b, x, o.Score(), IntegratedOptions{Time: 1})
	}
}
