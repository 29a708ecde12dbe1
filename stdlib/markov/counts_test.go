package markov

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

func TestCountByHand(t *testing.T) {
	labels := []int32{0, 1, 1, 2, 0 /* next run */, 2, 2, 1}
	for _, c := range []struct {
		lag  int
		lens []int
		want []float64 // N[i,j], j→i, by rows
	}{
		{1, []int{5, 3}, []float64{0, 0, 1, 1, 1, 1, 0, 1, 1}},
		{2, []int{5, 3}, []float64{0, 1, 0, 1, 0, 1, 0, 1, 0}},
		{1, nil, []float64{0, 0, 1, 1, 1, 1, 1, 1, 1}},
		{4, []int{5, 3}, []float64{1, 0, 0, 0, 0, 0, 0, 0, 0}},
	} {
		got, err := Count(labels, 3, c.lag, c.lens)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "counts", got.N, mat.NewDense(3, 3, c.want), 0)
	}
}

func TestCountRejects(t *testing.T) {
	for _, c := range []struct {
		labels     []int32
		cells, lag int
		lens       []int
		says       string
	}{
		{nil, 3, 1, nil, "no labels"},
		{[]int32{0, 3}, 3, 1, nil, "label 3 of sample 1"},
		{[]int32{0, -1}, 3, 1, nil, "label -1"},
		{[]int32{0, 1}, 3, 2, nil, "longer than the lag"},
		{[]int32{0, 1}, 3, 0, nil, "lag of 0"},
		{[]int32{0, 1}, 0, 1, nil, "0 cells"},
		{[]int32{0, 1}, 3, 1, []int{1}, "1 samples, the labels are 2"},
	} {
		_, err := Count(c.labels, c.cells, c.lag, c.lens)
		if err == nil || !strings.HasPrefix(err.Error(), "markov: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v does not say %q", c.labels, err, c.says)
		}
	}
}

func TestMergeEqualsCountingTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	labels := make([]int32, 2000)
	for k := range labels {
		labels[k] = int32(r.IntN(40))
	}
	whole, err := Count(labels, 40, 3, []int{700, 1300})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := Count(labels[:700], 40, 3, nil)
	b, _ := Count(labels[700:], 40, 3, nil)
	if err := a.Merge(b); err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "merged counts", a.N, whole.N, 0)
	numtest.Matrix(t, "counts taken away again", a.N.combined(-1, b.N), whole.N.combined(-1, b.N), 0)
	if c, _ := Count(labels, 41, 3, nil); a.Merge(c) == nil {
		t.Error("counts over other cells merge")
	}
}

// TestComponentsAgainstReachability compares Tarjan's components with the closure of a random sparse graph.
func TestComponentsAgainstReachability(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 30; n++ {
		d := mat.NewDense(n, n, nil)
		for range n + n/3 {
			d.Set(r.IntN(n), r.IntN(n), 1)
		}
		reach := closure(d)
		of, count := components(sparseOf(d))
		seen := map[int32]bool{}
		for i := range n {
			seen[of[i]] = true
			for j := range n {
				together := i == j || reach[i][j] && reach[j][i]
				if together != (of[i] == of[j]) {
					t.Fatalf("n=%d: cells %d and %d", n, i, j)
				}
			}
		}
		if len(seen) != count {
			t.Fatalf("n=%d: %d components, said %d", n, len(seen), count)
		}
	}
}

func closure(d *mat.Dense) [][]bool {
	n, _ := d.Dims()
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		for j := range n {
			reach[i][j] = d.At(i, j) != 0
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
			}
		}
	}
	return reach
}

// sparseOf returns the non-zero elements of a dense matrix.
func sparseOf(d *mat.Dense) *Sparse {
	r, c := d.Dims()
	s := &Sparse{Rows: r, Cols: c, Start: make([]int, 1, c+1)}
	for j := range c {
		for i := range r {
			s.push(int32(i), d.At(i, j))
		}
		s.Start = append(s.Start, len(s.Row))
	}
	return s
}
