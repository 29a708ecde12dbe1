package kgmm

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"scorebook/stdlib/partition"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// 300 000 samples make more than one block, and many chunks.
func TestSameBitsOnOneCoreAndMore(t *testing.T) {
	series := seriesOf(t, 1, gaussian(300_000, 20))
	var models [2]*Model
	for i, cores := range []int{1, 6} {
		previous := runtime.GOMAXPROCS(cores)
		models[i] = fit(t, series, Options{Sigma: 0.2, Cells: 50, MaxPasses: 3, Epochs: 3, Seed: 21})
		runtime.GOMAXPROCS(previous)
	}
	a, b := models[0], models[1]
	if !slices.Equal(a.Targets, b.Targets) || !slices.Equal(a.Centers, b.Centers) || !slices.Equal(a.Counts, b.Counts) {
		t.Error("cells differ")
	}
	if !slices.Equal(a.Loss, b.Loss) || a.String() != b.String() {
		t.Error("networks differ")
	}
	x := gaussian(100, 22)
	sa, sb := make([]float64, 100), make([]float64, 100)
	a.ScoreTo(sa, x)
	b.ScoreTo(sb, x)
	if !slices.Equal(sa, sb) {
		t.Error("scores differ")
	}
	other := fit(t, series, Options{Sigma: 0.2, Cells: 50, MaxPasses: 3, Epochs: 3, Seed: 23})
	if slices.Equal(a.Targets, other.Targets) {
		t.Error("another seed gives the same cells")
	}
}

func TestEverySampleIsCountedInEveryPass(t *testing.T) {
	m := fit(t, seriesOf(t, 3, gaussian(3*5000, 24)), Options{Sigma: 0.1, Cells: 40, MaxPasses: 4, Tolerance: 1e-12, Epochs: 1})
	sum := 0
	for _, n := range m.Counts {
		sum += n
	}
	if sum != 4*5000 || m.Passes != 4 || m.Converged {
		t.Errorf("%d samples counted in %d passes, converged %v", sum, m.Passes, m.Converged)
	}
}

func TestBadInputIsExplained(t *testing.T) {
	good := seriesOf(t, 1, gaussian(1000, 25))
	cases := []struct {
		name string
		t    *trajectory.Trajectory
		o    Options
		want string
	}{
		{"no sigma", good, Options{}, "Sigma is 0"},
		{"NaN sigma", good, Options{Sigma: math.NaN()}, "Sigma is NaN"},
		{"tolerance", good, Options{Sigma: 1, Tolerance: -1}, "Tolerance is -1"},
		{"passes", good, Options{Sigma: 1, MaxPasses: -1}, "MaxPasses is -1"},
		{"hidden", good, Options{Sigma: 1, Hidden: []int{3, 0}}, "Hidden is [3 0]"},
		{"epochs", good, Options{Sigma: 1, Epochs: -1}, "Epochs is -1"},
		{"too many cells", good, Options{Sigma: 1, Cells: 101}, "at most 100 cells"},
		{"negative sigma", good, Options{Sigma: -0.1}, "Sigma is -0.1"},
		{"Inf sigma", good, Options{Sigma: math.Inf(1)}, "Sigma is +Inf"},
		{"few samples", good, Options{Sigma: 1, Cells: 100, MinProb: 0.1}, "give one"},
		{"constant column", seriesOf(t, 2, constantColumn(1000)), Options{Sigma: 1}, "coordinate 2 is constant"},
		{"one sample", seriesOf(t, 1, []float64{3}), Options{Sigma: 1}, "constant"},
		{"Inf", &trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{1, math.Inf(-1)}}, Options{Sigma: 1}, "Inf"},
		{"NaN", &trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{1, math.NaN()}}, Options{Sigma: 1}, "NaN"},
		{"empty", &trajectory.Trajectory{Dim: 1, Dt: 1}, Options{Sigma: 1}, "no samples"},
	}
	for _, c := range cases {
		_, err := Fit(context.Background(), c.t, c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "kgmm: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v lacks %q", c.name, err, c.want)
		}
	}
}

func TestDoubtfulFitsWarn(t *testing.T) {
	x := gaussian(1000, 26)
	for i := range x {
		x[i] *= 50
	}
	m := fit(t, seriesOf(t, 1, x), Options{Sigma: 0.05, MinProb: 1e-4, MaxPasses: 2, Epochs: 1})
	for _, want := range []string{"samples per cell (1000 samples", "MinProb was raised from 0.0001 to 0.01", "not converged: after 2 passes", "standard deviation 50"} {
		if !strings.Contains(m.String(), want) || !strings.Contains(m.HTML(), want) {
			t.Errorf("no warning %q in\n%v", want, m)
		}
	}
}

// With Nearest each cell has the mean noise of the samples that are nearest to its centroid, by a search through all of
// them; without, some samples are elsewhere.
func TestNearestCentroid(t *testing.T) {
	const n, d, sigma = 3000, 3, 0.4
	series := seriesOf(t, d, gaussian(n*d, 40))
	o := Options{Sigma: sigma, Cells: 25, MaxPasses: 1, Epochs: 1, Hidden: []int{4}, Seed: 3}
	descended := fit(t, series, o)
	o.Nearest = true
	m := fit(t, series, o)
	x, z := make([]float64, n*d), make([]float64, n*d)
	if err := perturb(context.Background(), x, z, series.X, sigma, noiseKey(3, 1), 0); err != nil {
		t.Fatal(err)
	}
	counts, sums, centres := make([]int, 25), make([]float64, 25*d), m.Tree.Centroids()
	for k := range n {
		best, least := 0, math.Inf(1)
		for c := range 25 {
			distance := 0.0
			for i := range d {
				distance += math.Pow(x[k*d+i]-centres[c*d+i], 2)
			}
			if distance < least {
				best, least = c, distance
			}
		}
		counts[best]++
		for i := range d {
			sums[best*d+i] += z[k*d+i]
		}
	}
	if !slices.Equal(m.Counts, counts) || slices.Equal(descended.Counts, counts) {
		t.Errorf("counts %v, by a full search %v, by the tree %v", m.Counts, counts, descended.Counts)
	}
	for i, v := range sums {
		if want := v / float64(counts[i/d]); math.Abs(m.Targets[i]-want) > 1e-12 {
			t.Fatalf("mean noise %d is %v, want %v", i, m.Targets[i], want)
		}
	}
}

func TestSummaryNamesTheFacts(t *testing.T) {
	m := fit(t, seriesOf(t, 2, gaussian(4000, 27)), Options{Sigma: 0.25, Cells: 17, Epochs: 2, Hidden: []int{8}})
	for _, show := range []string{m.String(), m.HTML()} {
		for _, want := range []string{"cells N_C", "17", "0.25", "passes", "MLP 2 → 8 → 2", "final loss"} {
			if !strings.Contains(show, want) {
				t.Errorf("summary lacks %q: %s", want, show)
			}
		}
	}
}

func TestCancelledInEveryStage(t *testing.T) {
	series := seriesOf(t, 2, gaussian(40_000, 28))
	for _, stage := range []string{"partition", "noise", "training"} {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := Fit(ctx, series, Options{Sigma: 0.1, Epochs: 1 << 30, Progress: func(at string, _, _ int) {
			if at == stage {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled during %s: %v", stage, err)
		}
		cancel()
	}
}

func TestProgressEndsEachStage(t *testing.T) {
	last := map[string][2]int{}
	fit(t, seriesOf(t, 2, gaussian(10_000, 29)), Options{Sigma: 0.1, Cells: 50, Epochs: 3, Progress: func(stage string, done, total int) {
		last[stage] = [2]int{done, total}
	}})
	for _, stage := range []string{"partition", "noise", "training"} {
		if l := last[stage]; l[0] == 0 || l[0] != l[1] {
			t.Errorf("%s ended at %d of %d", stage, l[0], l[1])
		}
	}
}

// constantColumn is a series of two coordinates, the second of which does not vary.
func constantColumn(n int) []float64 {
	x := gaussian(2*n, 33)
	for i := 1; i < len(x); i += 2 {
		x[i] = 2.5
	}
	return x
}

// Three points, each a thousand times: the density is three Gaussians of width σ, and so is its score.
func TestDuplicatedPointsAreAMixture(t *testing.T) {
	x := make([]float64, 3000)
	for k := range x {
		x[k] = 2 * float64(k%3-1)
	}
	series := seriesOf(t, 1, x)
	m := fit(t, series, Options{Sigma: 0.5, Cells: 40, Seed: 1})
	mixture, err := score.NewMixture(series, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if e := scoreError(m, mixture, slices.Clone(m.Centers)); e > 0.15 {
		t.Errorf("relative error %.3f", e)
	}
}

func TestOneAndManyDimensions(t *testing.T) {
	for _, d := range []int{1, 64} {
		m := fit(t, seriesOf(t, d, gaussian(20_000*d, 34)), Options{Sigma: 1, Cells: 100, Epochs: 300, Seed: 1})
		exact := score.Func{D: d, F: func(dst, x []float64) {
			for i, v := range x {
				dst[i] = -v / 2
			}
		}}
		// In 64 dimensions a hundred cells resolve little: their means are right, and the rest is the network's guess.
		a, b := m.CellScores(), make([]float64, len(m.Centers))
		exact.ScoreTo(b, m.Centers)
		diff := make([]float64, len(a))
		for i := range a {
			diff[i] = a[i] - b[i]
		}
		least := slices.Min(m.Counts)
		for i, v := range diff {
			if math.Abs(v) > 5.5*math.Sqrt(1/float64(m.Counts[i/d])+0.5*float64(m.Passes)/float64(m.Counts[i/d])) {
				t.Fatalf("D = %d: cell %d has score %.3f, want %.3f (%d samples, at least %d)", d, i/d, a[i], b[i], m.Counts[i/d], least)
			}
		}
	}
}

func TestASingleCellSaysSo(t *testing.T) {
	m := fit(t, seriesOf(t, 2, gaussian(2000, 35)), Options{Sigma: 0.3, Cells: 1, Epochs: 200})
	s := make([]float64, 2)
	m.ScoreTo(s, []float64{1, 1})
	if m.Tree.Cells() != 1 || !strings.Contains(m.String(), "a single cell knows nothing") || math.Abs(s[0]) > 2 {
		t.Errorf("score %v\n%v", s, m)
	}
}

// KG's two-dimensional setting: 10⁵ samples, about 725 cells.
func BenchmarkFit(b *testing.B) {
	series := seriesOf(b, 2, gaussian(2*100_000, 30))
	b.ReportAllocs()
	for b.Loop() {
		fit(b, series, Options{Sigma: 0.05, Cells: 725})
	}
}

func BenchmarkPass(b *testing.B) {
	series := seriesOf(b, 2, gaussian(2*100_000, 31))
	m := fit(b, series, Options{Sigma: 0.05, Cells: 725, MaxPasses: 1, Epochs: 1})
	sweep, s := newSweeper(m.Tree, partition.SourceOf(series), Options{Sigma: 0.05, Seed: 1}), newSums(m.Tree, 0.05)
	b.ReportAllocs()
	for b.Loop() {
		if err := sweep.pass(context.Background(), s, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100_000, "ns/sample")
}

func BenchmarkScore(b *testing.B) {
	series := seriesOf(b, 2, gaussian(2*100_000, 32))
	m := fit(b, series, Options{Sigma: 0.05, Cells: 725, MaxPasses: 1, Epochs: 1})
	x := series.X[:2*4096]
	dst := make([]float64, len(x))
	b.ReportAllocs()
	for b.Loop() {
		m.ScoreTo(dst, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/4096, "ns/point")
}
