package markov

import (
	"math"
	"math/rand/v2"
	"strings"
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
	if err := q.project(); err != nil {
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

func TestColumnsAreSources(t *testing.T) {
	// 0→1→2→0 with stays: the flow goes up the labels.
	labels := []int32{0, 0, 1, 1, 1, 2, 0, 1, 2, 2, 0}
	c, err := Count(labels, 3, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	q, err := New(c, []float64{0, 1, 2}, 0.5, Naive)
	if err != nil {
		t.Fatal(err)
	}
	for j, s := range q.P.columnSums() {
		numtest.Within(t, "column sum of P", s, 1, 1e-15)
		if q.P.At((j+1)%3, j) == 0 || q.P.At((j+2)%3, j) != 0 {
			t.Errorf("P[i,%d] does not lead from %d to %d", j, j, (j+1)%3)
		}
	}
	for _, m := range []Method{Naive, PerState, MeanDiagonal} {
		rates, err := q.Rates(m)
		if err != nil {
			t.Fatal(err)
		}
		for j, s := range rates.columnSums() {
			numtest.Within(t, "column sum of Q", s, 0, 1e-14)
			if rates.At((j+1)%3, j) <= 0 || rates.At(j, j) >= 0 {
				t.Errorf("%v: Q[%d,%d] is not a rate %d→%d", m, (j+1)%3, j, j, (j+1)%3)
			}
		}
	}
	rates, _ := q.Rates(Naive)
	numtest.Within(t, "naive rate 1→2", rates.At(2, 1), (2.0/4)/0.5, 1e-15)
	rates, _ = q.Rates(PerState)
	numtest.Within(t, "diagonal by LD (71)", rates.At(1, 1), math.Log(0.5)/0.5, 1e-14)
	rates, _ = q.Rates(MeanDiagonal)
	stay := []float64{1.0 / 3, 0.5, 1.0 / 3}
	logs, leaves := 0.0, 0.0
	for _, p := range stay {
		logs, leaves = logs-math.Log(p), leaves+1-p
	}
	numtest.Within(t, "mean-diagonal rate 1→2", rates.At(2, 1), 0.5/0.5*logs/leaves, 1e-14)
}

// TestRatesHaveTheCorrelationRateOfTheirGenerator compares the sum over rates with the dense product.
func TestRatesHaveTheCorrelationRateOfTheirGenerator(t *testing.T) {
	q, _ := exactChain(t, 12, 3, 0.4, Naive)
	for _, m := range []Method{Naive, PerState, MeanDiagonal} {
		rates, err := q.Rates(m)
		if err != nil {
			t.Fatal(err)
		}
		c, err := q.CorrelationRateBy(m)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "Ċ", c, correlationOf(q, rates.Dense(), -1), 1e-12)
	}
	got, err := q.Correlation(1.5)
	if err != nil {
		t.Fatal(err)
	}
	rates, _ := q.Rates(Naive)
	numtest.Matrix(t, "C(1.5) by Krylov", got, correlationOf(q, rates.Dense(), 1.5), 1e-4)
}

func TestStationaryIsTheNullVector(t *testing.T) {
	q, g := exactChain(t, 30, 1, 0.2, Naive)
	var flow mat.VecDense
	flow.MulVec(g, mat.NewVecDense(30, q.Pi))
	if n := mat.Norm(&flow, 2); n > 1e-11 {
		t.Errorf("‖Qπ‖ = %g", n)
	}
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

func TestEndsOfRunsAreLeftOut(t *testing.T) {
	labels := append(sampleChain(mat.NewDense(2, 2, []float64{.7, .4, .3, .6}), 1000), 2) // ends in a cell of its own
	c, err := Count(labels, 4, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	q, err := New(c, []float64{-1, 1, 5, 7}, 1, CellLogarithm)
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Pi) != 2 || q.Cells != 4 || math.Abs(q.LeftOut-0.001) > 1e-12 {
		t.Errorf("%d states, %g left out; want the two connected ones and one transition of 1000", len(q.Pi), q.LeftOut)
	}
	for _, want := range []string{"2 of 4 cells", "0.1 %"} {
		if !strings.Contains(q.String(), want) || !strings.Contains(q.HTML(), want) {
			t.Errorf("the summary lacks %q:\n%s", want, q)
		}
	}
}

func TestDisconnectedChainIsAnError(t *testing.T) {
	c, err := Count([]int32{0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2}, 4, 1, []int{6, 5})
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(c, []float64{0, 1, 2, 3}, 1, Naive)
	if err == nil || !strings.Contains(err.Error(), "fall into 2 sets") {
		t.Errorf("error %v does not tell of the two sets", err)
	}
	c, _ = Count([]int32{1, 1, 1, 1}, 4, 1, nil)
	if _, err = New(c, []float64{0, 1, 2, 3}, 1, Naive); err == nil || !strings.Contains(err.Error(), "stays in 1 of 4") {
		t.Errorf("error %v does not tell of the single cell", err)
	}
}

func TestGivenChainHasNoTrajectory(t *testing.T) {
	q, _ := exactChain(t, 4, 1, 0.2, Naive)
	if _, err := q.CorrelationRateBy(Direct); err == nil {
		t.Error("a chain without a trajectory has a direct estimate")
	}
	if q.Blocks() != 0 {
		t.Error("a chain without a trajectory has blocks")
	}
}
