package markov

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

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

func TestGivenChainHasNoTrajectory(t *testing.T) {
	q, _ := exactChain(t, 4, 1, 0.2, Naive)
	if _, err := q.CorrelationRateBy(Direct); err == nil {
		t.Error("a chain without a trajectory has a direct estimate")
	}
	if q.Blocks() != 0 {
		t.Error("a chain without a trajectory has blocks")
	}
}
