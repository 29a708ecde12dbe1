package systems

import (
	"fmt"

	"scorebook/stdlib/sde"
)

// Lorenz63 is Lorenz's system of 1963 with additive noise, KG (30):
//
//	ẋ = σ(y−x) + σ_ξ ξ₁,   ẏ = x(ρ−z) − y + σ_ξ ξ₂,   ż = xy − βz + σ_ξ ξ₃.
//
// The noise is as printed, B = σ_ξ I, without a further √2. Its density has no closed form.
//
// The zero value has KG (31): σ = 10, ρ = 28, β = 8/3, σ_ξ = 5. When any field is set, all are taken as they are.
type Lorenz63 struct{ Sigma, Rho, Beta, Noise float64 }

func (s Lorenz63) parameters() Lorenz63 {
	if s == (Lorenz63{}) {
		return Lorenz63{Sigma: 10, Rho: 28, Beta: 8.0 / 3, Noise: 5}
	}
	return s
}

// String names the system and its parameters.
func (s Lorenz63) String() string {
	p := s.parameters()
	return fmt.Sprintf("Lorenz 63: σ = %.4g, ρ = %.4g, β = %.4g, σ_ξ = %.4g", p.Sigma, p.Rho, p.Beta, p.Noise)
}

// Names are the names of the coordinates, x, y and z.
func (Lorenz63) Names() []string { return []string{"x", "y", "z"} }

// Start is a state on the attractor's side of the unstable origin.
func (Lorenz63) Start() []float64 { return []float64{1, 1, 25} }

// SDE is the equation with its noise.
func (s Lorenz63) SDE() sde.SDE {
	e := s.Deterministic()
	if b := s.parameters().Noise; b != 0 {
		e.Noise = sde.Isotropic(b)
	}
	return e
}

// Deterministic is the equation without noise, for sde.RungeKutta.
func (s Lorenz63) Deterministic() sde.SDE {
	p := s.parameters()
	drift := func(dst, x []float64) {
		for ; len(x) >= 3; x, dst = x[3:], dst[3:] {
			dst[0] = p.Sigma * (x[1] - x[0])
			dst[1] = x[0]*(p.Rho-x[2]) - x[1]
			dst[2] = x[0]*x[1] - p.Beta*x[2]
		}
	}
	return sde.SDE{Dim: 3, Drift: drift, Drifts: drift, Names: s.Names()}
}
