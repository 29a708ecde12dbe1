package sde

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

var everyScheme = []Scheme{EulerMaruyama, StochasticHeun, LeimkuhlerMatthews, Milstein, RungeKutta}

// atEnd runs an ensemble to the time `end` and returns the last state of each member.
func atEnd(t *testing.T, s SDE, r Run, end float64) []float64 {
	t.Helper()
	n := int(math.Round(end / r.Dt))
	r.Steps, r.Every = n+1, n
	obs := simulate(t, s, r)
	last := make([]float64, r.Ensemble)
	for m := range last {
		last[m] = obs.At(2*m + 1)[0]
	}
	return last
}

// TestOrdersWithoutNoise uses the logistic equation, whose solution is known.
func TestOrdersWithoutNoise(t *testing.T) {
	logistic := func(dst, x []float64) { dst[0] = x[0] * (1 - x[0]) }
	exact := 1 / (1 + 9*math.Exp(-2))
	for i, want := range []float64{1, 2, 1, 1, 4} {
		dts := []float64{0.2, 0.1, 0.05}
		errors := make([]float64, len(dts))
		for k, dt := range dts {
			r := Run{Scheme: everyScheme[i], Dt: dt, Ensemble: 1, Start: []float64{0.1}}
			errors[k] = math.Abs(atEnd(t, SDE{Dim: 1, Drift: logistic}, r, 2)[0] - exact)
		}
		if p := numtest.Order(dts, errors); math.Abs(p-want) > 0.1 {
			t.Errorf("%v: order %.3f without noise, want %g; errors %.3g", everyScheme[i], p, want, errors)
		}
	}
}

// TestStrongOrdersWithAdditiveNoise is TestStrongOrder for the other schemes.
func TestStrongOrdersWithAdditiveNoise(t *testing.T) {
	const members, b = 300, 0.8
	dts := []float64{0.1, 0.05, 0.025, 0.0125}
	errors := make([][]float64, len(everyScheme))
	s := SDE{Dim: 1, Drift: doubleWell, Noise: Isotropic(b)}
	for i, dt := range dts {
		bridge := rng.New(9, "bridge", uint64(i))
		n := int(math.Round(1 / dt))
		reference := make([]float64, members)
		for m := range members {
			reference[m] = finePath(noiseOf(5, m, n), dt, b, int(64*dt/0.0125), &bridge)
		}
		for k, scheme := range everyScheme {
			x := atEnd(t, s, Run{Scheme: scheme, Dt: dt, Ensemble: members, Seed: 5}, 1)
			errors[k] = append(errors[k], numtest.RelativeError(x, reference))
		}
	}
	// Each error is known to about 4 %; over a factor 8 in h the slope is known to ±0.05.
	for k, want := range []float64{1, 1, 0.5, 1, 1} {
		if p := numtest.Order(dts, errors[k]); math.Abs(p-want) > 0.15 {
			t.Errorf("%v: strong order %.3f, want %g; errors %.3g", everyScheme[k], p, want, errors[k])
		}
	}
}

// TestWeakOrdersWithAdditiveNoise measures the error of E[X²] of dX = −X dt + √2 dW at T = 1, from X = 0: exactly 1 − e⁻².
// The sampling error is that of the difference from Euler and Maruyama's scheme on the same noise, whose E[X²] is known.
func TestWeakOrdersWithAdditiveNoise(t *testing.T) {
	const members = 400000
	dts := []float64{0.5, 0.25, 0.125}
	errors := make([][]float64, len(everyScheme))
	s := SDE{Dim: 1, Drifts: decay, Noise: Isotropic(math.Sqrt2)}
	for _, dt := range dts {
		meanSquare := func(scheme Scheme) float64 {
			mean := 0.0
			for _, x := range atEnd(t, s, Run{Scheme: scheme, Dt: dt, Ensemble: members, Seed: 8}, 1) {
				mean += x * x / members
			}
			return mean
		}
		known := 0.0
		for range int(1 / dt) {
			known = (1-dt)*(1-dt)*known + 2*dt
		}
		euler := meanSquare(EulerMaruyama)
		// Var X² = 2E[X²]² gives the standard error of E[X²].
		numtest.MeanWithin(t, "E[X²] by Euler–Maruyama", euler, known, math.Sqrt2*known, members)
		for k, scheme := range everyScheme {
			errors[k] = append(errors[k], math.Abs(meanSquare(scheme)-euler+known-(1-math.Exp(-2))))
		}
	}
	// The next order in δt makes the slopes at these steps 1.2 to 1.3 where the order is 1, and 2.1 where it is 2.
	for k, want := range []float64{1, 2, 1, 1, 1} {
		t.Logf("%v: errors of E[X²] %.3g at δt = %v", everyScheme[k], errors[k], dts)
		if p := numtest.Order(dts, errors[k]); math.Abs(p-want) > 0.35 {
			t.Errorf("%v: weak order %.3f, want %g; errors %.3g at δt = %v", everyScheme[k], p, want, errors[k], dts)
		}
	}
}

// geometric is geometric Brownian motion, dX = aX dt + bX dW.
const growth, volatility = 0.5, 0.6

func geometric(c Calculus) SDE {
	noise := Multiplicative(func(dst, x []float64) { dst[0] = volatility * x[0] })
	noise.Calculus = c
	return SDE{Dim: 1, Drift: func(dst, x []float64) { dst[0] = growth * x[0] }, Noise: noise}
}

// TestOrdersWithMultiplicativeNoise compares with the exact solution over the same Wiener path,
// X(t) = exp((a − b²/2)t + bW) in Itô's sense and exp(at + bW) in Stratonovich's.
func TestOrdersWithMultiplicativeNoise(t *testing.T) {
	const members = 20000
	dts := []float64{0.1, 0.05, 0.025, 0.0125}
	cases := []struct {
		scheme   Scheme
		calculus Calculus
		strong   float64
	}{
		{EulerMaruyama, Ito, 0.5}, {Milstein, Ito, 1}, {Milstein, Stratonovich, 1}, {StochasticHeun, Stratonovich, 1},
	}
	for _, c := range cases {
		strong, weak := make([]float64, len(dts)), make([]float64, len(dts))
		rate := growth
		if c.calculus == Ito {
			rate -= volatility * volatility / 2
		}
		for i, dt := range dts {
			x := atEnd(t, geometric(c.calculus), Run{Scheme: c.scheme, Dt: dt, Ensemble: members, Seed: 2, Start: []float64{1}}, 1)
			for m, v := range x {
				w := 0.0
				for _, z := range noiseOf(2, m, int(math.Round(1/dt))) {
					w += math.Sqrt(dt) * z
				}
				e := v - math.Exp(rate+volatility*w)
				strong[i] += math.Abs(e) / members
				weak[i] += e / members
			}
			weak[i] = math.Abs(weak[i])
		}
		if p := numtest.Order(dts, strong); math.Abs(p-c.strong) > 0.1 {
			t.Errorf("%v, %v: strong order %.3f, want %g; errors %.3g", c.scheme, c.calculus, p, c.strong, strong)
		}
		// The mean of the pathwise errors has a standard error of about strong/√members, below a tenth of the weak error
		// at the coarse steps and a third of it at the finest.
		if p := numtest.Order(dts, weak); math.Abs(p-1) > 0.25 {
			t.Errorf("%v, %v: weak order %.3f, want 1; errors %.3g", c.scheme, c.calculus, p, weak)
		}
	}
}

// TestMilsteinWithOneSource drives two coordinates by one source, dX = −½X dt + JX dW, J a rotation by a right angle: the
// solution is X(0) turned by the angle W, so |X| stays 1.
func TestMilsteinWithOneSource(t *testing.T) {
	s := SDE{Dim: 2,
		Drift: func(dst, x []float64) { dst[0], dst[1] = -x[0]/2, -x[1]/2 },
		Noise: MultiplicativeMatrix(1, func(dst, x []float64) { dst[0], dst[1] = -x[1], x[0] })}
	dts := []float64{0.02, 0.01, 0.005}
	errors := make([]float64, len(dts))
	for i, dt := range dts {
		const members = 2000
		n := int(math.Round(1 / dt))
		obs := simulate(t, s, Run{Scheme: Milstein, Dt: dt, Steps: n + 1, Every: n, Ensemble: members, Seed: 4, Start: []float64{1, 0}})
		for m := range members {
			w := 0.0
			for _, z := range noiseOf(4, m, n) {
				w += math.Sqrt(dt) * z
			}
			x := obs.At(2*m + 1)
			errors[i] += math.Hypot(x[0]-math.Cos(w), x[1]-math.Sin(w)) / members
		}
	}
	if p := numtest.Order(dts, errors); math.Abs(p-1) > 0.1 {
		t.Errorf("strong order %.3f, want 1; errors %.3g", p, errors)
	}
}

// TestStationaryVarianceOfALinearProcess compares dX = −X dt + √2 dW at a coarse step with each scheme's own variance,
// 2δt q²/(1−R²) with the growth factor R and the noise factor q of a step; Leimkuhler and Matthews's is the exact 1.
func TestStationaryVarianceOfALinearProcess(t *testing.T) {
	const members, dt = 20000, 0.5
	euler, second, fourth := 1-dt, 1-dt+dt*dt/2, 1-dt+dt*dt/2-dt*dt*dt/6+dt*dt*dt*dt/24
	variance := func(r, q float64) float64 { return 2 * dt * q * q / (1 - r*r) }
	want := []float64{variance(euler, 1), variance(second, 1-dt/2), 1, variance(euler, 1), variance(fourth, 1)}
	s := SDE{Dim: 1, Drift: decay, Noise: Isotropic(math.Sqrt2)}
	for k, scheme := range everyScheme {
		obs := simulate(t, s, Run{Scheme: scheme, Dt: dt, Steps: 1, BurnIn: 60, Ensemble: members, Seed: 8})
		mean := 0.0
		for _, v := range obs.X {
			mean += v * v / members
		}
		numtest.MeanWithin(t, scheme.String(), mean, want[k], math.Sqrt2*want[k], members)
	}
}

// TestStationaryBiasOfTheDoubleWell measures the error of ⟨x²⟩ for noise 1, for which p ∝ exp(x² − x⁴/2), against quadrature.
func TestStationaryBiasOfTheDoubleWell(t *testing.T) {
	const members = 20000
	bias := func(scheme Scheme, dt float64) float64 {
		n := int(math.Round(1 / dt))
		obs := simulate(t, SDE{Dim: 1, Drifts: wells, Noise: Isotropic(1)},
			Run{Scheme: scheme, Dt: dt, Steps: 25*n + 1, Every: n, BurnIn: 8 * n, Ensemble: members, Seed: 6})
		mean := 0.0
		for _, v := range obs.X {
			mean += v * v / float64(obs.Len())
		}
		return mean - meanSquareOfTheDoubleWell()
	}
	for _, c := range []struct {
		scheme     Scheme
		dts        []float64
		order, off float64
	}{
		{EulerMaruyama, []float64{0.2, 0.1, 0.05}, 1, 0.25},
		{StochasticHeun, []float64{0.2, 0.1}, 2, 0.5},
		{LeimkuhlerMatthews, []float64{0.3, 0.15}, 2, 0.6}, // the sampling error is 0.001
		{RungeKutta, []float64{0.2, 0.1, 0.05}, 1, 0.25},
	} {
		errors := make([]float64, len(c.dts))
		for i, dt := range c.dts {
			errors[i] = math.Abs(bias(c.scheme, dt))
		}
		t.Logf("%v: |bias| of ⟨x²⟩ %.3g at δt = %v", c.scheme, errors, c.dts)
		if p := numtest.Order(c.dts, errors); math.Abs(p-c.order) > c.off {
			t.Errorf("%v: stationary bias of order %.3f, want %g; %.3g at δt = %v", c.scheme, p, c.order, errors, c.dts)
		}
	}
}

func meanSquareOfTheDoubleWell() float64 {
	sum, z := 0.0, 0.0
	for x := -6.0; x < 6; x += 1e-3 {
		p := math.Exp(x*x - x*x*x*x/2)
		sum += x * x * p
		z += p
	}
	return sum / z
}

func TestSchemesGiveTheSameBitsOnAnyNumberOfCores(t *testing.T) {
	equations := map[string]SDE{
		"additive":       {Dim: 2, Drift: asymmetric, Noise: Matrix(mat.NewDense(2, 2, []float64{1, 0.5, -0.5, 1}))},
		"multiplicative": geometric(Ito),
		"Stratonovich":   geometric(Stratonovich),
	}
	for name, s := range equations {
		for _, scheme := range everyScheme {
			if scheme.validate(s.Dim, s.Noise) != nil {
				continue
			}
			var first *trajectory.Trajectory
			for _, workers := range []int{1, 2, 5} {
				obs := simulate(t, s, Run{Scheme: scheme, Dt: 1e-2, Steps: 301, Every: 7, BurnIn: 20, Ensemble: 19, Seed: 3, Workers: workers})
				if first == nil {
					first = obs
				}
				if !slices.Equal(obs.X, first.X) {
					t.Errorf("%s, %v: %d workers give other bits than one", name, scheme, workers)
				}
			}
		}
	}
}

// TestOneNoiseForEveryScheme drives a state without drift: every scheme but Leimkuhler and Matthews's ends at √δt B Σζ.
func TestOneNoiseForEveryScheme(t *testing.T) {
	still := SDE{Dim: 2, Drift: func(dst, x []float64) { clear(dst) }, Noise: Diagonal(1, 2)}
	first := simulate(t, still, Run{Dt: 0.1, Steps: 50, Ensemble: 3, Seed: 1})
	for _, scheme := range []Scheme{StochasticHeun, Milstein, RungeKutta} {
		obs := simulate(t, still, Run{Scheme: scheme, Dt: 0.1, Steps: 50, Ensemble: 3, Seed: 1})
		numtest.Slice(t, scheme.String(), obs.X, first.X, 1e-13)
	}
}

func TestSchemesRefuseEquationsTheyDoNotSolve(t *testing.T) {
	two := MultiplicativeMatrix(2, func(dst, x []float64) { dst[0], dst[1] = x[0], 1 })
	noise := func(c Calculus) Noise { return geometric(c).Noise }
	for _, c := range []struct {
		scheme Scheme
		noise  Noise
		says   string
	}{
		{LeimkuhlerMatthews, noise(Ito), "constant B"},
		{RungeKutta, noise(Ito), "constant B"},
		{StochasticHeun, noise(Ito), "Stratonovich's equation"},
		{EulerMaruyama, noise(Stratonovich), "use StochasticHeun"},
		{Milstein, two, "one source"},
		{Scheme(9), Noise{}, "Run.Scheme is 9"},
		{EulerMaruyama, Noise{B: mat.NewDense(1, 1, nil), field: decay}, "both"},
		{EulerMaruyama, Noise{Calculus: 7}, "Calculus"},
	} {
		_, err := Simulate(context.Background(), SDE{Dim: 1, Drift: decay, Noise: c.noise}, Run{Dt: 0.1, Steps: 3, Scheme: c.scheme})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v with %v: error %v, want one about %q", c.scheme, c.noise, err, c.says)
		}
	}
}

func TestMultiplicativeNoiseShowsItself(t *testing.T) {
	two := MultiplicativeMatrix(2, decay)
	if s := two.String(); s != "B(x) from 2 sources, Itô" || two.Components(3) != 2 {
		t.Errorf("%q, %d components", s, two.Components(3))
	}
	if s := geometric(Stratonovich).Noise.String(); s != "B(x) diagonal, Stratonovich" {
		t.Errorf("%q", s)
	}
}
