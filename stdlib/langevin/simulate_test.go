package langevin

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// TestSameNoiseInOneCall: the exact model in normalised coordinates follows the truth in physical ones.
func TestSameNoiseInOneCall(t *testing.T) {
	system := systems.AsymmetricPotential{}
	scale := &trajectory.Scale{Mean: []float64{-.4, .1}, Std: []float64{.8, 1.1}}
	phi := system.Mobility()
	for i, a := range scale.Std {
		for j, b := range scale.Std {
			phi.Set(i, j, phi.At(i, j)/(a*b))
		}
	}
	m := model(t, score.Normalized(system.Score(), scale), phi, scale)
	p, err := m.SameNoise(context.Background(), system.SDE(), run)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "path", p.Model.X, p.Truth.X, 1e-12)

	bounded := run
	bounded.Bound = 3
	one := model(t, systems.DoubleWell{}.Score(), mat.NewDense(1, 1, []float64{1}), nil)
	two := system.SDE()
	two.Noise = sde.Matrix(mat.NewDense(2, 3, make([]float64, 6)))
	for _, c := range []struct {
		m     *Model
		truth sde.SDE
		r     sde.Run
		says  string
	}{{one, system.SDE(), run, "a model of 1"}, {m, system.SDE(), bounded, "part the two"}, {m, two, run, "sources of noise"}} {
		if _, err := c.m.SameNoise(context.Background(), c.truth, c.r); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v does not say %q", err, c.says)
		}
	}
}

// TestResetsAreCounted: a score that drives out of the bound is put back and counted; in physical coordinates there is no
// bound unless asked for.
func TestResetsAreCounted(t *testing.T) {
	out := score.Func{D: 1, F: func(dst, x []float64) { dst[0] = x[0] }}
	scale := &trajectory.Scale{Mean: []float64{0}, Std: []float64{1}}
	r := sde.Run{Dt: 0.01, Steps: 5000, Ensemble: 4, Seed: 1}
	x, err := Overdamped(out, scale).Simulate(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	if x.Resets < 10 || slices.Max(x.X) > Bound || slices.Min(x.X) < -Bound {
		t.Errorf("%d resets, largest %g", x.Resets, slices.Max(x.X))
	}
	if x, err = Overdamped(out, nil).Simulate(context.Background(), r); err != nil || x.Resets != 0 {
		t.Errorf("%d resets, error %v", x.Resets, err)
	}
}

// TestStepCheck: x′ = −kx is amplified from δt = 2/k on, and a spiral −a ± iω from 2a/(a² + ω²); the simulation is refused
// there and goes through below.
func TestStepCheck(t *testing.T) {
	linear := func(a *mat.Dense) *Model {
		d, _ := a.Dims()
		return model(t, score.Func{D: d, F: func(dst, x []float64) {
			for i := range dst {
				dst[i] = -x[i]
			}
		}}, a, nil)
	}
	for _, c := range []struct {
		phi   *mat.Dense
		limit float64
	}{{mat.NewDense(1, 1, []float64{50}), 2. / 50}, {mat.NewDense(2, 2, []float64{1, -7, 7, 1}), 2. / 50}} {
		m := linear(c.phi)
		x := make([]float64, m.Dim())
		got := m.CheckStep(0.001, x)
		numtest.Within(t, "limit", got.Limit, c.limit, 1e-6)
		if got.BlowsUp {
			t.Errorf("%+v", got)
		}
		if _, err := m.Simulate(context.Background(), sde.Run{Dt: 1.01 * c.limit, Steps: 10}); err == nil || !strings.Contains(err.Error(), "blows up") {
			t.Errorf("error %v", err)
		}
		if _, err := m.Simulate(context.Background(), sde.Run{Dt: got.Advised, Steps: 10}); err != nil {
			t.Error(err)
		}
		if w := m.CheckStep(0.9*c.limit, x).Warning; !strings.Contains(w, "coarse") {
			t.Errorf("warning %q", w)
		}
		if w := m.CheckStep(0.9*c.limit, x).String(); !strings.Contains(w, "is advised\na step of") {
			t.Errorf("summary %q", w)
		}
		if w := m.CheckStep(got.Advised, x).Warning; w != "" {
			t.Errorf("warning %q about the advised step", w)
		}
	}
	quartic := Overdamped(systems.DoubleWell{}.Score(), nil) // limits by the state furthest out
	if near, far := quartic.CheckStep(.1, []float64{1}), quartic.CheckStep(.1, []float64{1, 4}); near.BlowsUp || !far.BlowsUp || far.At[0] != 4 {
		t.Errorf("near %+v far %+v", near, far)
	}
}

// TestStateDependentMobility_LD8: whatever M(x), the stationary density is that of the score. With unit correlation times the
// standard error of a variance is √(4/T).
func TestStateDependentMobility_LD8(t *testing.T) {
	const dt, steps, members = 0.004, 20_000, 32
	s := score.Func{D: 2, F: func(dst, x []float64) { dst[0], dst[1] = -x[0], -x[1]/.7 }}
	exact := func(dst, x []float64) {
		a, r := 1+0.5*math.Tanh(x[0]), 0.6+0.4*math.Sin(x[1])
		copy(dst, []float64{a, .2 - r, .2 + r, 1.5 - 0.5*math.Cos(x[0])})
	}
	divergence := func(dst, x []float64) {
		dst[0] = 0.5/(math.Cosh(x[0])*math.Cosh(x[0])) - 0.4*math.Cos(x[1])
		dst[1] = 0
	}
	bound := numtest.Sigmas*math.Sqrt(4/(dt*steps*members)) + 3*dt
	r := sde.Run{Dt: dt, Steps: steps, Every: 10, Ensemble: members, Seed: 1, BurnIn: 2000}
	for _, d := range []func(dst, x []float64){nil, divergence} {
		m := &StateDependent{Score: s, Mobility: exact, Divergence: d}
		equation, err := m.SDE([]float64{0, 0})
		if err != nil {
			t.Fatal(err)
		}
		std := simulate(t, equation, r).Moments().Std()
		numtest.Within(t, "variance of x₁", std[0]*std[0], 1, bound)
		numtest.Within(t, "variance of x₂", std[1]*std[1]/.7, 1, bound)
	}
	negative := &StateDependent{Score: s, Mobility: func(dst, _ []float64) { copy(dst, []float64{1, 2, 2, 1}) }}
	if _, err := negative.SDE([]float64{0, 0}); err == nil || !strings.Contains(err.Error(), "positive definite") {
		t.Errorf("error %v", err)
	}
}

// TestStateDependentInOneDimension: M(x) = 1 + x²/2 with a Gaussian score, in Itô's sense by Milstein's scheme too.
func TestStateDependentInOneDimension(t *testing.T) {
	const dt, steps, members = 0.002, 20_000, 64
	m := &StateDependent{
		Score:    score.Func{D: 1, F: func(dst, x []float64) { dst[0] = -x[0] }},
		Mobility: func(dst, x []float64) { dst[0] = 1 + x[0]*x[0]/2 },
	}
	equation, err := m.SDE([]float64{0})
	if err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []sde.Scheme{sde.EulerMaruyama, sde.Milstein} {
		x := simulate(t, equation, sde.Run{Scheme: scheme, Dt: dt, Steps: steps, Every: 10, Ensemble: members, Seed: 1, BurnIn: 2000})
		numtest.Within(t, "variance", math.Pow(x.Moments().Std()[0], 2), 1, numtest.Sigmas*math.Sqrt(4/(dt*steps*members))+10*dt)
	}
}

// TestSchemesKeepTheDensity: every scheme for constant noise has the density of the score; the schemes of second order are
// nearer at a coarse step. EM's bias of a variance is δt·rate/2.
func TestSchemesKeepTheDensity(t *testing.T) {
	const dt, steps, members = 0.2, 20_000, 64
	m := Overdamped(score.Func{D: 1, F: func(dst, x []float64) { dst[0] = -x[0] }}, nil)
	statistical := numtest.Sigmas * math.Sqrt(4/(dt*steps*members))
	for _, c := range []struct {
		scheme sde.Scheme
		want   float64
	}{
		{sde.EulerMaruyama, 1 / (1 - dt/2)}, {sde.LeimkuhlerMatthews, 1}, {sde.StochasticHeun, 1}, {sde.RungeKutta, 1 + dt},
	} {
		x, err := m.Simulate(context.Background(), sde.Run{Scheme: c.scheme, Dt: dt, Steps: steps, Ensemble: members, Seed: 1, BurnIn: 100})
		if err != nil {
			t.Fatal(err)
		}
		numtest.Within(t, c.scheme.String(), math.Pow(x.Moments().Std()[0], 2), c.want, statistical+dt*dt/2)
	}
}

// TestFactorIsCholeskys: L Lᵀ = m + mᵀ.
func TestFactorIsCholeskys(t *testing.T) {
	m, l := []float64{2, .3, -.8, .5, 1, .1, .4, -.7, 3}, make([]float64, 9)
	if !factor(l, m, 3) {
		t.Fatal("not positive definite")
	}
	a, b := mat.NewDense(3, 3, m), mat.NewDense(3, 3, l)
	var square, twice mat.Dense
	square.Mul(b, b.T())
	twice.Add(a, a.T())
	numtest.Matrix(t, "L Lᵀ", &square, &twice, 1e-14)
	if l[1] != 0 || l[2] != 0 || l[5] != 0 {
		t.Errorf("L is not lower triangular: %v", l)
	}
	if factor(l, []float64{1, 2, 2, 1}, 2) {
		t.Error("an indefinite matrix has a factor")
	}
}

func TestStateDependentAllocatesNothing(t *testing.T) {
	m := &StateDependent{
		Score:    score.Func{D: 2, F: func(dst, x []float64) { copy(dst, x) }},
		Mobility: func(dst, x []float64) { dst[0], dst[1], dst[2], dst[3] = 1+x[0]*x[0], 0, 0, 1 },
	}
	f := m.fields()
	x, dst, b := make([]float64, 16), make([]float64, 16), make([]float64, 4)
	if n := testing.AllocsPerRun(100, func() { f.driftTo(dst, x); f.noiseTo(b, x[:2]) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

func TestBrentFindsMinima(t *testing.T) {
	for _, c := range []struct {
		f          func(x float64) float64
		a, b, want float64
	}{
		{func(x float64) float64 { return (x - 1.3) * (x - 1.3) }, .1, 3, 1.3},
		{func(x float64) float64 { return math.Abs(x - .7) }, .1, 3, .7},
		{func(x float64) float64 { return x*x*x*x - 2*x }, 0, 3, math.Cbrt(.5)},
		{func(x float64) float64 { return x }, .1, 3, .1},
	} {
		evaluations := 0
		x, fx := brent(func(x float64) float64 { evaluations++; return c.f(x) }, c.a, c.b, 1e-7)
		numtest.Within(t, "minimum", x, c.want, 1e-6)
		if fx != c.f(x) || evaluations > 60 {
			t.Errorf("%g is not f(%g), or %d evaluations", fx, x, evaluations)
		}
	}
}

// TestTuningFindsTheRate: a model with Φ four times too large needs α = 1/4, and the tuned model has the times of the data.
func TestTuningFindsTheRate(t *testing.T) {
	data := simulate(t, systems.DoubleWell{}.SDE(), sde.Run{Dt: 0.005, Steps: 100_000, Every: 20, Ensemble: 32, Seed: 2, BurnIn: 1000})
	m := model(t, systems.DoubleWell{}.Score(), mat.NewDense(1, 1, []float64{4}), nil)
	tuned, err := Tune(context.Background(), m, data, TuneOptions{Run: sde.Run{Seed: 3}})
	if err != nil {
		t.Fatal(err)
	}
	numtest.Within(t, "4α", 4*tuned.Alpha, 1, 0.08)
	numtest.Within(t, "Φ", tuned.Model.Mobility.Phi.At(0, 0), 4*tuned.Alpha, 1e-14)
	if tuned.RMSE > 0.03 || tuned.Plain < 5*tuned.RMSE || tuned.AtEdge {
		t.Errorf("%+v", tuned)
	}
	m = model(t, systems.DoubleWell{}.Score(), mat.NewDense(1, 1, []float64{14}), nil)
	if tuned, err = Tune(context.Background(), m, data, TuneOptions{}); err != nil || !tuned.AtEdge {
		t.Errorf("α = 0.07 lies outside the search: %+v, error %v", tuned, err)
	}
}

// TestBaselinesSideBySide: the logarithm is right, LD's recipe with α = 1 is not, and tuning brings its times back.
func TestBaselinesSideBySide(t *testing.T) {
	system := systems.AsymmetricPotential{}
	x := simulate(t, system.SDE(), sde.Run{Dt: 1e-3, Steps: 400_000, Every: 25, Ensemble: 8, Seed: 1, BurnIn: 5000})
	all, err := Baselines(context.Background(), x, system.Score(), BaselineOptions{
		BaselineOptions: mobility.BaselineOptions{Rates: markov.Options{Cells: 200}, Sigma: 0.05},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 6 {
		t.Fatalf("%d baselines", len(all))
	}
	for _, b := range all {
		if b.Err != nil {
			t.Errorf("%s: %v", b.Name, b.Err)
		}
	}
	if text := all.String(); !strings.Contains(text, "Kramers–Moyal") || !strings.Contains(all.HTML(), "α tuned") {
		t.Errorf("summary\n%s", text)
	}
	relative := func(b Baseline) float64 {
		return numtest.RelativeError(b.Model.Mobility.Phi.RawMatrix().Data, system.Mobility().RawMatrix().Data)
	}
	if e := relative(all[0]); e > 0.08 {
		t.Errorf("%s is off by %.2g", all[0].Name, e)
	}
	if plain, tuned := relative(all[1]), relative(all[5]); plain < 1 || tuned > 0.4 || all[5].Alpha > 0.7 {
		t.Errorf("LD's recipe is off by %.2g, with α = %.2g by %.2g", plain, all[5].Alpha, tuned)
	}
}
