package systems

import (
	"fmt"

	"scorebook/stdlib/sde"
)

// Lorenz96 is Lorenz's two-scale system of 1996 with additive noise, KG (32)–(33): K slow variables x on a ring, and J
// fast ones y on a ring of its own under each, the index j periodic within the block,
//
//	ẋₖ  = −xₖ₋₁(xₖ₋₂ − xₖ₊₁) − νxₖ + F + c₁ Σⱼ yₖⱼ + σ ξₖ
//	ẏₖⱼ = −cb yₖ,ⱼ₊₁(yₖ,ⱼ₊₂ − yₖ,ⱼ₋₁) − cν yₖⱼ + c₁ xₖ + σ ξₖⱼ.
//
// Both couplings have the sign +. The noise is as printed, B = σI. A state holds x₁ … x_K, then y₁₁ … y₁J, y₂₁ ….
//
// The zero value has KG (34): F = 4, ν = 1, b = c = 10, c₁ = 1, σ = 0.2, K = 4, J = 10, so 44 variables. When any field is
// set, all are taken as they are; WithForcing changes F alone.
type Lorenz96 struct {
	Forcing, Damping, FastScale, TimeScale, Coupling, Noise float64 // F, ν, b, c, c₁, σ
	Slow, Fast                                              int     // K, J
}

func (s Lorenz96) parameters() Lorenz96 {
	if s == (Lorenz96{}) {
		return Lorenz96{
			Forcing: 4, Damping: 1, FastScale: 10, TimeScale: 10, Coupling: 1, Noise: 0.2, Slow: 4, Fast: 10,
		}
	}
	if s.Slow < 4 || s.Fast < 4 {
		panic(fmt.Sprintf("systems: Lorenz 96 with K = %d and J = %d; each ring needs at least 4", s.Slow, s.Fast))
	}
	return s
}

// WithForcing is the system with another F. The authors' scripts have F = 6 where KG (34) has 4.
func (s Lorenz96) WithForcing(f float64) Lorenz96 {
	p := s.parameters()
	p.Forcing = f
	return p
}

// Dim is K(1 + J).
func (s Lorenz96) Dim() int { p := s.parameters(); return p.Slow * (1 + p.Fast) }

// String names the system and its parameters.
func (s Lorenz96) String() string {
	p := s.parameters()
	return fmt.Sprintf("two-scale Lorenz 96: K = %d, J = %d, F = %.4g, ν = %.4g, b = %.4g, c = %.4g, c₁ = %.4g, σ = %.4g",
		p.Slow, p.Fast, p.Forcing, p.Damping, p.FastScale, p.TimeScale, p.Coupling, p.Noise)
}

// Names are x₁ … x_K, then y₁,₁ … y_K,J.
func (s Lorenz96) Names() []string {
	p := s.parameters()
	var names []string
	for k := range p.Slow {
		names = append(names, "x"+subscript(k+1))
	}
	for k := range p.Slow {
		for j := range p.Fast {
			names = append(names, "y"+subscript(k+1)+","+subscript(j+1))
		}
	}
	return names
}

// SDE is the equation with its noise.
func (s Lorenz96) SDE() sde.SDE {
	e := s.Deterministic()
	if b := s.parameters().Noise; b != 0 {
		e.Noise = sde.Isotropic(b)
	}
	return e
}

// Deterministic is the equation without noise.
func (s Lorenz96) Deterministic() sde.SDE {
	p, d := s.parameters(), s.Dim()
	drift := func(dst, x []float64) {
		for ; len(x) >= d; x, dst = x[d:], dst[d:] {
			p.driftTo(dst[:d], x[:d])
		}
	}
	return sde.SDE{Dim: d, Drift: drift, Drifts: drift, Names: s.Names()}
}

func (s *Lorenz96) driftTo(dst, x []float64) {
	slow := x[:s.Slow]
	advect(dst[:s.Slow], slow, -1, s.Damping, s.Forcing)
	for k, v := range slow {
		y := x[s.Slow+k*s.Fast : s.Slow+(k+1)*s.Fast]
		advect(dst[s.Slow+k*s.Fast:s.Slow+(k+1)*s.Fast], y, s.TimeScale*s.FastScale, s.TimeScale*s.Damping, s.Coupling*v)
		sum := 0.0
		for _, w := range y {
			sum += w
		}
		dst[k] += s.Coupling * sum
	}
}

// advect writes forcing − damping·v plus advection along a ring to dst: for negative speed −vₖ₋₁(vₖ₋₂ − vₖ₊₁), times
// |speed|, else its mirror image −vₖ₊₁(vₖ₊₂ − vₖ₋₁).
func advect(dst, v []float64, speed, damping, forcing float64) {
	n := len(v)
	dst = dst[:n]
	if speed < 0 {
		far, back := v[n-2], v[n-1]
		for k, w := range v {
			ahead := v[0]
			if k+1 < n {
				ahead = v[k+1]
			}
			dst[k] = speed*back*(far-ahead) - damping*w + forcing
			far, back = back, w
		}
		return
	}
	far, ahead := v[1], v[0]
	for k := n - 1; k >= 0; k-- {
		back := v[n-1]
		if k > 0 {
			back = v[k-1]
		}
		dst[k] = speed*ahead*(back-far) - damping*v[k] + forcing
		far, ahead = ahead, v[k]
	}
}
