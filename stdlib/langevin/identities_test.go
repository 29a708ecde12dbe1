package langevin

import (
	"math"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/stdlib/systems"
)

// rate of the rotation R = r(x) J, J = [[0, −1], [1, 0]], and what follows: g = R s + ∇·R, LD (7).
func rate(x []float64) float64 { return 1 + x[0]*x[0] - x[0]*x[1]/2 }

func rotationField(system systems.AsymmetricPotential, x []float64) [2]float64 {
	s, r := make([]float64, 2), rate(x)
	system.Score().ScoreTo(s, x)
	return [2]float64{-r*s[1] + x[0]/2, r*s[0] + 2*x[0] - x[1]/2}
}

// derivative is ∂f/∂xᵢ by the central formula of fourth order.
func derivative(f func(x []float64) float64, x []float64, i int) float64 {
	const h = 1e-3
	at := func(step float64) float64 {
		y := append([]float64(nil), x...)
		y[i] += step * h
		return f(y)
	}
	return (8*(at(1)-at(-1)) - at(2) + at(-2)) / (12 * h)
}

var places = [][]float64{{.3, -.4}, {-1.1, .7}, {.9, 1.2}, {-.2, -1.3}}

// TestRotationKeepsTheDensity_LD14_LD15: p g = ∇·(p R) has no divergence, with R that depends on the state.
func TestRotationKeepsTheDensity_LD14_LD15(t *testing.T) {
	system := systems.AsymmetricPotential{}
	p := system.Density()
	entries := [2][2]float64{{0, -1}, {1, 0}}
	for _, x := range places {
		divergence := 0.0
		for i := range 2 {
			flux := func(y []float64) float64 { return p(y) * rotationField(system, y)[i] }
			divergence += derivative(flux, x, i)
			want := 0.0
			for j := range 2 {
				want += derivative(func(y []float64) float64 { return p(y) * rate(y) * entries[i][j] }, x, j)
			}
			numtest.Within(t, "LD (14)", flux(x), want, 1e-8)
		}
		numtest.Within(t, "LD (15)", divergence, 0, 1e-8)
	}
}

// TestRotationFromPotential_LD16_LD17_LD18: Sᵢⱼ = ∂ⱼAᵢ − ∂ᵢAⱼ has Σⱼ ∂ⱼSᵢⱼ = ΔAᵢ − ∂ᵢ(∇·A), which is J = ΔA when ∇·A = 0;
// and a gradient added to A leaves S as it is.
func TestRotationFromPotential_LD16_LD17_LD18(t *testing.T) {
	curl := []func(x []float64) float64{ // free of divergence
		func(x []float64) float64 { return math.Sin(x[1]) * math.Cos(x[2]) },
		func(x []float64) float64 { return math.Exp(-x[0]) * x[2] },
		func(x []float64) float64 { return math.Cos(x[0] * x[1]) },
	}
	gauge := func(x []float64) float64 { return x[0]*x[0]*x[1] - math.Sin(x[2]*x[0]) }
	gauged := make([]func(x []float64) float64, 3)
	for i := range gauged {
		gauged[i] = func(x []float64) float64 { return curl[i](x) + derivative(gauge, x, i) }
	}
	skew := func(a []func(x []float64) float64, i, j int) func(x []float64) float64 {
		return func(x []float64) float64 { return derivative(a[i], x, j) - derivative(a[j], x, i) }
	}
	second := func(f func(x []float64) float64, i, j int) func(x []float64) float64 {
		return func(x []float64) float64 {
			return derivative(func(y []float64) float64 { return derivative(f, y, i) }, x, j)
		}
	}
	x := []float64{.4, -.3, .8}
	for gauge, a := range [][]func(x []float64) float64{curl, gauged} {
		for i := range 3 {
			rows, laplacian, slope := 0.0, 0.0, 0.0
			for j := range 3 {
				rows += derivative(skew(a, i, j), x, j)
				laplacian += second(a[i], j, j)(x)
				slope += second(a[j], i, j)(x)
				numtest.Within(t, "S with another gauge", skew(gauged, i, j)(x), skew(curl, i, j)(x), 1e-8)
			}
			numtest.Within(t, "LD (18)", rows, laplacian-slope, 1e-6)
			if gauge == 0 {
				numtest.Within(t, "∂ᵢ(∇·A)", slope, 0, 1e-6)
			}
		}
	}
}

// TestRotationOfATangentField_LD19_LD20: for constant R, g = R s has g·s = 0, and R' = (g sᵀ − s gᵀ)/|s|² is antisymmetric with
// R' s = g. In the plane R' is R itself.
func TestRotationOfATangentField_LD19_LD20(t *testing.T) {
	system := systems.AsymmetricPotential{}
	for _, x := range places {
		s := make([]float64, 2)
		system.Score().ScoreTo(s, x)
		g := [2]float64{.8 * -s[1], .8 * s[0]}
		numtest.Within(t, "LD (19)", g[0]*s[0]+g[1]*s[1], 0, 1e-12)
		square := s[0]*s[0] + s[1]*s[1]
		var r [2][2]float64
		for i := range 2 {
			for j := range 2 {
				r[i][j] = (g[i]*s[j] - s[i]*g[j]) / square
			}
		}
		numtest.Within(t, "R'₂₁", r[1][0], .8, 1e-13)
		numtest.Within(t, "R'₁₂", r[0][1], -.8, 1e-13)
		for i := range 2 {
			numtest.Within(t, "R' s", r[i][0]*s[0]+r[i][1]*s[1], g[i], 1e-12)
		}
	}
}
