package partition

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// counted is a source that makes its samples when they are asked for, and notes how many it had to hold at once.
type counted struct {
	dim, n  int
	seed    uint64
	largest int
	spoil   int // this number is NaN; −1 for none
	fail    error
}

func (c *counted) Dim() int { return c.dim }
func (c *counted) Len() int { return c.n }
func (c *counted) Read(dst []float64, first int) error {
	c.largest = max(c.largest, len(dst)/c.dim)
	for i := range dst {
		at := uint64(first*c.dim+i)*0x9e3779b97f4a7c15 + c.seed
		at ^= at >> 29
		at *= 0xbf58476d1ce4e5b9
		at ^= at >> 32
		dst[i] = math.Sqrt2 * math.Erfinv(2*(float64(at>>11)+0.5)/(1<<53)-1)
		if first*c.dim+i == c.spoil {
			dst[i] = math.NaN()
		}
	}
	return c.fail
}

func (c *counted) all() []float64 {
	x := make([]float64, c.n*c.dim)
	_ = c.Read(x, 0)
	return x
}

func TestStreamGivesTheSameTreeAndMoments(t *testing.T) {
	ctx := context.Background()
	s := &counted{dim: 2, n: 3*readChunk + 77, spoil: -1}
	o := Options{Cells: 100, Seed: 3}
	tree, err := BuildFrom(ctx, s, o)
	if err != nil {
		t.Fatal(err)
	}
	if s.largest > readChunk {
		t.Errorf("%d samples were read at once", s.largest)
	}
	x := s.all()
	if want := build(t, 2, x, o); !slices.Equal(tree.planes, want.planes) || !slices.Equal(tree.centroids, want.centroids) {
		t.Error("the stream's tree differs from that of the samples in memory")
	}
	got, err := tree.MomentsOf(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	expectMoments(t, got, labels(t, tree, x), x)
}

// expectMoments compares with sums over all the samples of each cell.
func expectMoments(t *testing.T, m *Moments, at []int32, x []float64) {
	t.Helper()
	cells, d := len(m.Counts), m.Dim
	counts, mean, m2 := make([]int, cells), make([]float64, cells*d), make([]float64, cells*d)
	for k, label := range at {
		counts[label]++
		for i := range d {
			mean[int(label)*d+i] += x[k*d+i]
		}
	}
	for i := range mean {
		mean[i] /= float64(max(1, counts[i/d]))
	}
	for k, label := range at {
		for i := range d {
			dev := x[k*d+i] - mean[int(label)*d+i]
			m2[int(label)*d+i] += dev * dev
		}
	}
	if !slices.Equal(counts, m.Counts) || m.Samples() != len(at) {
		t.Fatal("counts differ")
	}
	inertia := 0.0
	for i := range mean {
		inertia += m2[i]
		if math.Abs(m.Mean[i]-mean[i]) > 1e-12*(1+math.Abs(mean[i])) || math.Abs(m.M2[i]-m2[i]) > 1e-9*(1+m2[i]) {
			t.Fatalf("moments of number %d: %v, %v; want %v, %v", i, m.Mean[i], m.M2[i], mean[i], m2[i])
		}
	}
	if math.Abs(m.Inertia()-inertia) > 1e-9*inertia {
		t.Errorf("inertia %v, want %v", m.Inertia(), inertia)
	}
	if v := m.Variance(1); math.Abs(v[0]-m2[d]/float64(counts[1])) > 1e-9 {
		t.Errorf("variance %v", v)
	}
}

func TestMomentsMergeAndDoNotDependOnCores(t *testing.T) {
	ctx := context.Background()
	x := gaussian(3*20_000, 21)
	tree := build(t, 3, x, Options{Cells: 40})
	at := labels(t, tree, x)
	var parts [2]*Moments
	for i, cores := range []int{1, 5} {
		previous := runtime.GOMAXPROCS(cores)
		parts[i] = NewMoments(tree)
		if err := parts[i].Add(ctx, at, x); err != nil {
			t.Fatal(err)
		}
		runtime.GOMAXPROCS(previous)
	}
	if !slices.Equal(parts[0].Mean, parts[1].Mean) || !slices.Equal(parts[0].M2, parts[1].M2) {
		t.Error("the number of cores changes the bits")
	}
	whole := NewMoments(tree)
	for lo := 0; lo < len(at); lo += 7000 {
		hi := min(lo+7000, len(at))
		part := NewMoments(tree)
		if err := part.Add(ctx, at[lo:hi], x[3*lo:3*hi]); err != nil {
			t.Fatal(err)
		}
		whole.Merge(part)
	}
	expectMoments(t, whole, at, x)
}

func TestBadSourcesAreExplained(t *testing.T) {
	ctx := context.Background()
	tree := build(t, 2, gaussian(2000, 22), Options{Cells: 10})
	for want, s := range map[string]Source{
		"sample 70000 has x₂ = NaN": &counted{dim: 2, n: 100_000, spoil: 140_001},
		"no samples":                &counted{dim: 2, spoil: -1},
		"dimension is 0":            &counted{n: 5, spoil: -1},
		"disk on fire":              &counted{dim: 2, n: 10, spoil: -1, fail: errors.New("disk on fire")},
	} {
		_, err := BuildFrom(ctx, s, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "partition: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("BuildFrom: %v lacks %q", err, want)
		}
		if _, err = tree.MomentsOf(ctx, s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("MomentsOf: %v lacks %q", err, want)
		}
	}
	if _, err := tree.MomentsOf(ctx, &counted{dim: 3, n: 10, spoil: -1}); err == nil || !strings.Contains(err.Error(), "3 coordinates, the tree 2") {
		t.Errorf("another dimension: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := tree.MomentsOf(cancelled, &counted{dim: 2, n: 10, spoil: -1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Against a search through all the centroids.
func TestNearestIsExact(t *testing.T) {
	for _, dim := range []int{1, 2, 8, 64} {
		x := gaussian(dim*6000, 23)
		tree := build(t, dim, x, Options{Cells: 150})
		got := make([]int32, 6000)
		if err := tree.NearestTo(context.Background(), got, x); err != nil {
			t.Fatal(err)
		}
		moved, worse := 0, 0.0
		centroids := tree.Centroids()
		for k, label := range got {
			p := x[k*dim : (k+1)*dim]
			best, least := 0, math.Inf(1)
			for c := range tree.Cells() {
				if d := distance2(p, centroids[c*dim:(c+1)*dim]); d < least {
					best, least = c, d
				}
			}
			if int(label) != best {
				t.Fatalf("D = %d: point %d is nearest to %d, found %d", dim, k, best, label)
			}
			if other := tree.Label(p); other != best {
				moved++
				worse += distance2(p, centroids[other*dim:(other+1)*dim]) - least
			}
		}
		t.Logf("D = %d: the descent gives another cell to %.1f %% of the points", dim, float64(moved)/60)
		if moved > 0 && worse <= 0 {
			t.Errorf("D = %d: the descent's cells are nearer", dim)
		}
	}
	if one := build(t, 1, make([]float64, 300), Options{}); one.Nearest([]float64{4}) != 0 {
		t.Error("a single cell")
	}
}

func BenchmarkNearest(b *testing.B) {
	x := gaussian(2*20_000, 24)
	tree := build(b, 2, x, Options{Cells: 725})
	dst := make([]int32, 20_000)
	for b.Loop() {
		if err := tree.NearestTo(context.Background(), dst, x); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/point")
}
