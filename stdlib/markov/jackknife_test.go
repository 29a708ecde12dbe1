package markov

import (
	"context"
	"math/rand/v2"
	"testing"

	"scorebook/internal/numtest"
)

// TestWithoutIsCountingTheRest compares the downdated sums with a fresh count of the two other parts as runs.
func TestWithoutIsCountingTheRest(t *testing.T) {
	s := ornsteinUhlenbeck(t, 32_000, 0.1)
	q := estimate(t, s, Options{Cells: 20})
	if q.Blocks() != 32 {
		t.Fatalf("%d blocks", q.Blocks())
	}
	start, end := q.Block(5)
	left, err := q.Without(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	var labels []int32
	labels = append(labels, q.series.labels[:start+1]...) // the transition into the block stays
	labels = append(labels, q.series.labels[end:]...)
	want, err := Count(labels, 20, 1, []int{start + 1, len(labels) - start - 1})
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "counts", left.counts, want.N, 0)
	rest := &series{t: q.series.t, labels: q.series.labels, cells: 20, lag: 1, centroids: q.Centroids}
	sum := newInner(20, 1)
	for k := range blockCount {
		if k != 5 {
			part, err := rest.innerOf(context.Background(), k)
			if err != nil {
				t.Fatal(err)
			}
			sum.addScaled(1, part)
		}
	}
	numtest.Slice(t, "arrivals", left.inner.arrive, sum.arrive, 1e-12)
	numtest.Slice(t, "departures", left.inner.depart, sum.depart, 1e-12)
	if left.inner.total != sum.total {
		t.Errorf("%g transitions, want %g", left.inner.total, sum.total)
	}
}

// TestDirectWithoutAPart: the direct estimate without a part equals that of the parts around it.
func TestDirectWithoutAPart(t *testing.T) {
	s := ornsteinUhlenbeck(t, 3200, 0.1)
	q := estimate(t, s, Options{Cells: 20, Method: Direct})
	left, err := q.Without(context.Background(), 9)
	if err != nil {
		t.Fatal(err)
	}
	sum, mean, n := 0.0, 0.0, 0.0
	for pass := range 2 {
		for k := range s.Len() - 1 {
			switch {
			case k >= 900 && k < 1000:
			case pass == 0:
				mean, n = mean+s.X[k], n+1
			default:
				sum += (s.X[k+1] - s.X[k]) * (s.X[k] - mean/n)
			}
		}
	}
	numtest.Within(t, "Ċ", rateBy(t, left, Direct).At(0, 0), sum/n/0.1, 1e-12)
}

// TestCentredSums: sums counted from any centroids, once centred, are those counted from the means of the sources.
func TestCentredSums(t *testing.T) {
	s := potential(t, 2, 40_000, 20)
	q := estimate(t, s, Options{Cells: 15})
	want, centroids := q.inner.centred(q.counts, q.Centroids)
	numtest.Slice(t, "centroids of the sources", centroids, q.Centroids, 1e-3)
	r := rand.New(rand.NewPCG(1, 1))
	elsewhere := *q.series
	elsewhere.centroids = append([]float64(nil), q.Centroids...)
	for k := range elsewhere.centroids {
		elsewhere.centroids[k] += r.NormFloat64()
	}
	sums, err := elsewhere.inner(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	got, centroidsToo := sums.centred(q.counts, elsewhere.centroids)
	numtest.Slice(t, "centroids", centroidsToo, centroids, 1e-12)
	numtest.Slice(t, "arrivals", got.arrive, want.arrive, 1e-10)
	numtest.Slice(t, "departures", got.depart, want.depart, 1e-10)
	numtest.Slice(t, "cross", got.cross, want.cross, 1e-10)
	numtest.Slice(t, "Gram", got.gram, want.gram, 1e-10)
}
