package kgmm

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"scorebook/stdlib/score"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// The chosen pair against the exact score: its error is not much above that of the best of the trials.
func TestChoiceIsNearTheBest(t *testing.T) {
	well, pair := systems.DoubleWell{}, systems.AsymmetricPotential{}
	for _, c := range []struct {
		name  string
		x     []float64
		dim   int
		exact score.Score
	}{
		{"double well", rejection(12_000, 1, well.Potential, -0.25, 50), 1, well.Score()},
		{"asymmetric potential", rejection(20_000, 2, pair.Potential, -1.1, 51), 2, pair.Score()},
	} {
		obs, err := seriesOf(t, c.dim, c.x).Normalize()
		if err != nil {
			t.Fatal(err)
		}
		fitting := Options{Seed: 52, Epochs: 250, Hidden: []int{32, 32}}
		choice, err := Choose(context.Background(), obs, ChooseOptions{Sigmas: []float64{0.02, 0.1, 0.2, 0.8}, Fit: fitting})
		if err != nil {
			t.Fatal(err)
		}
		exact := score.Normalized(c.exact, obs.Scale)
		least, chosen := math.Inf(1), 0.0
		for _, trial := range choice.Trials {
			o := fitting
			o.Sigma, o.Cells = trial.Sigma, trial.Cells
			train := &trajectory.Trajectory{Dim: obs.Dim, Dt: 1, X: obs.X[:len(obs.X)/10*8]}
			e := scoreError(fit(t, train, o), exact, obs.X[:8000])
			least = min(least, e)
			if trial.Sigma == choice.Sigma && trial.Cells == choice.Cells {
				chosen = e
			}
			t.Logf("%s: σ = %g, %d cells: loss %.3f ± %.3f, true error %.3f", c.name, trial.Sigma, trial.Cells, trial.Loss, trial.Error, e)
		}
		if chosen > 1.35*least+0.02 {
			t.Errorf("%s: chosen σ = %g and %d cells err by %.3f, the best by %.3f", c.name, choice.Sigma, choice.Cells, chosen, least)
		}
		for _, show := range []string{choice.String(), choice.HTML()} {
			if !strings.Contains(show, "chosen") || !strings.Contains(show, "σ₀") {
				t.Errorf("summary %s", show)
			}
		}
	}
}

// The loss of a score is, up to a constant, its mean square distance from the exact one: two scores whose distances are
// known differ by as much. The bound is five standard errors of the difference over the stretches.
func TestHeldOutLossIsADistance(t *testing.T) {
	series := seriesOf(t, 2, gaussian(2*50_000, 53))
	o, err := ChooseOptions{Sigmas: []float64{0.05}}.withDefaults(series)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearch(series, o)
	linear := func(slope float64) [stretches]float64 {
		return s.judge(score.Func{D: 2, F: func(dst, x []float64) { dst[0], dst[1] = slope*x[0], slope*x[1] }})
	}
	v := 1 + s.choice.Noise*s.choice.Noise
	for _, slope := range []float64{0, -0.5, -2} {
		a, b := linear(slope), linear(-1/v)
		mean, square := 0.0, 0.0
		for k := range a {
			mean += (a[k] - b[k]) / stretches
			square += (a[k] - b[k]) * (a[k] - b[k]) / stretches
		}
		want := 2 * v * math.Pow(slope+1/v, 2)
		if math.Abs(mean-want) > 5*math.Sqrt((square-mean*mean)/(stretches-1)) {
			t.Errorf("slope %g: losses differ by %.4f, distances by %.4f", slope, mean, want)
		}
	}
}

func TestBadChoicesAreExplained(t *testing.T) {
	good := seriesOf(t, 1, gaussian(2000, 54))
	for want, c := range map[string]struct {
		t *trajectory.Trajectory
		o ChooseOptions
	}{
		"HeldOut is 1": {good, ChooseOptions{HeldOut: 1}}, "Sigmas are [0]": {good, ChooseOptions{Sigmas: []float64{0}}},
		"too few": {seriesOf(t, 1, gaussian(50, 1)), ChooseOptions{}}, "at least one": {good, ChooseOptions{Cells: []int{}}},
		"NaN":     {&trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{math.NaN()}}, ChooseOptions{}},
		"at most": {good, ChooseOptions{Cells: []int{1000}}},
	} {
		_, err := Choose(context.Background(), c.t, c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "kgmm: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v lacks %q", err, want)
		}
	}
	if o, err := (ChooseOptions{}).withDefaults(good); err != nil || len(o.Sigmas) != 6 || !slices.IsSorted(o.Cells) {
		t.Errorf("defaults %+v, %v", o, err)
	}
}
