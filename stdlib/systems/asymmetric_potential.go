package systems

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// AsymmetricPotential is the two-dimensional system of KG (26)–(29) and LD (81)–(84),
//
//	ẋ = −K ∇U(x) + √2 ξ,   U(x) = Σᵢ (xᵢ² − Aᵢ²)² + Bᵢxᵢ,   K = [[1, −C], [C, 1]].
//
// C is the rate of rotation: it leaves the density p ∝ e^{−U} as it is, because the rotated gradient is divergence-free
// and tangent to the level lines of U. KG has C = 0.
//
// The zero value has the parameters of LD (84): A = (1, 1.2), B = (0.6, 0.3), C = 0.8. When any field is set, all are
// taken as they are.
type AsymmetricPotential struct{ A1, A2, B1, B2, C float64 }

// NewAsymmetricPotential returns the system with these parameters.
func NewAsymmetricPotential(a1, a2, b1, b2, c float64) AsymmetricPotential {
	return AsymmetricPotential{A1: a1, A2: a2, B1: b1, B2: b2, C: c}
}

func (s AsymmetricPotential) parameters() AsymmetricPotential {
	if s == (AsymmetricPotential{}) {
		return AsymmetricPotential{A1: 1, A2: 1.2, B1: 0.6, B2: 0.3, C: 0.8}
	}
	return s
}

// String names the system and its parameters.
func (s AsymmetricPotential) String() string {
	s = s.parameters()
	return fmt.Sprintf("asymmetric potential: A = (%g, %g), B = (%g, %g), C = %g", s.A1, s.A2, s.B1, s.B2, s.C)
}

// Names are the names of the coordinates, x₁ and x₂.
func (AsymmetricPotential) Names() []string { return []string{"x₁", "x₂"} }

// Potential is U(x), KG (27). x has two components.
func (s AsymmetricPotential) Potential(x []float64) float64 {
	s = s.parameters()
	return well(s.A1, s.B1, x[0]) + well(s.A2, s.B2, x[1])
}

// well is one coordinate's part of U, and slope its derivative.
func well(a, b, x float64) float64  { q := x*x - a*a; return q*q + b*x }
func slope(a, b, x float64) float64 { return 4*x*(x*x-a*a) + b }

// Score is s(x) = −∇U(x), KG (29).
func (s AsymmetricPotential) Score() score.Score {
	p := s.parameters()
	return score.Func{D: 2, F: func(dst, x []float64) {
		dst[0], dst[1] = -slope(p.A1, p.B1, x[0]), -slope(p.A2, p.B2, x[1])
	}, J: func(dst, x []float64) {
		dst[0], dst[1], dst[2], dst[3] = 4*(p.A1*p.A1-3*x[0]*x[0]), 0, 0, 4*(p.A2*p.A2-3*x[1]*x[1])
	}}
}

// Mobility is Φ = K, LD (83): symmetric part I, antisymmetric part the rotation.
func (s AsymmetricPotential) Mobility() *mat.Dense {
	c := s.parameters().C
	return mat.NewDense(2, 2, []float64{1, -c, c, 1})
}

// SDE is the equation with drift −K∇U and noise B = √2 I.
func (s AsymmetricPotential) SDE() sde.SDE {
	p := s.parameters()
	drift := func(dst, x []float64) {
		for ; len(x) >= 2; x, dst = x[2:], dst[2:] {
			g1, g2 := slope(p.A1, p.B1, x[0]), slope(p.A2, p.B2, x[1])
			dst[0], dst[1] = p.C*g2-g1, -p.C*g1-g2
		}
	}
	return sde.SDE{Dim: 2, Drift: drift, Drifts: drift, Noise: sde.Isotropic(math.Sqrt2), Names: s.Names()}
}

// Marginal returns the exact stationary density of coordinate i (0 or 1); the joint density is the product of both.
func (s AsymmetricPotential) Marginal(i int) func(x float64) float64 {
	p := s.parameters()
	a, b := p.A1, p.B1
	if i == 1 {
		a, b = p.A2, p.B2
	}
	return normalized(func(x float64) float64 { return math.Exp(-well(a, b, x)) }, 4+math.Abs(a)+math.Cbrt(math.Abs(b)))
}

// Density returns the exact stationary density p(x) = e^{−U(x)}/Z, KG (29). x has two components.
func (s AsymmetricPotential) Density() func(x []float64) float64 {
	p1, p2 := s.Marginal(0), s.Marginal(1)
	return func(x []float64) float64 { return p1(x[0]) * p2(x[1]) }
}
