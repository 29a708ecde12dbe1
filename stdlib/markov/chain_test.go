package markov

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

// exactChain returns the chain of a known generator seen over a lag without any counting noise, with n×dim random
// centroids, and the generator, column-oriented.
func exactChain(t *testing.T, n, dim int, tau float64, m Method) (*RateMatrix, *mat.Dense) {
	t.Helper()
	generator := randomGenerator(n, 2, uint64(n))
	var scaled, p mat.Dense
	scaled.Scale(tau, generator)
	p.Exp(&scaled)
	q := &RateMatrix{Method: m, Dim: dim, Lag: 1, Tau: tau, P: sparseOf(&p), Transitions: math.Inf(1), Cells: n}
	q.Pi = make([]float64, n)
	for j := range q.Pi {
		q.Pi[j] = 1 / float64(n)
	}
	pi, err := q.Stationary()
	if err != nil {
		t.Fatal(err)
	}
	q.Pi = pi
	r := rand.New(rand.NewPCG(9, uint64(n)))
	for range n * dim {
		q.Centroids = append(q.Centroids, r.NormFloat64())
	}
	if err := q.project(context.Background()); err != nil {
		t.Fatal(err)
	}
	return q, generator
}

// correlationOf returns X e^{Gt} Π Xᵀ, or X G Π Xᵀ for t < 0, densely.
func correlationOf(q *RateMatrix, g *mat.Dense, t float64) *mat.Dense {
	n := len(q.Pi)
	x := mat.NewDense(n, q.Dim, append([]float64(nil), q.Centroids...))
	mean := weightedMean(q.Centroids, q.Pi, q.Dim)
	weighted := mat.NewDense(n, q.Dim, nil)
	for j := range n {
		for a := range q.Dim {
			x.Set(j, a, x.At(j, a)-mean[a])
			weighted.Set(j, a, x.At(j, a)*q.Pi[j])
		}
	}
	propagator := g
	if t >= 0 {
		var scaled, e mat.Dense
		scaled.Scale(t, g)
		e.Exp(&scaled)
		propagator = &e
	}
	var c mat.Dense
	c.Product(x.T(), propagator, weighted)
	return &c
}

func TestLogarithmExactOnExactChain(t *testing.T) {
	for _, n := range []int{2, 3, 20, 60} {
		q, g := exactChain(t, n, 2, 0.3, CellLogarithm)
		c, err := q.CorrelationRate()
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "Ċ by Krylov", c, correlationOf(q, g, -1), 2e-5)
		dense, err := q.Generator(CellLogarithm)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "dense generator", dense, g, 1e-10)
		for _, lag := range []float64{0, 0.3, 2} {
			got, err := q.Correlation(lag)
			if err != nil {
				t.Fatal(err)
			}
			want := correlationOf(q, g, lag)
			if d := largestDifference(got, want); d > 2e-5 {
				t.Errorf("n=%d: C(%g) is off by %g", n, lag, d)
			}
		}
	}
}

// TestCompleteKrylovSpaceIsExact: with as many vectors as states nothing is left to settle.
func TestCompleteKrylovSpaceIsExact(t *testing.T) {
	q, g := exactChain(t, 5, 2, 0.3, CellLogarithm)
	if q.Krylov.Stop != Complete || q.Krylov.Vectors != 4 {
		t.Fatalf("%+v; the coordinates less their means live in 4 dimensions", q.Krylov)
	}
	c, _ := q.CorrelationRate()
	numtest.Matrix(t, "Ċ", c, correlationOf(q, g, -1), 1e-11)
}

// TestKnownChainIsRecovered samples a jump process of 20 states at a lag and wants its rates back. To first order
// δG = δP P⁻¹/τ, and the columns of δP are independent multinomials, so that the standard error of G[i,k] is
// √(Σⱼ P[i,j](1−P[i,j])/Nⱼ (P⁻¹)[j,k]²)/τ.
func TestKnownChainIsRecovered(t *testing.T) {
	const n, tau, samples = 20, 0.1, 400_000
	exact, g := exactChain(t, n, 2, tau, CellLogarithm)
	labels := sampleChain(exact.P.Dense(), samples)
	counts, err := Count(labels, n, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	q, err := New(counts, exact.Centroids, tau, CellLogarithm)
	if err != nil {
		t.Fatal(err)
	}
	dense, err := q.Generator(CellLogarithm)
	if err != nil {
		t.Fatal(err)
	}
	var inverse mat.Dense
	if err := inverse.Inverse(exact.P); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		for k := range n {
			variance := 0.0
			for j := range n {
				p, w := exact.P.At(i, j), inverse.At(j, k)
				variance += p * (1 - p) / (samples * exact.Pi[j]) * w * w
			}
			se := math.Sqrt(variance) / tau
			if d := math.Abs(dense.At(i, k) - g.At(i, k)); d > numtest.Sigmas*se {
				t.Errorf("rate %d→%d = %.3g, want %.3g ± %.2g", k, i, dense.At(i, k), g.At(i, k), se)
			}
		}
	}
	c, err := q.CorrelationRate()
	if err != nil {
		t.Fatal(err)
	}
	var oracle mat.Dense
	oracle.CloneFrom(dense)
	numtest.Matrix(t, "Ċ by Krylov against the dense logarithm", c, correlationOf(q, &oracle, -1), 1e-4)
}

// sampleChain draws a series of states with the transition probabilities p, from column to row.
func sampleChain(p *mat.Dense, samples int) []int32 {
	r := rand.New(rand.NewPCG(4, 4))
	n, _ := p.Dims()
	labels := make([]int32, samples)
	for k := 1; k < samples; k++ {
		u, i := r.Float64(), 0
		for ; i < n-1; i++ {
			if u -= p.At(i, int(labels[k-1])); u < 0 {
				break
			}
		}
		labels[k] = int32(i)
	}
	return labels
}
