package markov

import (
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Valid returns the rate matrix nearest to g in the Frobenius norm, with rates ≥ 0 off the diagonal and columns that sum
// to zero, and the distance ‖Q − g‖_F that it moved. ln(P)/τ of counted transitions has some small negative rates.
//
// The columns are projections of their own: Q[i,j] = max(0, g[i,j] − λⱼ) for i ≠ j and Q[j,j] = g[j,j] − λⱼ, with the λⱼ
// that makes the sum zero.
//
// Reference: A. Kreinin and M. Sidelnikova, "Regularization algorithms for transition matrices", Algo Research Quarterly
// 4, 23 (2001).
func Valid(g mat.Matrix) (q *mat.Dense, moved float64) {
	n, c := g.Dims()
	if n != c {
		panic("markov: a generator is square")
	}
	q = mat.NewDense(n, n, nil)
	column := make([]float64, n)
	for j := range n {
		validColumn(mat.Col(column, j, g), j)
		q.SetCol(j, column)
	}
	var d mat.Dense
	d.Sub(q, g)
	return q, mat.Norm(&d, 2)
}

// validColumn projects the column x whose diagonal element is x[j].
func validColumn(x []float64, j int) {
	rates := slices.Delete(slices.Clone(x), j, j+1)
	slices.Sort(rates)
	// With the k largest rates kept, λ is the mean of them and of the diagonal element.
	sum, kept := x[j], 1.0
	for _, r := range slices.Backward(rates) {
		if r <= sum/kept {
			break
		}
		sum, kept = sum+r, kept+1
	}
	exit := 0.0
	for i, v := range x {
		if i != j {
			x[i] = max(0, v-sum/kept)
			exit += x[i]
		}
	}
	x[j] = -exit
}
