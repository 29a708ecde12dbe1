package systems

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/score"
)

// The exact Jacobians against differences of the exact scores.
func TestJacobiansOfExactScores(t *testing.T) {
	o, err := NewOrnsteinUhlenbeck(mat.NewDense(2, 2, []float64{1, 0.5, -0.7, 2}), mat.NewDense(2, 2, []float64{1, 0, 0.3, 1}))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []score.Score{DoubleWell{}.Score(), AsymmetricPotential{}.Score(), o.Score()} {
		d := s.Dim()
		x := []float64{0.3, -1.2}[:d]
		j := make([]float64, d*d)
		score.JacobianTo(j, x, s)
		for i := range d {
			want := numtest.Gradient(func(x []float64) float64 {
				v := make([]float64, d)
				s.ScoreTo(v, x)
				return v[i]
			}, x)
			numtest.Slice(t, "row of the Jacobian", j[i*d:(i+1)*d], want, 1e-9)
		}
	}
}
