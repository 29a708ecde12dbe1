package mobility

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
)

func random(n int, seed uint64) *mat.Dense {
	r := rand.New(rand.NewPCG(seed, 1))
	a := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			a.Set(i, j, r.NormFloat64())
		}
	}
	return a
}

// withDiagonal adds v to the diagonal.
func withDiagonal(a *mat.Dense, v float64) *mat.Dense {
	n, _ := a.Dims()
	for i := range n {
		a.Set(i, i, a.At(i, i)+v)
	}
	return a
}

func TestSolveIsFromTheRight(t *testing.T) {
	phi, v := random(4, 1), withDiagonal(random(4, 2), 4)
	var rate mat.Dense
	rate.Mul(phi, v)
	got, err := solve(&rate, v)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "Φ", got, phi, 1e-12)
	if _, err := solve(&rate, mat.NewDense(4, 4, nil)); err == nil || !strings.Contains(err.Error(), "singular") {
		t.Errorf("V = 0 gives the error %v", err)
	}
}

func TestParts(t *testing.T) {
	m, err := New(withDiagonal(random(5, 3), 6), nil)
	if err != nil {
		t.Fatal(err)
	}
	var sum, square mat.Dense
	sum.Add(m.D, m.R)
	numtest.Matrix(t, "D + R", &sum, m.Phi, 1e-15)
	square.Mul(m.Sigma, m.Sigma.T())
	numtest.Matrix(t, "ΣΣᵀ", &square, m.D, 1e-14)
	numtest.Matrix(t, "Dᵀ", m.D.T(), m.D, 0)
	sum.Add(m.R, m.R.T())
	numtest.Matrix(t, "R + Rᵀ", &sum, mat.NewDense(5, 5, nil), 0)
	for i := range 5 {
		for j := i + 1; j < 5; j++ {
			if m.Sigma.At(i, j) != 0 {
				t.Fatal("Σ is not lower triangular")
			}
		}
	}
	if !math.IsNaN(m.SteinError()) || strings.Contains(m.String(), "Ċ") {
		t.Error("a given Φ tells of an estimate")
	}
}

func TestShiftMakesDPositive(t *testing.T) {
	phi := mat.NewDense(2, 2, []float64{2, 1.5, -.5, -.25})
	m := &Mobility{Phi: mat.DenseCopyOf(phi)}
	if err := m.split(1e-3); err != nil {
		t.Fatal(err)
	}
	root := math.Sqrt(1.125*1.125 + .25) // eigenvalues of [[2, .5], [.5, −.25]]: .875 ± root
	numtest.Within(t, "shift", m.Shift, root-.875+1e-3*(root+.875), 1e-14)
	var square, back mat.Dense
	square.Mul(m.Sigma, m.Sigma.T())
	numtest.Matrix(t, "ΣΣᵀ", &square, m.D, 1e-12)
	back.Add(m.D, m.R)
	numtest.Matrix(t, "D + R", &back, m.Phi, 1e-15)
	numtest.Matrix(t, "Φ", m.Phi, withDiagonal(phi, m.Shift), 1e-15)
	if !strings.Contains(m.String(), "was added to the diagonal") {
		t.Errorf("the shift is not told:\n%s", m)
	}
	if _, err := New(mat.NewDense(2, 2, []float64{2, 0, 0, -1}), nil); err == nil {
		t.Error("a given D with a negative eigenvalue is accepted")
	}
	negative := &Mobility{Phi: mat.NewDense(1, 1, []float64{-1})}
	if err := negative.split(1e-3); err == nil || !strings.Contains(err.Error(), "not its negative") {
		t.Errorf("a negative D gives the error %v", err)
	}
}

// TestPhysical: the relation Φ V = Ċ and the parts hold in either coordinates.
func TestPhysical(t *testing.T) {
	scale := &trajectory.Scale{Mean: []float64{3, -1, 0}, Std: []float64{2, .1, 30}}
	m, err := New(withDiagonal(random(3, 5), 4), scale)
	if err != nil {
		t.Fatal(err)
	}
	m.V = withDiagonal(random(3, 6), -5)
	m.CDot = mat.NewDense(3, 3, nil)
	m.CDot.Mul(m.Phi, m.V)
	p := m.Physical()
	var product, square, sum mat.Dense
	product.Mul(p.Phi, p.V)
	numtest.Matrix(t, "Φ V", &product, p.CDot, 1e-13)
	square.Mul(p.Sigma, p.Sigma.T())
	numtest.Matrix(t, "ΣΣᵀ", &square, p.D, 1e-13)
	sum.Add(p.D, p.R)
	numtest.Matrix(t, "D + R", &sum, p.Phi, 1e-14)
	numtest.Within(t, "Φ₁₃", p.Phi.At(0, 2), 60*m.Phi.At(0, 2), 1e-13)
	numtest.Within(t, "Σ₃₁", p.Sigma.At(2, 0), 30*m.Sigma.At(2, 0), 1e-13)
	if p.Scale != nil || p.Physical() != p {
		t.Error("physical coordinates have a scale")
	}
}

func TestSummary(t *testing.T) {
	m, err := New(withDiagonal(random(12, 8), 12), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.HTML(); strings.Count(s, "<table>") != 5 || !strings.Contains(s, "12 rows in all") {
		t.Errorf("HTML: %s", s)
	}
	m, err = New(mat.NewDense(1, 1, []float64{1.8176}), nil)
	if err != nil {
		t.Fatal(err)
	}
	m.StdErr = mat.NewDense(1, 1, []float64{0.0213})
	if s := m.String(); !strings.Contains(s, "1.818 ± 0.02") {
		t.Errorf("text: %s", s)
	}
}
