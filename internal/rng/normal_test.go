package rng

import (
	"math"
	"testing"

	"scorebook/internal/numtest"
)

func normals(seed uint64, n int) []float64 {
	r := New(seed, "normal")
	x := make([]float64, n)
	r.Normals(x)
	return x
}

func TestNormalsAreNormal(t *testing.T) {
	numtest.Kolmogorov(t, "normal numbers", normals(1, 1_000_000), func(x float64) float64 {
		return math.Erfc(-x/math.Sqrt2) / 2
	})
}

// TestMoments compares the first eight moments, whose sample means have variance E[x²ᵏ] − E[xᵏ]².
func TestMoments(t *testing.T) {
	moment := func(k int) float64 { // (k−1)!! for even k, else 0
		m := float64((k + 1) % 2)
		for j := k - 1; j > 1; j -= 2 {
			m *= float64(j)
		}
		return m
	}
	x := normals(2, 1_000_000)
	for k := 1; k <= 8; k++ {
		sum := 0.0
		for _, v := range x {
			sum += math.Pow(v, float64(k))
		}
		variance := moment(2*k) - moment(k)*moment(k)
		numtest.MeanWithin(t, "moment", sum/float64(len(x)), moment(k), math.Sqrt(variance), float64(len(x)))
	}
}

// TestTail counts numbers beyond the start of the ziggurat's tail and beyond 4.5.
func TestTail(t *testing.T) {
	const n = 20_000_000
	r := New(3, "normal")
	x := make([]float64, 1000)
	edges := []float64{3, tailStart, 4.5}
	count := make([]float64, len(edges))
	for range n / len(x) {
		r.Normals(x)
		for _, v := range x {
			for i, e := range edges {
				if math.Abs(v) > e {
					count[i]++
				}
			}
		}
	}
	for i, e := range edges {
		p := math.Erfc(e / math.Sqrt2)
		numtest.MeanWithin(t, "probability of the tail", count[i]/n, p, math.Sqrt(p*(1-p)), n)
	}
}

func TestNormalsAreUncorrelated(t *testing.T) {
	x := normals(4, 500_000)
	for lag := 1; lag <= 4; lag++ {
		sum, squares := 0.0, 0.0
		for i := lag; i < len(x); i++ {
			sum += x[i] * x[i-lag]
			squares += (x[i]*x[i] - 1) * (x[i-lag]*x[i-lag] - 1)
		}
		n := float64(len(x) - lag)
		numtest.MeanWithin(t, "correlation", sum/n, 0, 1, n)
		numtest.MeanWithin(t, "correlation of squares", squares/n, 0, 2, n)
	}
}

func TestNormalsInPiecesAreTheSame(t *testing.T) {
	whole := normals(5, 10_000)
	r := New(5, "normal")
	pieces := make([]float64, len(whole))
	for i := 0; i < len(whole); {
		if i%3 == 0 {
			pieces[i] = r.Normal()
			i++
			continue
		}
		n := min(1+i%17, len(whole)-i)
		r.Normals(pieces[i : i+n])
		i += n
	}
	for i := range whole {
		if whole[i] != pieces[i] {
			t.Fatalf("number %d is %g in pieces and %g at once", i, pieces[i], whole[i])
		}
	}
}
