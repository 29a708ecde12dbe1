package score

import (
	"math"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// plainScore has no derivatives of its own, so differences are taken.
type plainScore struct{ Score }

// quarticHessian is the Jacobian of quarticScore.
func quarticHessian(dst, x []float64) {
	dst[0], dst[1], dst[2], dst[3] = -3*x[0]*x[0], 1, 1, -2
}

func mixtureOf(t *testing.T, dim, n int, sigma float64) *Mixture {
	t.Helper()
	x := make([]float64, n*dim)
	draw := rng.New(1, "score test")
	draw.Normals(x)
	series, err := trajectory.New(dim, 1, x)
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewMixture(series, sigma)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every way to a Jacobian against four-point differences of the score itself.
func TestJacobiansAgreeWithDifferences(t *testing.T) {
	exact := quarticScore
	exact.J = quarticHessian
	draw := rng.New(2, "score test")
	for name, c := range map[string]struct {
		s   Score
		tol float64
	}{
		"function": {exact, 1e-9}, "function without": {quarticScore, 1e-9}, "physical": {Physical(exact, scale), 1e-8}, "normalised": {Normalized(exact, scale), 1e-8},
		"differences": {plainScore{exact}, 1e-9}, "mixture": {mixtureOf(t, 2, 300, 0.4), 1e-7}, "mixture in 3": {mixtureOf(t, 3, 300, 0.5), 1e-7},
		"physical mixture": {Physical(mixtureOf(t, 2, 300, 0.5), scale), 1e-7},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.s.Dim()
			x := make([]float64, 20*d)
			draw.Normals(x)
			j, div := make([]float64, 20*d*d), make([]float64, 20)
			JacobianTo(j, x, c.s)
			DivergenceTo(div, x, c.s)
			for k := range 20 {
				trace, size := 0.0, 0.0
				for i := range d {
					want := numtest.Gradient(func(x []float64) float64 {
						s := make([]float64, d)
						c.s.ScoreTo(s, x)
						return s[i]
					}, x[k*d:(k+1)*d])
					numtest.Slice(t, "row of the Jacobian", j[(k*d+i)*d:][:d], want, c.tol)
					trace += want[i]
					size += math.Abs(want[i])
				}
				numtest.Within(t, "divergence", div[k], trace, c.tol*max(1, size))
			}
		})
	}
}

// Far from every sample the mixture is one Gaussian: its Jacobian is −1/σ².
func TestMixtureJacobianFarAway(t *testing.T) {
	m := mixtureOf(t, 1, 50, 0.1)
	if m.KernelWidth() != 0.1 {
		t.Errorf("kernel width %v", m.KernelWidth())
	}
	j := make([]float64, 1)
	m.JacobianTo(j, []float64{80})
	numtest.Within(t, "Jacobian", j[0], -100, 1e-6)
}

func TestDerivativesDoNotAllocate(t *testing.T) {
	m := mixtureOf(t, 2, 300, 0.4)
	x, j, div := make([]float64, 2*50), make([]float64, 4*50), make([]float64, 50)
	for _, s := range []Score{m, Physical(m, scale), plainScore{m}, quarticScore} {
		if n := testing.AllocsPerRun(20, func() {
			JacobianTo(j, x, s)
			DivergenceTo(div, x, s)
		}); n > 4 {
			t.Errorf("%T: %v allocations", s, n)
		}
	}
}
