package score

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestLinearFulfilsTheSteinIdentity(t *testing.T) {
	s := Func{D: 2, F: func(dst, x []float64) { dst[0], dst[1] = math.Sin(x[0])-x[1], x[0]*x[1] }}
	x := []float64{1, 2, -0.5, 0.3, 0.7, -1.1, 2, 0.4, -1.3, -0.2}
	average := func(s Score) (v, c *mat.Dense) {
		y := make([]float64, len(x))
		s.ScoreTo(y, x)
		v, c = new(mat.Dense), new(mat.Dense)
		a, b := mat.NewDense(5, 2, y), mat.NewDense(5, 2, x)
		v.Mul(a.T(), b)
		c.Mul(b.T(), b)
		v.Scale(0.2, v)
		c.Scale(0.2, c)
		return v, c
	}
	v, c := average(s)
	for i := range 2 {
		v.Set(i, i, v.At(i, i)+1)
	}
	var inverse, b mat.Dense
	if err := inverse.Inverse(c); err != nil {
		t.Fatal(err)
	}
	b.Mul(v, &inverse)
	got, _ := average(Linear(s, &b))
	if !mat.EqualApprox(got, mat.NewDense(2, 2, []float64{-1, 0, 0, -1}), 1e-12) {
		t.Errorf("V = %v", mat.Formatted(got))
	}
}
