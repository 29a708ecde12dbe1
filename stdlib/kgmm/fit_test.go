package kgmm

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

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
	sweep, s := newSweeper(m.Tree, series.Len(), 0.05, 1), newSums(m.Tree, 0.05)
	b.ReportAllocs()
	for b.Loop() {
		if err := sweep.pass(context.Background(), s, series.X, 1); err != nil {
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
