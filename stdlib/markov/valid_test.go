package markov

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

// TestValidIsTheNearestRateMatrix: the projection fulfils the conditions, leaves a rate matrix alone, and the difference
// from what it projects makes an obtuse angle with the way to any other rate matrix, which makes it the nearest.
func TestValidIsTheNearestRateMatrix(t *testing.T) {
	const n = 12
	r := rand.New(rand.NewPCG(2, 2))
	g := mat.DenseCopyOf(randomGenerator(n, 1, 5))
	same, moved := Valid(g)
	numtest.Matrix(t, "a rate matrix", same, g, 1e-14)
	if moved > 1e-13 {
		t.Errorf("moved by %g", moved)
	}
	for i := range n {
		for j := range n {
			g.Set(i, j, g.At(i, j)+0.5*r.NormFloat64())
		}
	}
	q, moved := Valid(g)
	var way mat.Dense
	way.Sub(g, q)
	numtest.Within(t, "distance", moved, mat.Norm(&way, 2), 1e-14)
	for j := range n {
		sum := 0.0
		for i := range n {
			if sum += q.At(i, j); i != j && q.At(i, j) < 0 {
				t.Errorf("rate %d→%d is %g", j, i, q.At(i, j))
			}
		}
		numtest.Within(t, "column sum", sum, 0, 1e-13)
	}
	for seed := range uint64(50) {
		other := randomGenerator(n, 1+float64(seed), 100+seed)
		angle := 0.0
		for i := range n {
			for j := range n {
				angle += way.At(i, j) * (other.At(i, j) - q.At(i, j))
			}
		}
		if angle > 1e-12 {
			t.Errorf("rate matrix %d is nearer: %g", seed, angle)
		}
	}
}

// TestReversibleFulfilsDetailedBalanceAndLikelihood: flows are symmetric; a chain counted forth and back is its own
// reversible estimate; and no symmetric change of the flows raises the likelihood.
func TestReversibleFulfilsDetailedBalanceAndLikelihood(t *testing.T) {
	exact, _ := exactChain(t, 8, 1, 0.3, CellLogarithm)
	counts, err := Count(sampleChain(exact.P.Dense(), 3000), 8, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	q, err := New(counts, exact.Centroids, 0.3, Naive)
	if err != nil {
		t.Fatal(err)
	}
	rev, err := q.Reversible(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	flow := mat.NewDense(8, 8, nil)
	for i := range 8 {
		for j := range 8 {
			flow.Set(i, j, rev.P.At(i, j)*rev.Pi[j])
		}
	}
	numtest.Matrix(t, "flow", flow, flow.T(), 1e-8)
	best := logLikelihood(counts.N, flow)
	r := rand.New(rand.NewPCG(1, 3))
	for range 200 {
		other := mat.DenseCopyOf(flow)
		for i := range 8 {
			for j := range i + 1 {
				v := flow.At(i, j) * math.Exp(1e-3*r.NormFloat64())
				other.Set(i, j, v)
				other.Set(j, i, v)
			}
		}
		if l := logLikelihood(counts.N, other); l > best+1e-9 {
			t.Fatalf("another reversible chain is likelier by %g", l-best)
		}
	}
	both := &Counts{Lag: 1, N: counts.N.combined(1, counts.N.transposed())}
	if q, err = New(both, exact.Centroids, 0.3, Naive); err != nil {
		t.Fatal(err)
	}
	if rev, err = q.Reversible(context.Background()); err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "P of symmetric counts", rev.P, q.P, 1e-8)
	numtest.Slice(t, "π of symmetric counts", rev.Pi, q.Pi, 1e-8)
}

// logLikelihood is Σ N[i,j] ln P[i,j] for the flows P[i,j] πⱼ.
func logLikelihood(n *Sparse, flow *mat.Dense) float64 {
	sum := 0.0
	for j := range n.Cols {
		column := mat.Sum(flow.ColView(j))
		rows, vals := n.Column(j)
		for k, i := range rows {
			sum += vals[k] * math.Log(flow.At(int(i), j)/column)
		}
	}
	return sum
}

// TestHoldingTimesOfAJumpProcess: at a lag of one sample the holding-time rate matrix is the naive one, up to the ends of
// the runs; and it does not depend on the lag.
func TestHoldingTimesOfAJumpProcess(t *testing.T) {
	s := ornsteinUhlenbeck(t, 20_000, 0.1)
	q := estimate(t, s, Options{Cells: 15, Method: HoldingTime})
	holding, err := q.Rates(HoldingTime)
	if err != nil {
		t.Fatal(err)
	}
	naive, err := q.Rates(Naive)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "rates", holding, naive, 2e-3)
	for _, sum := range holding.columnSums() {
		numtest.Within(t, "column sum", sum, 0, 1e-12)
	}
	longer, err := q.AtLag(context.Background(), 3)
	if err != nil {
		t.Fatal(err)
	}
	again, err := longer.Rates(HoldingTime)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "rates at another lag", again, holding, 0)
}
