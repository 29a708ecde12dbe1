package mobility

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/score"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// mean is E[f] over the density ∝ p on a square, D×D values of f by rows: the trapezium rule, exact to rounding for densities
// that vanish at its border.
func mean(p func(x []float64) float64, f func(dst, x []float64)) *mat.Dense {
	const edge, n = 4.0, 401
	sum, total, v := mat.NewDense(2, 2, nil), 0.0, make([]float64, 4)
	for i := range n {
		for j := range n {
			x := []float64{edge * (2*float64(i)/(n-1) - 1), edge * (2*float64(j)/(n-1) - 1)}
			w := p(x)
			f(v, x)
			for k, a := range v {
				sum.RawMatrix().Data[k] += w * a
			}
			total += w
		}
	}
	sum.Scale(1/total, sum)
	return sum
}

// times writes a bᵀ for vectors of two components.
func times(dst, a, b []float64) {
	for i := range 2 {
		for j := range 2 {
			dst[2*i+j] = a[i] * b[j]
		}
	}
}

// TestSteinIdentity_LD31: ⟨s xᵀ⟩ = −I, by quadrature.
func TestSteinIdentity_LD31(t *testing.T) {
	system := systems.AsymmetricPotential{}
	s := make([]float64, 2)
	got := mean(system.Density(), func(dst, x []float64) {
		system.Score().ScoreTo(s, x)
		times(dst, s, x)
	})
	numtest.Matrix(t, "⟨s xᵀ⟩", got, mat.NewDense(2, 2, []float64{-1, 0, 0, -1}), 1e-10)
}

// TestMeanRotation_LD35: with g = R s + ∇·R for R = r(x) J, r = 1 + x₁² − x₁x₂/2, ⟨g xᵀ⟩ = −⟨R⟩, by quadrature.
func TestMeanRotation_LD35(t *testing.T) {
	system := systems.AsymmetricPotential{}
	rate := func(x []float64) float64 { return 1 + x[0]*x[0] - x[0]*x[1]/2 }
	s := make([]float64, 2)
	got := mean(system.Density(), func(dst, x []float64) {
		system.Score().ScoreTo(s, x)
		r := rate(x) // R = [[0, −r], [r, 0]]: (∇·R)₁ = −∂₂r, (∇·R)₂ = ∂₁r
		times(dst, []float64{-r*s[1] + x[0]/2, r*s[0] + 2*x[0] - x[1]/2}, x)
	})
	want := mean(system.Density(), func(dst, x []float64) {
		r := rate(x)
		copy(dst, []float64{0, r, -r, 0})
	})
	numtest.Matrix(t, "⟨g xᵀ⟩", got, want, 1e-10)
}

// TestSteinIdentityOfAMixture_LD36: E[s_σ yᵀ] = −I over p_σ itself, for the kernel mixture of five points, LD (21)–(22).
func TestSteinIdentityOfAMixture_LD36(t *testing.T) {
	const sigma = 0.4
	points := []float64{-1, .5, .3, .2, .8, -.9, -.2, 1.1, .6, .4}
	kernel := func(x, c []float64) float64 {
		return math.Exp(-((x[0]-c[0])*(x[0]-c[0]) + (x[1]-c[1])*(x[1]-c[1])) / (2 * sigma * sigma))
	}
	density := func(x []float64) float64 {
		sum := 0.0
		for k := 0; k < len(points); k += 2 {
			sum += kernel(x, points[k:])
		}
		return sum
	}
	got := mean(density, func(dst, x []float64) {
		s, p := []float64{0, 0}, density(x)
		for k := 0; k < len(points) && p > 0; k += 2 {
			w := kernel(x, points[k:]) / p
			s[0] -= w * (x[0] - points[k]) / (sigma * sigma)
			s[1] -= w * (x[1] - points[k+1]) / (sigma * sigma)
		}
		times(dst, s, x)
	})
	numtest.Matrix(t, "E[s_σ yᵀ]", got, mat.NewDense(2, 2, []float64{-1, 0, 0, -1}), 1e-10)
}

// TestBiasOnCleanSamples_LD40: ⟨s_σ x⟩ = −1 + (σ²/2)⟨(p″/p)′ x⟩ + O(σ⁴) for the double well, by quadrature. Halving σ must
// divide what is left by 16.
func TestBiasOnCleanSamples_LD40(t *testing.T) {
	const edge, n = 5.0, 1001
	h := 2 * edge / (n - 1)
	grid, p := make([]float64, n), make([]float64, n)
	total := 0.0
	for i := range grid {
		x := -edge + h*float64(i)
		grid[i], p[i] = x, math.Exp(x*x/2-x*x*x*x/4)
		total += p[i]
	}
	first := 0.0
	for i, x := range grid {
		s := x - x*x*x // p″/p = s′ + s², its derivative is s″ + 2ss′
		first += p[i] / total * (-6*x + 2*s*(1-3*x*x)) * x / 2
	}
	left := func(sigma float64) float64 {
		v := 0.0
		for i, x := range grid {
			up, down := 0.0, 0.0
			for j, y := range grid {
				w := p[j] * math.Exp(-(x-y)*(x-y)/(2*sigma*sigma))
				up -= w * (x - y) / (sigma * sigma)
				down += w
			}
			v += p[i] / total * up / down * x
		}
		return v + 1 - sigma*sigma*first
	}
	order := math.Log2(math.Abs(left(0.1) / left(0.05)))
	numtest.Within(t, "order of what LD (40) leaves", order, 4, 0.05)
}

// TestScalesOfScoreAndMobility_LD59_LD60: s_x = S⁻¹ s_x̃ is the derivative of ln p in physical coordinates, and Φ = S Φ̃ S with
// Σ = S Σ̃ make the same drift and noise, S times those of the normalised coordinates.
func TestScalesOfScoreAndMobility_LD59_LD60(t *testing.T) {
	system := systems.AsymmetricPotential{}
	scale := &trajectory.Scale{Mean: []float64{.3, -.2}, Std: []float64{.8, 1.3}}
	normalised := score.Normalized(system.Score(), scale)
	m, err := New(mat.NewDense(2, 2, []float64{1.2, -.5, .9, .8}), scale)
	if err != nil {
		t.Fatal(err)
	}
	physical := m.Physical()
	x, z, s, inner, gradient := []float64{.4, -.7}, make([]float64, 2), make([]float64, 2), make([]float64, 2), make([]float64, 2)
	scale.NormalizedTo(z, x)
	score.Physical(normalised, scale).ScoreTo(s, x)
	normalised.ScoreTo(inner, z)
	for i := range 2 {
		const h = 1e-5
		y := append([]float64(nil), x...)
		y[i] += h
		gradient[i] = math.Log(system.Density()(y))
		y[i] -= 2 * h
		gradient[i] = (gradient[i] - math.Log(system.Density()(y))) / (2 * h)
	}
	numtest.Slice(t, "s_x against ∇ ln p", s, gradient, 1e-8)
	for i := range 2 {
		drift, driftInner := 0.0, 0.0
		for j := range 2 {
			drift += physical.Phi.At(i, j) * s[j]
			driftInner += m.Phi.At(i, j) * inner[j]
			numtest.Within(t, "Σ", physical.Sigma.At(i, j), scale.Std[i]*m.Sigma.At(i, j), 1e-14)
		}
		numtest.Within(t, "drift", drift, scale.Std[i]*driftInner, 1e-13)
	}
	var square mat.Dense
	square.Mul(physical.Sigma, physical.Sigma.T())
	numtest.Matrix(t, "ΣΣᵀ", &square, physical.D, 1e-14)
}
