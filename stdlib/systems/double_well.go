package systems

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/simd"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// DoubleWell is the one-dimensional system ẋ = x − x³ + √2 ξ, KG (17), with U(x) = x⁴/4 − x²/2 and p ∝ e^{−U}.
type DoubleWell struct{}

// String names the system.
func (DoubleWell) String() string { return "double well: ẋ = x − x³ + √2 ξ" }

// Names is the name of the coordinate, x.
func (DoubleWell) Names() []string { return []string{"x"} }

// Potential is U(x) = x⁴/4 − x²/2. x has one component.
func (DoubleWell) Potential(x []float64) float64 { q := x[0] * x[0]; return q*q/4 - q/2 }

// Score is s(x) = x − x³.
func (DoubleWell) Score() score.Score {
	return score.Func{D: 1, F: simd.WellForce, J: func(dst, x []float64) { dst[0] = 1 - 3*x[0]*x[0] }}
}

// Mobility is Φ = 1: the drift is the score.
func (DoubleWell) Mobility() *mat.Dense { return mat.NewDense(1, 1, []float64{1}) }

// SDE is the equation with drift x − x³ and noise √2.
func (s DoubleWell) SDE() sde.SDE {
	return sde.SDE{Dim: 1, Drift: simd.WellForce, Drifts: simd.WellForce, Noise: sde.Isotropic(math.Sqrt2), Names: s.Names()}
}

// Density returns the exact stationary density e^{−U(x)}/Z.
func (s DoubleWell) Density() func(x float64) float64 {
	return normalized(func(x float64) float64 { return math.Exp(-s.Potential([]float64{x})) }, 6)
}
