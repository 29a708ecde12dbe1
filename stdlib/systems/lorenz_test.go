package systems

import (
	"math"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/sde"
)

// batchMean returns the mean of f over the samples of each run, and the mean and standard error over runs: runs are
// independent, so the error needs no correlation time.
func batchMean(runs, length int, f func(k int) float64) (mean, se float64) {
	square := 0.0
	for r := range runs {
		sum := 0.0
		for k := range length {
			sum += f(r*length+k) / float64(length)
		}
		mean += sum / float64(runs)
		square += sum * sum / float64(runs)
	}
	return mean, math.Sqrt((square - mean*mean) / float64(runs-1))
}

// TestLorenz63Balances checks what holds exactly in the stationary state: d⟨z⟩ = 0 gives ⟨xy⟩ = β⟨z⟩, and d⟨x²⟩ = 0
// gives σ⟨x² − xy⟩ = σ_ξ²/2. The discretisation adds δt⟨F₁²⟩/2 to the second.
func TestLorenz63Balances(t *testing.T) {
	for _, s := range []Lorenz63{{}, {Sigma: 10, Rho: 28, Beta: 8.0 / 3}} {
		p := s.parameters()
		e := s.SDE()
		r := sde.Run{Dt: 0.002, Steps: 40001, Every: 10, BurnIn: 5000, Ensemble: 24, Seed: 1, Start: s.Start(), Scheme: sde.StochasticHeun}
		if p.Noise == 0 { // only the starts can tell members apart
			r.Start = perturbed(s.Start(), r.Ensemble)
		}
		obs := simulate(t, e, r)
		n := obs.LongestRun()
		z, se := batchMean(24, n, func(k int) float64 { x := obs.At(k); return x[0]*x[1] - p.Beta*x[2] })
		numtest.MeanWithin(t, "⟨xy⟩ − β⟨z⟩", z, 0, se, 1)
		v, se := batchMean(24, n, func(k int) float64 { x := obs.At(k); return p.Sigma * (x[0]*x[0] - x[0]*x[1]) })
		if d := math.Abs(v - p.Noise*p.Noise/2); d > numtest.Sigmas*se+0.1 {
			t.Errorf("σ⟨x² − xy⟩ = %g ± %g, want %g", v, se, p.Noise*p.Noise/2)
		}
		if mean := obs.Moments().Mean[2]; p.Noise == 0 && math.Abs(mean-23.55) > 0.15 {
			t.Errorf("⟨z⟩ = %g without noise, want 23.55", mean)
		}
	}
}

func perturbed(start []float64, members int) []float64 {
	r := rng.New(3, "test")
	x := make([]float64, 0, members*len(start))
	for range members {
		for _, v := range start {
			x = append(x, v+r.Normal())
		}
	}
	return x
}

// TestLorenz96Drift compares with KG (32)–(33) written with indices modulo the rings, and checks that the advection of
// each ring conserves its energy.
func TestLorenz96Drift(t *testing.T) {
	s := Lorenz96{}.WithForcing(6)
	const slow, fast = 4, 10
	x := make([]float64, 2*s.Dim())
	r := rng.New(1, "test")
	r.Normals(x)
	got := make([]float64, len(x))
	s.SDE().Drifts(got, x)
	for at := 0; at < len(x); at += s.Dim() {
		v, want := x[at:at+s.Dim()], make([]float64, s.Dim())
		y := func(k, j int) float64 { return v[slow+k*fast+(j+fast)%fast] }
		for k := range slow {
			want[k] = -v[(k+3)%4]*(v[(k+2)%4]-v[(k+1)%4]) - v[k] + 6
			for j := range fast {
				want[k] += y(k, j)
				want[slow+k*fast+j] = -100*y(k, j+1)*(y(k, j+2)-y(k, j-1)) - 10*y(k, j) + v[k]
			}
		}
		numtest.Slice(t, "drift", got[at:at+s.Dim()], want, 1e-13)
	}
	for _, speed := range []float64{-1, 100} {
		v, dst, energy := x[:7], make([]float64, 7), 0.0
		advect(dst, v, speed, 0, 0)
		for k := range v {
			energy += v[k] * dst[k]
		}
		numtest.Within(t, "energy of the advection", energy, 0, 1e-10)
	}
}

// TestLorenz96Statistics: neighbours and next neighbours of the slow ring for F = 4.
func TestLorenz96Statistics(t *testing.T) {
	const members, steps = 16, 20001
	s := Lorenz96{}
	obs := simulate(t, s.SDE(), sde.Run{Dt: 0.005, Steps: steps, Every: 10, BurnIn: 2000, Ensemble: members, Seed: 1, Scheme: sde.RungeKutta})
	m := obs.Moments()
	var mean, variance float64
	for k := range 4 {
		mean += m.Mean[k] / 4
		variance += m.M2[k] / float64(4*m.N)
	}
	for offset, want := range map[int]float64{1: -0.17, 2: -0.54} {
		c, se := batchMean(members, obs.LongestRun(), func(i int) float64 {
			x, sum := obs.At(i), 0.0
			for k := range 4 {
				sum += (x[k] - mean) * (x[(k+offset)%4] - mean) / (4 * variance)
			}
			return sum
		})
		if math.Abs(c-want) > numtest.Sigmas*se+0.01 {
			t.Errorf("correlation at distance %d is %.3f ± %.3f, want %.2f", offset, c, se, want)
		}
	}
}

// TestDecorrelationTimes recomputes t_d. The bound is five standard errors over independent parts, plus the last digit
// of the reference. That of the wells is exact, from the spectrum of the Fokker–Planck operator.
func TestDecorrelationTimes(t *testing.T) {
	const parts = 8
	check := func(name string, s sde.SDE, r sde.Run, coordinate int, want float64) {
		t.Helper()
		sum, square := 0.0, 0.0
		for part := range parts {
			r.Seed, r.Ensemble = uint64(part), 8
			obs := simulate(t, s, r)
			td := obs.DecorrelationTimes()[coordinate]
			sum += td / parts
			square += td * td / parts
		}
		se := math.Sqrt((square - sum*sum) / (parts - 1))
		t.Logf("%s: t_d = %.3f ± %.3f", name, sum, se)
		if math.Abs(sum-want) > numtest.Sigmas*se+0.005*max(1, want) {
			t.Errorf("%s: t_d = %.4f ± %.4f, want %.3g", name, sum, se, want)
		}
	}
	check("double well", DoubleWell{}.SDE(), sde.Run{Dt: 0.01, Steps: 40000, Every: 5, BurnIn: 500}, 0, 1.229)
	check("reduced triad", ReducedTriad{}.SDE(), sde.Run{Dt: 0.01, Steps: 40000, Every: 2, BurnIn: 500}, 0, 0.55)
	potential := NewAsymmetricPotential(1, 1.2, 0.6, 0.3, 0)
	// At this step Euler and Maruyama's scheme crosses the barriers a few per cent too often.
	second := sde.Run{Dt: 0.005, Steps: 80000, Every: 10, BurnIn: 4000, Scheme: sde.LeimkuhlerMatthews}
	check("potential of KG", potential.SDE(), second, 1, 3.014)
	check("Lorenz 63", Lorenz63{}.SDE(), sde.Run{Dt: 0.01, Steps: 20000, BurnIn: 1000, Start: Lorenz63{}.Start()}, 0, 0.27)
	l96 := sde.Run{Dt: 0.005, Steps: 10000, Every: 4, BurnIn: 2000, Scheme: sde.RungeKutta}
	check("Lorenz 96, F = 4", Lorenz96{}.SDE(), l96, 0, 0.43)
	check("Lorenz 96, F = 6", Lorenz96{}.WithForcing(6).SDE(), l96, 0, 0.31)
}
