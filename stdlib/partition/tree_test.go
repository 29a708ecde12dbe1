package partition

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

func trajectoryOf(t testing.TB, dim int, x []float64) *trajectory.Trajectory {
	t.Helper()
	series, err := trajectory.New(dim, 1, x)
	if err != nil {
		t.Fatal(err)
	}
	return series
}

func gaussian(n int, seed uint64) []float64 {
	x := make([]float64, n)
	draw := rng.New(seed, "partition test")
	draw.Normals(x)
	return x
}

func build(t testing.TB, dim int, x []float64, o Options) *Tree {
	t.Helper()
	tree, err := Build(context.Background(), trajectoryOf(t, dim, x), o)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func labels(t testing.TB, tree *Tree, x []float64) []int32 {
	t.Helper()
	dst := make([]int32, len(x)/tree.Dim())
	if err := tree.LabelsTo(context.Background(), dst, x); err != nil {
		t.Fatal(err)
	}
	return dst
}

// Four clusters far apart: the tree must find them, whatever the seed.
func TestSeparatedClustersAreTheCells(t *testing.T) {
	centres := [][]float64{{0, 0, 0}, {100, 0, 0}, {0, 200, 0}, {100, 200, 0}}
	x := gaussian(3*4000, 1)
	for k := range 4000 {
		for i, c := range centres[k%4] {
			x[3*k+i] += c
		}
	}
	for seed := range uint64(5) {
		tree := build(t, 3, x, Options{Cells: 4, Seed: seed})
		if tree.Cells() != 4 || tree.Depth() != 2 {
			t.Fatalf("seed %d: %d cells at depth %d, want 4 at 2", seed, tree.Cells(), tree.Depth())
		}
		cellOf := map[int32]int{}
		for k, label := range labels(t, tree, x) {
			if c, met := cellOf[label]; met && c != k%4 {
				t.Fatalf("seed %d: cell %d holds clusters %d and %d", seed, label, c, k%4)
			}
			cellOf[label] = k % 4
		}
		for label, c := range cellOf {
			centroid := tree.Centroids()[3*label:][:3]
			if d := math.Sqrt(distance2(centroid, centres[c])); d > 5*math.Sqrt(3.0/1000) {
				t.Errorf("seed %d: centroid %v is %.3f from its cluster", seed, centroid, d)
			}
		}
	}
}

// subtree returns the mean and the number of the points below a node, from the leaves up.
func (t *Tree) subtree(node int32) (mean []float64, n float64) {
	if node < 0 {
		k := int(^node)
		return t.Centroids()[k*t.dim:][:t.dim], float64(t.counts[k])
	}
	a, na := t.subtree(t.children[2*node])
	b, nb := t.subtree(t.children[2*node+1])
	mean = make([]float64, t.dim)
	for i := range mean {
		mean[i] = (na*a[i] + nb*b[i]) / (na + nb)
	}
	return mean, na + nb
}

// The oracle descends to the child whose members' mean is nearer, with means added up from the leaves.
func TestDescentGoesToTheNearerChild(t *testing.T) {
	for _, dim := range []int{1, 2, 5} {
		tree := build(t, dim, gaussian(20_000*dim, 2), Options{Cells: 60, Seed: 3})
		means := make([][]float64, len(tree.children))
		for i, child := range tree.children {
			means[i], _ = tree.subtree(child)
		}
		x := gaussian(2000*dim, 4)
		got := labels(t, tree, x)
		for k, label := range got {
			p := x[k*dim : (k+1)*dim]
			node, close := int32(0), false
			for node >= 0 {
				near, far := distance2(p, means[2*node]), distance2(p, means[2*node+1])
				close = close || math.Abs(near-far) < 1e-4*(near+far)
				if far < near {
					node = tree.children[2*node+1]
				} else {
					node = tree.children[2*node]
				}
			}
			if ^node != label && !close {
				t.Fatalf("D = %d: point %v is in cell %d, its nearer children lead to %d", dim, p, label, ^node)
			}
			if tree.Label(p) != int(label) {
				t.Fatalf("Label gives %d, LabelsTo %d", tree.Label(p), label)
			}
		}
	}
}

// The counts of the tree are those of its own labels, and no cell exceeds 2·p_min.
func TestCountsAgreeWithLabels(t *testing.T) {
	x := gaussian(2*10_000, 5)
	tree := build(t, 2, x, Options{MinProb: 0.005, Seed: 1})
	counts := make([]int, tree.Cells())
	sums := make([]float64, 2*tree.Cells())
	for k, label := range labels(t, tree, x) {
		counts[label]++
		sums[2*label] += x[2*k]
		sums[2*label+1] += x[2*k+1]
	}
	if !slices.Equal(counts, tree.Counts()) {
		t.Fatal("counts differ from labels")
	}
	for k, n := range counts {
		if n > 100 {
			t.Errorf("cell %d holds %d of 10000 samples, more than 2·p_min", k, n)
		}
		for i := range 2 {
			if want := sums[2*k+i] / float64(n); math.Abs(tree.Centroids()[2*k+i]-want) > 1e-12 {
				t.Errorf("centroid %d is %v, the mean of its members %v", k, tree.Centroids()[2*k:][:2], want)
			}
		}
	}
}

// N_C·p_min lies in the range of trees on smooth densities, a little widened for one draw of the data.
func TestRuleForTheNumberOfCells(t *testing.T) {
	for _, dim := range []int{2, 3} {
		for _, p := range []float64{0.01, 0.002, 0.001} {
			tree := build(t, dim, gaussian(100_000*dim, 6), Options{MinProb: p, Seed: 1})
			product := float64(tree.Cells()) * p
			t.Logf("D = %d, p_min = %v: N_C·p_min = %.3f", dim, p, product)
			if product < 0.69 || product > 0.86 {
				t.Errorf("D = %d, p_min = %v: %d cells, N_C·p_min = %.3f", dim, p, tree.Cells(), product)
			}
		}
	}
}

func TestCellsAreAsManyAsAsked(t *testing.T) {
	x := gaussian(2*20_000, 7)
	for _, cells := range []int{1, 2, 3, 31, 200, 725, 2000} {
		tree := build(t, 2, x, Options{Cells: cells, Seed: 1})
		if tree.Cells() != cells {
			t.Errorf("asked for %d cells, got %d", cells, tree.Cells())
		}
		if cells > 100 {
			if rule := ruleConstant / float64(cells); math.Abs(tree.MinProb()/rule-1) > 0.15 {
				t.Errorf("%d cells: p_min %.3g is far from the rule's %.3g", cells, tree.MinProb(), rule)
			}
		}
	}
}

func TestDuplicatesEndInOneCell(t *testing.T) {
	x := make([]float64, 2*3000)
	for k := range 3000 {
		x[2*k] = float64(k % 3)
	}
	tree := build(t, 2, x, Options{Cells: 100})
	if tree.Cells() != 3 {
		t.Fatalf("%d cells for three distinct points", tree.Cells())
	}
	for k, label := range labels(t, tree, x) {
		if tree.Centroids()[2*label] != x[2*k] {
			t.Fatalf("point %v lies in the cell of %v", x[2*k], tree.Centroids()[2*label])
		}
	}
	if tree := build(t, 1, make([]float64, 500), Options{}); tree.Cells() != 1 || tree.Label([]float64{3}) != 0 {
		t.Error("identical points are not one cell")
	}
}

// On a line the cells are intervals, so labels change monotonically with x only at cell boundaries.
func TestCellsOfALineAreIntervals(t *testing.T) {
	tree := build(t, 1, gaussian(10_000, 8), Options{MinProb: 0.025})
	seen := map[int]bool{}
	last := -1
	for x := -6.0; x < 6; x += 1e-3 {
		label := tree.Label([]float64{x})
		if label != last && seen[label] {
			t.Fatalf("cell %d has two pieces", label)
		}
		seen[label], last = true, label
	}
	if len(seen) != tree.Cells() {
		t.Errorf("%d intervals for %d cells", len(seen), tree.Cells())
	}
}

func TestSummaryNamesTheFacts(t *testing.T) {
	tree := build(t, 2, gaussian(2000, 9), Options{Cells: 17})
	for _, show := range []string{tree.String(), tree.HTML()} {
		for _, want := range []string{"cells N_C", "17", "p_min", "1000"} {
			if !strings.Contains(show, want) {
				t.Errorf("summary lacks %q: %s", want, show)
			}
		}
	}
}
