package markov

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

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
