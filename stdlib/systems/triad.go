package systems

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// Triad is three modes with a quadratic exchange of energy, damping, a rotation and additive noise, whose answer is
// known although it is nonlinear:
//
//	ẋᵢ = βᵢ xⱼxₖ − γᵢxᵢ + ωᵢ + √(2γᵢVᵢ) ξᵢ,   Σᵢ βᵢ/Vᵢ = 0,   ω = (−ρx₂/V₂, ρx₁/V₁, 0).
//
// The exchange leaves Σxᵢ²/Vᵢ as it is and has no divergence, so the density is the Gaussian with the variances V, the
// score is sᵢ = −xᵢ/Vᵢ, and Φ = −Ċ(0⁺) has the diagonal γᵢVᵢ and the rotation Φ₁₂ = −Φ₂₁ = ρ: the exchange itself drops
// out of Φ and shows only in the correlations at later times. β₃ follows from β₁ and β₂.
//
// The zero value has V = (1, 0.5, 0.8), γ = (0.4, 1, 1.6), β₁ = 1.5, β₂ = −0.6 and ρ = 0.3. When any field is set, all are
// taken as they are; V and γ must be positive.
type Triad struct {
	Variance      [3]float64 // V
	Damping       [3]float64 // γ
	Beta1, Beta2  float64
	RotationSpeed float64 // ρ
}

func (s Triad) parameters() Triad {
	if s == (Triad{}) {
		return Triad{
			Variance: [3]float64{1, 0.5, 0.8}, Damping: [3]float64{0.4, 1, 1.6},
			Beta1: 1.5, Beta2: -0.6, RotationSpeed: 0.3,
		}
	}
	for i := range 3 {
		if !(s.Variance[i] > 0) || !(s.Damping[i] > 0) {
			panic(fmt.Sprintf("systems: a triad with V = %v and γ = %v; all must be positive", s.Variance, s.Damping))
		}
	}
	return s
}

// String names the system and its parameters.
func (s Triad) String() string {
	p := s.parameters()
	return fmt.Sprintf("triad with additive noise: V = %v, γ = %v, β = (%g, %g, %.4g), ρ = %g",
		p.Variance, p.Damping, p.Beta1, p.Beta2, p.beta3(), p.RotationSpeed)
}

// Names is nil: the coordinates are x₁, x₂, x₃.
func (Triad) Names() []string { return nil }

func (s Triad) beta3() float64 {
	return -s.Variance[2] * (s.Beta1/s.Variance[0] + s.Beta2/s.Variance[1])
}

// Covariance is C(0) = diag(V).
func (s Triad) Covariance() *mat.Dense {
	v := s.parameters().Variance
	return mat.NewDense(3, 3, []float64{v[0], 0, 0, 0, v[1], 0, 0, 0, v[2]})
}

// Mobility is Φ, 3×3.
func (s Triad) Mobility() *mat.Dense {
	p := s.parameters()
	v, g, r := p.Variance, p.Damping, p.RotationSpeed
	return mat.NewDense(3, 3, []float64{g[0] * v[0], r, 0, -r, g[1] * v[1], 0, 0, 0, g[2] * v[2]})
}

// Score is s(x) = −(x₁/V₁, x₂/V₂, x₃/V₃).
func (s Triad) Score() score.Score {
	v := s.parameters().Variance
	return score.Func{D: 3, F: func(dst, x []float64) {
		dst[0], dst[1], dst[2] = -x[0]/v[0], -x[1]/v[1], -x[2]/v[2]
	}}
}

// SDE is the equation.
func (s Triad) SDE() sde.SDE {
	p := s.parameters()
	g, b3 := p.Damping, p.beta3()
	r1, r2 := p.RotationSpeed/p.Variance[1], p.RotationSpeed/p.Variance[0]
	drift := func(dst, x []float64) {
		dst[0] = p.Beta1*x[1]*x[2] - g[0]*x[0] - r1*x[1]
		dst[1] = p.Beta2*x[0]*x[2] - g[1]*x[1] + r2*x[0]
		dst[2] = b3*x[0]*x[1] - g[2]*x[2]
	}
	amplitude := make([]float64, 3)
	for i := range amplitude {
		amplitude[i] = math.Sqrt(2 * g[i] * p.Variance[i])
	}
	return sde.SDE{Dim: 3, Drift: drift, Noise: sde.Diagonal(amplitude...)}
}
