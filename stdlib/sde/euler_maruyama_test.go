package sde

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
)

// TestStrongOrder measures E|X_h(T) − X(T)| against paths refined from the same Wiener increments. For constant B the
// strong order of Euler–Maruyama is 1.
func TestStrongOrder(t *testing.T) {
	const members, end, b = 400, 1.0, 0.8
	dts := []float64{0.1, 0.05, 0.025, 0.0125}
	errors := make([]float64, len(dts))
	s := SDE{Dim: 1, Drift: doubleWell, Noise: Isotropic(b)}
	for i, dt := range dts {
		n := int(math.Round(end / dt))
		obs := simulate(t, s, Run{Dt: dt, Steps: n + 1, Every: n, Ensemble: members, Seed: 5})
		bridge := rng.New(9, "bridge", uint64(i))
		for m := range members {
			reference := finePath(noiseOf(5, m, n), dt, b, int(64*dt/0.0125), &bridge)
			errors[i] += math.Abs(obs.At(2*m + 1)[0]-reference) / members
		}
	}
	// Each error is a mean of |e| over 400 members, known to about 4 %; over a factor 8 in h the slope is known to ±0.05.
	if p := numtest.Order(dts, errors); math.Abs(p-1) > 0.15 {
		t.Errorf("strong order %.3f, want 1; errors %.3g at δt = %v", p, errors, dts)
	}
}

func decay(dst, x []float64) {
	for i, v := range x {
		dst[i] = -v
	}
}

// TestStationaryCovariance compares with the exact covariance of the scheme itself, the fixed point of
// C = (I−Aδt) C (I−Aδt)ᵀ + B Bᵀ δt, at a δt so coarse that the process's own covariance differs visibly.
func TestStationaryCovariance(t *testing.T) {
	const members, dt = 20000, 0.2
	a := mat.NewDense(2, 2, []float64{1, -0.8, 0.9, 0.4})
	b := mat.NewDense(2, 3, []float64{1, 0.2, 0, -0.3, 0.8, 0.5})
	drift := func(dst, x []float64) {
		dst[0] = -a.At(0, 0)*x[0] - a.At(0, 1)*x[1]
		dst[1] = -a.At(1, 0)*x[0] - a.At(1, 1)*x[1]
	}
	want := schemeCovariance(a, b, dt)
	obs := simulate(t, SDE{Dim: 2, Drift: drift, Noise: Matrix(b)}, Run{Dt: dt, Steps: 1, BurnIn: 200, Ensemble: members, Seed: 4})
	for i := range 2 {
		for j := range 2 {
			mean := 0.0
			for m := range members {
				mean += obs.At(m)[i] * obs.At(m)[j] / members
			}
			std := math.Sqrt(want.At(i, i)*want.At(j, j) + want.At(i, j)*want.At(i, j))
			numtest.MeanWithin(t, "covariance", mean, want.At(i, j), std, members)
		}
	}
}

func schemeCovariance(a, b *mat.Dense, dt float64) *mat.Dense {
	step := mat.NewDense(2, 2, []float64{1 - dt*a.At(0, 0), -dt * a.At(0, 1), -dt * a.At(1, 0), 1 - dt*a.At(1, 1)})
	c := mat.NewDense(2, 2, nil)
	for range 2000 {
		var sc, noise mat.Dense
		sc.Mul(step, c)
		c.Mul(&sc, step.T())
		noise.Mul(b, b.T())
		noise.Scale(dt, &noise)
		c.Add(c, &noise)
	}
	return c
}

// TestNoiseMatrices drives one step from rest, so that the state is √δt B ζ itself.
func TestNoiseMatrices(t *testing.T) {
	const dt = 0.25
	still := func(dst, x []float64) { clear(dst) }
	cases := []struct {
		name  string
		noise Noise
		b     *mat.Dense
	}{
		{"isotropic", Isotropic(3), mat.NewDense(2, 2, []float64{3, 0, 0, 3})},
		{"diagonal", Diagonal(1, -2), mat.NewDense(2, 2, []float64{1, 0, 0, -2})},
		{"full", Matrix(mat.NewDense(2, 2, []float64{1, 2, 3, 4})), mat.NewDense(2, 2, []float64{1, 2, 3, 4})},
		{"one source", Matrix(mat.NewDense(2, 1, []float64{1, -1})), mat.NewDense(2, 1, []float64{1, -1})},
	}
	for _, c := range cases {
		obs := simulate(t, SDE{Dim: 2, Drift: still, Noise: c.noise}, Run{Dt: dt, Steps: 3, Seed: 6})
		m := c.noise.Components(2)
		z := noiseOf(6, 0, 2*m)
		want := make([]float64, 2)
		for n := range 2 {
			for i := range want {
				for j := range m {
					want[i] += math.Sqrt(dt) * c.b.At(i, j) * z[n*m+j]
				}
			}
			numtest.Slice(t, c.name, obs.At(n+1), want, 1e-14)
		}
	}
}
