package kgmm

import (
	"context"
	"math"
	"slices"
	"testing"

	"scorebook/internal/rng"
	"scorebook/stdlib/score"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

func fit(t testing.TB, series *trajectory.Trajectory, o Options) *Model {
	t.Helper()
	m, err := Fit(context.Background(), series, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func seriesOf(t testing.TB, dim int, x []float64) *trajectory.Trajectory {
	t.Helper()
	series, err := trajectory.New(dim, 1, x)
	if err != nil {
		t.Fatal(err)
	}
	return series
}

func gaussian(n int, seed uint64) []float64 {
	x := make([]float64, n)
	draw := rng.New(seed, "kgmm test")
	draw.Normals(x)
	return x
}

// rejection draws n independent points of the density e^{−U} on [−3, 3]ᴰ.
func rejection(n, dim int, potential func(x []float64) float64, lowest float64, seed uint64) []float64 {
	draw := rng.New(seed, "kgmm test: rejection")
	x, p := make([]float64, 0, n*dim), make([]float64, dim)
	for len(x) < n*dim {
		for i := range p {
			p[i] = 6*draw.Float64() - 3
		}
		if draw.Float64() < math.Exp(lowest-potential(p)) {
			x = append(x, p...)
		}
	}
	return x
}

// scoreError is the π-weighted relative L² error (Σ|ŝ − s|² / Σ|s|²)^½ at the points x.
func scoreError(got, want score.Score, x []float64) float64 {
	a, b := make([]float64, len(x)), make([]float64, len(x))
	got.ScoreTo(a, x)
	want.ScoreTo(b, x)
	return math.Sqrt(relativeChange(b, a))
}

// mixtureCellScore is the mean over a cell [a, b) of the line of the score of the mixture p̂_σ on the samples mu:
// [p̂_σ(b) − p̂_σ(a)] / P̂_σ(cell), exact for any number of samples.
func mixtureCellScore(mu []float64, sigma, a, b float64) float64 {
	rise, mass := 0.0, 0.0
	for _, m := range mu {
		u, v := (a-m)/sigma, (b-m)/sigma
		rise += (math.Exp(-v*v/2) - math.Exp(-u*u/2)) / (math.Sqrt(2*math.Pi) * sigma)
		mass += (math.Erf(v/math.Sqrt2) - math.Erf(u/math.Sqrt2)) / 2
	}
	return rise / mass
}

// edges finds the boundaries of a tree's cells on the line, and the cell to the right of each, by bisection.
func edges(m *Model) (at []float64, right []int) {
	const step = 1e-3
	for x := -8.0; x < 8; x += step {
		if left, r := m.Tree.Label([]float64{x}), m.Tree.Label([]float64{x + step}); left != r {
			lo, hi := x, x+step
			for range 50 {
				if mid := (lo + hi) / 2; m.Tree.Label([]float64{mid}) == left {
					lo = mid
				} else {
					hi = mid
				}
			}
			at, right = append(at, hi), append(right, r)
		}
	}
	return at, right
}

// In the limit of many passes the cells' scores are those of the mixture on the very samples. The noise that is left
// has standard deviation below 1/√count in E[z|Ω], because the noise of a perturbed sample has variance 1.
func TestCellScoresAreTheMixtures(t *testing.T) {
	for _, sigma := range []float64{0.05, 0.3} {
		mu := gaussian(3000, 1)
		m := fit(t, seriesOf(t, 1, mu), Options{Sigma: sigma, Cells: 20, Tolerance: 1e-30, MaxPasses: 300, Epochs: 1, Seed: 2})
		at, right := edges(m)
		if len(at) != 19 {
			t.Fatalf("%d edges for 20 cells", len(at))
		}
		left := m.Tree.Label([]float64{-8})
		bounds := append(append([]float64{-20}, at...), 20)
		for i, cell := range append([]int{left}, right...) {
			want := mixtureCellScore(mu, sigma, bounds[i], bounds[i+1])
			tolerance := 4.5 / (sigma * math.Sqrt(float64(m.Counts[cell])))
			if got := m.CellScores()[cell]; math.Abs(got-want) > tolerance {
				t.Errorf("σ = %v, cell [%.3f, %.3f): score %.4f, mixture %.4f ± %.4f", sigma, bounds[i], bounds[i+1], got, want, tolerance)
			}
		}
	}
}

// A Gaussian smoothed by σ is a Gaussian of variance 1 + σ²: its score is −x/(1+σ²). The bound: a cell of 10⁵/300
// samples scatters by 1/(σ√333) = 0.18, and the network averages over tens of cells.
func TestGaussianScore(t *testing.T) {
	const sigma = 0.3
	m := fit(t, seriesOf(t, 2, gaussian(200_000, 3)), Options{Sigma: sigma, Cells: 300, Seed: 4})
	exact := score.Func{D: 2, F: func(dst, x []float64) {
		dst[0], dst[1] = -x[0]/(1+sigma*sigma), -x[1]/(1+sigma*sigma)
	}}
	if e := scoreError(m, exact, gaussian(20_000, 5)); e > 0.04 {
		t.Errorf("relative error of the score is %.4f", e)
	} else {
		t.Logf("relative error %.4f after %d passes", e, m.Passes)
	}
	if !m.Converged || len(m.Change) != m.Passes || m.Change[0] != 1 {
		t.Errorf("%d passes, changes %v", m.Passes, m.Change)
	}
}

// testPotential checks the estimate against the exact score of the density that was sampled, in normalised coordinates. The
// bias of smoothing, known from the exact density, is part of the error.
func testPotential(t *testing.T, x []float64, dim int, exact score.Score, o Options, bound float64) {
	obs, err := seriesOf(t, dim, x).Normalize()
	if err != nil {
		t.Fatal(err)
	}
	m := fit(t, obs, o)
	if m.Scale != obs.Scale || len(m.Warnings) > 0 {
		t.Errorf("scale %v, warnings %v", m.Scale, m.Warnings)
	}
	e := scoreError(m, score.Normalized(exact, obs.Scale), obs.X[:min(len(obs.X), 40_000)])
	t.Logf("%d cells, %d passes: relative error %.4f", m.Tree.Cells(), m.Passes, e)
	if e > bound {
		t.Errorf("relative error of the score is %.4f, above %v", e, bound)
	}
}

// σ = 0.1 and 30 cells: smoothing, the sample, and the noise left after four passes make about 0.05 to 0.06 each, and their
// sum scatters from 0.085 to 0.14 over seeds.
func TestDoubleWellScore(t *testing.T) {
	s := systems.DoubleWell{}
	x := rejection(100_000, 1, s.Potential, -0.25, 6)
	testPotential(t, x, 1, s.Score(), Options{Sigma: 0.1, MinProb: 0.025, Seed: 7}, 0.15)
}

// σ = 0.05 and 725 cells, as in KG and LD: smoothing alone makes an error of 0.049.
func TestAsymmetricPotentialScore(t *testing.T) {
	s := systems.AsymmetricPotential{}
	x := rejection(100_000, 2, s.Potential, -1.1, 8)
	testPotential(t, x, 2, s.Score(), Options{Sigma: 0.05, Cells: 725, Seed: 9}, 0.1)
}

// The mixture on the same samples has the same expectation but no cells: at a σ where it is smooth, both agree.
func TestAgreesWithTheMixtureAtLargeSigma(t *testing.T) {
	series := seriesOf(t, 1, gaussian(20_000, 10))
	m := fit(t, series, Options{Sigma: 0.5, Cells: 60, Seed: 11})
	mixture, err := score.NewMixture(series, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if e := scoreError(m, mixture, slices.Clone(series.X[:500])); e > 0.04 {
		t.Errorf("differs from the mixture's score by %.4f", e)
	}
}
