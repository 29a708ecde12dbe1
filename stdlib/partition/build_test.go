package partition

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

// 80 000 points make the root large enough to be summed in chunks, and the subtrees to be dealt out.
func TestSameBitsOnOneCoreAndTwo(t *testing.T) {
	x := gaussian(2*80_000, 10)
	trees := [2]*Tree{}
	for i := range trees {
		previous := runtime.GOMAXPROCS(i + 1)
		trees[i] = build(t, 2, x, Options{MinProb: 0.002, Seed: 11})
		runtime.GOMAXPROCS(previous)
	}
	a, b := trees[0], trees[1]
	if !slices.Equal(a.planes, b.planes) || !slices.Equal(a.children, b.children) || !slices.Equal(a.centroids, b.centroids) {
		t.Error("trees differ")
	}
	if !slices.Equal(labels(t, a, x), labels(t, b, x)) {
		t.Error("labels differ")
	}
	if other := build(t, 2, x, Options{MinProb: 0.002, Seed: 12}); slices.Equal(a.centroids, other.centroids) {
		t.Error("another seed gives the same tree")
	}
}

// A finer tree refines a coarser one: the splits do not depend on where growing ends.
func TestFinerTreeRefines(t *testing.T) {
	x := gaussian(2*6000, 13) // few enough for both trees to be built from all of them
	coarse, fine := build(t, 2, x, Options{Cells: 50}), build(t, 2, x, Options{Cells: 400})
	parent := map[int32]int32{}
	outer := labels(t, coarse, x)
	for k, label := range labels(t, fine, x) {
		if p, met := parent[label]; met && p != outer[k] {
			t.Fatalf("fine cell %d lies in coarse cells %d and %d", label, p, outer[k])
		}
		parent[label] = outer[k]
	}
}

func TestBadInputIsExplained(t *testing.T) {
	good := trajectoryOf(t, 1, gaussian(1000, 14))
	withNaN := &trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{1, math.NaN(), 2}}
	cases := []struct {
		name string
		t    *trajectory.Trajectory
		o    Options
		want string
	}{
		{"no dimension", &trajectory.Trajectory{}, Options{}, "dimension is 0"},
		{"empty", &trajectory.Trajectory{Dim: 2, Dt: 1}, Options{}, "no samples"},
		{"ragged", &trajectory.Trajectory{Dim: 2, Dt: 1, X: make([]float64, 5)}, Options{}, "no whole number"},
		{"NaN", withNaN, Options{}, "sample 1 has x₁ = NaN"},
		{"both", good, Options{MinProb: 0.1, Cells: 3}, "give one"},
		{"too many", good, Options{Cells: 500}, "at most 100 cells"},
		{"negative cells", good, Options{Cells: -1}, "Cells is -1"},
		{"probability", good, Options{MinProb: 2}, "MinProb is 2"},
	}
	for _, c := range cases {
		_, err := Build(context.Background(), c.t, c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "partition: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v lacks %q", c.name, err, c.want)
		}
	}
}

func TestSmallMinProbIsRaised(t *testing.T) {
	tree := build(t, 1, gaussian(1000, 15), Options{MinProb: 1e-6})
	if tree.MinProb() != 0.01 {
		t.Errorf("p_min is %v, want 10/N = 0.01", tree.MinProb())
	}
}

func TestLongTrajectoryIsThinned(t *testing.T) {
	tree := build(t, 1, gaussian(50_000, 16), Options{MinProb: 0.1})
	if tree.Points() != 1000 {
		t.Errorf("built from %d samples, want 100/p_min = 1000", tree.Points())
	}
}

func TestCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	x := gaussian(20_000, 17)
	if _, err := Build(ctx, trajectoryOf(t, 2, x), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Build: %v", err)
	}
	tree := build(t, 2, x, Options{})
	if err := tree.LabelsTo(ctx, make([]int32, 10_000), x); !errors.Is(err, context.Canceled) {
		t.Errorf("LabelsTo: %v", err)
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	last, total := 0, 0
	build(t, 2, gaussian(40_000, 18), Options{Progress: func(_ string, done, all int) {
		if done < last {
			t.Errorf("progress fell from %d to %d", last, done)
		}
		last, total = done, all
	}})
	if last != total || total != 20_000 {
		t.Errorf("progress ended at %d of %d", last, total)
	}
}

func BenchmarkBuild(b *testing.B) {
	series := trajectoryOf(b, 2, gaussian(2*100_000, 19))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(context.Background(), series, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDescend(b *testing.B) {
	for _, dim := range []int{2, 16} {
		b.Run(map[int]string{2: "D=2", 16: "D=16"}[dim], func(b *testing.B) {
			x := gaussian(dim*100_000, 20)
			tree := build(b, dim, x, Options{})
			dst := make([]int32, 100_000)
			b.ReportAllocs()
			for b.Loop() {
				tree.Descend(dst, x)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100_000, "ns/point")
		})
	}
}
