package systems

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/sde"
)

// random returns a stable process of d dimensions.
func random(t testing.TB, d int) *OrnsteinUhlenbeck {
	t.Helper()
	r := rng.New(uint64(d), "test")
	a, b := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil)
	r.Normals(a.RawMatrix().Data)
	r.Normals(b.RawMatrix().Data)
	for i := range d {
		a.Set(i, i, a.At(i, i)+2*math.Sqrt(float64(d)))
	}
	o, err := NewOrnsteinUhlenbeck(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCovarianceSolvesTheLyapunovEquation(t *testing.T) {
	for _, o := range []*OrnsteinUhlenbeck{{}, rotated(t), random(t, 3), random(t, 30)} {
		a, b, c := o.matrices()
		var ac, sum, want mat.Dense
		ac.Mul(a, c)
		sum.Add(&ac, ac.T())
		want.Mul(b, b.T())
		numtest.Matrix(t, "A C + C Aᵀ", &sum, &want, 1e-12)
	}
}

func TestMobilityIsMinusTheSlopeOfTheCorrelation(t *testing.T) {
	o := rotated(t)
	const h = 1e-3
	slope := mat.NewDense(2, 2, nil)
	for i := range 2 {
		for j := range 2 {
			c := func(k float64) float64 { return o.Correlation(k*h).At(i, j) }
			slope.Set(i, j, (25*c(0)-48*c(1)+36*c(2)-16*c(3)+3*c(4))/(12*h))
		}
	}
	numtest.Matrix(t, "Φ", o.Mobility(), slope, 1e-8)
}

// TestCorrelationAgainstSimulation correlates x(τ) with x(0) over independent members. The Euler–Maruyama process is
// itself linear, so its exact correlation (I−Aδt)ⁿ C_δt is known; at this δt it is within δt·|A| of the process's own.
func TestCorrelationAgainstSimulation(t *testing.T) {
	const members, dt, steps = 20000, 0.01, 60
	o := rotated(t)
	r := sde.Run{Dt: dt, Steps: steps + 1, Every: steps, BurnIn: 2500, Ensemble: members, Seed: 11}
	obs, err := sde.Simulate(context.Background(), o.SDE(), r)
	if err != nil {
		t.Fatal(err)
	}
	want := o.Correlation(steps * dt)
	c := o.Covariance()
	for i := range 2 {
		for j := range 2 {
			sum := 0.0
			for start := range obs.Runs() {
				sum += obs.At(start + 1)[i] * obs.At(start)[j]
			}
			// The variance of a product of two jointly Gaussian numbers (Isserlis).
			std := math.Sqrt(c.At(i, i)*c.At(j, j) + want.At(i, j)*want.At(i, j))
			bias := dt * c.At(i, i)
			if d := math.Abs(sum/members - want.At(i, j)); d > numtest.Sigmas*std/math.Sqrt(members)+bias {
				t.Errorf("C[%d,%d](τ) = %g, want %g", i, j, sum/members, want.At(i, j))
			}
		}
	}
	numtest.Matrix(t, "C(−τ)", o.Correlation(-0.6), o.Correlation(0.6).T(), 0)
}

func TestProcessesThatAreNotStationary(t *testing.T) {
	one := mat.NewDense(1, 1, []float64{1})
	cases := []struct {
		name, says string
		a, b       *mat.Dense
	}{
		{"growth", "eigenvalue", mat.NewDense(1, 1, []float64{-1}), one},
		{"pure rotation", "eigenvalue", mat.NewDense(2, 2, []float64{0, 1, -1, 0}), diagonal(2, 1)},
		{"no noise", "noise", diagonal(2, 1), mat.NewDense(2, 1, []float64{1, 0})},
		{"shape", "square", mat.NewDense(1, 2, nil), one},
		{"NaN", "finite", mat.NewDense(1, 1, []float64{math.NaN()}), one},
	}
	for _, c := range cases {
		if _, err := NewOrnsteinUhlenbeck(c.a, c.b); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one about %q", c.name, err, c.says)
		}
	}
}
