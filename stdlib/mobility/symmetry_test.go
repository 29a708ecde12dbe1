package mobility

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/systems"
)

func rotation(angle float64, pairs int) *mat.Dense {
	u := mat.NewDense(2*pairs, 2*pairs, nil)
	c, s := math.Cos(angle), math.Sin(angle)
	for i := 0; i < 2*pairs; i += 2 {
		u.Set(i, i, c)
		u.Set(i, i+1, -s)
		u.Set(i+1, i, s)
		u.Set(i+1, i+1, c)
	}
	return u
}

// TestAveragesAreThoseOfTheGroups_LD55_LD56 compares each average with the sum over the group's elements themselves: a mean
// over 8 equal angles is exact for SO(2), and 8 reflections besides for O(2), which leaves αI with β = 0.
func TestAveragesAreThoseOfTheGroups_LD55_LD56(t *testing.T) {
	const pairs = 3
	var turns, both Finite
	flip := mat.NewDense(2*pairs, 2*pairs, nil)
	for i := range 2 * pairs {
		flip.Set(i, i, float64(1-2*(i%2)))
	}
	for k := range 8 {
		u := rotation(math.Pi*float64(k)/4, pairs)
		turns = append(turns, u)
		var v mat.Dense
		v.Mul(u, flip)
		both = append(both, u, &v)
	}
	var shifts Finite
	for s := range 2 * pairs {
		u := mat.NewDense(2*pairs, 2*pairs, nil)
		for i := range 2 * pairs {
			u.Set(i, (i+s)%(2*pairs), 1)
		}
		shifts = append(shifts, u)
	}
	a := random(2*pairs, 1)
	for _, c := range []struct {
		quick Symmetry
		group Finite
	}{{Rotations{}, turns}, {RotationsAndReflections{}, both}, {Circulant{}, shifts}} {
		mean := c.quick.Average(a)
		numtest.Matrix(t, c.quick.String(), mean, c.group.Average(a), 1e-13)
		if d := Defect(c.quick, mean); d > 1e-14 {
			t.Errorf("%v: the average has the defect %g", c.quick, d)
		}
		var rest mat.Dense
		rest.Sub(a, mean)
		numtest.Within(t, "defect", Defect(c.quick, a), mat.Norm(&rest, 2)/mat.Norm(a, 2), 1e-14)
		for _, u := range c.group { // LD (55)
			var moved mat.Dense
			moved.Product(u, mean, u.T())
			numtest.Matrix(t, "U C Uᵀ", &moved, mean, 1e-13)
		}
	}
}

// TestSymmetricEstimate: a rotationally symmetric process in the plane has Φ = αI + βJ. The average is nearer the truth than
// the estimate, its errors are smaller, and the defect is small.
func TestSymmetricEstimate(t *testing.T) {
	o, err := systems.NewOrnsteinUhlenbeck(mat.NewDense(2, 2, []float64{1, -.7, .7, 1}), mat.NewDense(2, 2, []float64{1.4, 0, 0, 1.4}))
	if err != nil {
		t.Fatal(err)
	}
	x := sampled(t, o, 50_000, 0.1, 6)
	plain := estimate(t, x, o.Score(), 50, Options{})
	m := estimate(t, x, o.Score(), 50, Options{Symmetry: Rotations{}})
	within(t, m, o.Mobility())
	if d := Defect(Rotations{}, m.Phi); d > 1e-14 {
		t.Errorf("Φ = %v is not αI + βJ", mat.Formatted(m.Phi))
	}
	if m.Defect == 0 || m.Defect > 0.05 || mat.Norm(m.StdErr, 2) >= mat.Norm(plain.StdErr, 2) {
		t.Errorf("defect %g; errors %g, without the symmetry %g", m.Defect, mat.Norm(m.StdErr, 2), mat.Norm(plain.StdErr, 2))
	}
	if !strings.Contains(m.String(), "SO(2) on pairs") {
		t.Error("the summary does not tell the symmetry")
	}
	q := rateMatrix(t, x, markov.Options{Cells: 20})
	if _, err := Estimate(context.Background(), x, q, o.Score(), Options{Symmetry: Finite{mat.NewDense(3, 3, nil)}}); err == nil || !strings.Contains(err.Error(), "2 coordinates") {
		t.Errorf("error %v", err)
	}
}

// TestMatricesHaveErrors: the five matrices are there in order, and the errors of D and R are those that follow from Φ.
func TestMatricesHaveErrors(t *testing.T) {
	o := rotating(t)
	m := estimate(t, sampled(t, o, 50_000, 0.1, 6), o.Score(), 50, Options{})
	all := m.Matrices()
	if len(all) != 5 {
		t.Fatalf("%d matrices", len(all))
	}
	for _, a := range all {
		if a.A == nil || a.StdErr == nil {
			t.Errorf("%s has no values or no errors", a.Name)
		}
	}
	for i := range 3 {
		numtest.Within(t, "error of D's diagonal", m.Errors.D.At(i, i), m.StdErr.At(i, i), 1e-12)
		numtest.Within(t, "error of R's diagonal", m.Errors.R.At(i, i), 0, 1e-15)
		if d, se := m.D.At(i, i), m.Errors.D.At(i, i); math.Abs(d-o.Mobility().At(i, i)) > numtest.Sigmas*se {
			t.Errorf("D[%d,%d] = %g ± %g", i, i, d, se)
		}
	}
}
