package systems

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// ReducedTriad is the one-dimensional reduction of a triad model with additive and multiplicative noise, KG (22) and
// LD (79), in the sense of Itô,
//
//	dx = (F + ax + bx² − cx³) dt + σ₁ dW₁ + (A − Bx) dW₂.
//
// The fields are F, a, b, c, A, B and σ₁. The zero value has KG (23) before rounding,
//
//	a = −1.8091667, b = −1/15, c = 1/6, A = 0.4/√10, B = −2/√10, σ₁ = 0.2/√10, F = −AB/2 = 0.04,
//
// with the sign of F for which the score that KG (25) prints is the equation's own. When any field is set, all are taken
// as they are; the cubic term must pull back (c > 0) and σ₁ must be positive.
type ReducedTriad struct {
	Forcing, Linear, Quadratic, Cubic float64 // F, a, b, c
	NoiseA, NoiseB, Sigma1            float64 // A, B, σ₁
}

func (s ReducedTriad) parameters() ReducedTriad {
	if s == (ReducedTriad{}) {
		root := math.Sqrt(10)
		return ReducedTriad{
			Forcing: 0.04, Linear: -1.8 - 0.11/12, Quadratic: -1.0 / 15, Cubic: 1.0 / 6,
			NoiseA: 0.4 / root, NoiseB: -2 / root, Sigma1: 0.2 / root,
		}
	}
	if !(s.Cubic > 0) || !(s.Sigma1 > 0) {
		panic(fmt.Sprintf("systems: a triad with c = %g and σ₁ = %g; both must be positive", s.Cubic, s.Sigma1))
	}
	return s
}

// PrintedSign is the triad with F = +AB/2, as KG (23) and LD (80) print it: its density is narrower, and KG (25) is not its
// score.
func (s ReducedTriad) PrintedSign() ReducedTriad {
	p := s.parameters()
	p.Forcing = p.NoiseA * p.NoiseB / 2
	return p
}

// String names the system and its parameters.
func (s ReducedTriad) String() string {
	p := s.parameters()
	return fmt.Sprintf("reduced triad: F = %.4g, a = %.7g, b = %.4g, c = %.4g, A = %.4g, B = %.4g, σ₁ = %.4g",
		p.Forcing, p.Linear, p.Quadratic, p.Cubic, p.NoiseA, p.NoiseB, p.Sigma1)
}

// Names is the name of the coordinate, x.
func (ReducedTriad) Names() []string { return []string{"x"} }

// drift is F + ax + bx² − cx³, and square g(x)² = σ₁² + (A − Bx)², for parameters that are filled in.
func (s ReducedTriad) drift(x float64) float64 {
	return s.Forcing + x*(s.Linear+x*(s.Quadratic-x*s.Cubic))
}

func (s ReducedTriad) square(x float64) float64 {
	two := s.NoiseA - s.NoiseB*x
	return s.Sigma1*s.Sigma1 + two*two
}

func (s ReducedTriad) drifts() sde.Drift {
	return func(dst, x []float64) {
		dst = dst[:len(x)]
		for i, v := range x {
			dst[i] = s.drift(v)
		}
	}
}

// SDE is the equation with its two noise sources.
func (s ReducedTriad) SDE() sde.SDE {
	p := s.parameters()
	noise := sde.MultiplicativeMatrix(2, func(dst, x []float64) {
		dst[0], dst[1] = p.Sigma1, p.NoiseA-p.NoiseB*x[0]
	})
	return sde.SDE{Dim: 1, Drift: p.drifts(), Drifts: p.drifts(), Noise: noise, Names: s.Names()}
}

// OneSource is dx = (F + ax + bx² − cx³) dt + g(x) dW with g² = σ₁² + (A − Bx)²: the same process in law from one source,
// which Milstein's scheme can take.
func (s ReducedTriad) OneSource() sde.SDE {
	p := s.parameters()
	noise := sde.Multiplicative(func(dst, x []float64) { dst[0] = math.Sqrt(p.square(x[0])) })
	return sde.SDE{Dim: 1, Drift: p.drifts(), Drifts: p.drifts(), Noise: noise, Names: s.Names()}
}

// Score is s(x) = [2f − (g²)′]/g² = 2[F + AB + (a−B²)x + bx² − cx³]/(σ₁² + (A−Bx)²), from the vanishing flux of the
// stationary density. With F = −AB/2 it is KG (25).
func (s ReducedTriad) Score() score.Score {
	p := s.parameters()
	return p.score(p.Forcing + p.NoiseA*p.NoiseB)
}

// PrintedScore is KG (25), 2[AB/2 + (a−B²)x + bx² − cx³]/(σ₁² + (A−Bx)²), whatever F is.
func (s ReducedTriad) PrintedScore() score.Score {
	p := s.parameters()
	return p.score(p.NoiseA * p.NoiseB / 2)
}

// score is the score with the constant term n₀ of the numerator.
func (s ReducedTriad) score(n0 float64) score.Score {
	return score.Func{D: 1, F: func(dst, x []float64) {
		v := x[0]
		n := n0 + v*(s.Linear-s.NoiseB*s.NoiseB+v*(s.Quadratic-v*s.Cubic))
		dst[0] = 2 * n / s.square(v)
	}}
}

// Density returns the exact stationary density p(x), from ln p = ∫ s dx and quadrature for its norm.
func (s ReducedTriad) Density() func(x float64) float64 {
	p := s.parameters()
	log := p.logDensity()
	return normalized(func(x float64) float64 { return math.Exp(log(x) - log(0)) }, reach(log))
}

// reach is a distance beyond which a density is below e⁻⁸⁰ of its value at the origin.
func reach(log func(x float64) float64) float64 {
	r := 1.0
	for max(log(r), log(-r)) > log(0)-80 {
		r *= 1.25
	}
	return r
}

// logDensity is ∫ s dx in closed form: with the numerator N of the score divided by g² = q₀ + q₁x + q₂x² into the
// quotient e₁x + e₀ and the remainder r₁x + r₀,
//
//	½ ln p = e₁x²/2 + e₀x + r₁/(2q₂) ln g² + (r₀ − r₁q₁/(2q₂)) ∫ dx/g².
func (s ReducedTriad) logDensity() func(x float64) float64 {
	a, b := s.NoiseA, s.NoiseB
	n0, n1, n2, n3 := s.Forcing+a*b, s.Linear-b*b, s.Quadratic, -s.Cubic
	if b == 0 { // additive noise: ln p is a polynomial
		g2 := s.square(0)
		return func(x float64) float64 { return 2 * x / g2 * (n0 + x*(n1/2+x*(n2/3+x*n3/4))) }
	}
	q0, q1, q2 := s.Sigma1*s.Sigma1+a*a, -2*a*b, b*b
	e1 := n3 / q2
	e0 := (n2 - e1*q1) / q2
	r1, r0 := n1-e1*q0-e0*q1, n0-e0*q0
	width := math.Abs(s.Sigma1 * b) // g² = q₂[(x − A/B)² + (σ₁/B)²]
	return func(x float64) float64 {
		integral := math.Atan((b*b*x-a*b)/width) / width
		return 2 * (e1*x*x/2 + e0*x + r1/(2*q2)*math.Log(s.square(x)) + (r0-r1*q1/(2*q2))*integral)
	}
}

// Mobility is Φ = −Ċ(0⁺) = ½⟨g²⟩, 1×1, LD (54), by quadrature of the exact density.
func (s ReducedTriad) Mobility() *mat.Dense {
	return mat.NewDense(1, 1, []float64{s.expectation(s.parameters().square) / 2})
}

// Moments returns the exact mean, standard deviation, skewness and kurtosis (3 for a Gaussian) of x, by quadrature.
func (s ReducedTriad) Moments() (mean, std, skewness, kurtosis float64) {
	mean = s.expectation(func(x float64) float64 { return x })
	central := func(n float64) float64 {
		return s.expectation(func(x float64) float64 { return math.Pow(x-mean, n) })
	}
	std = math.Sqrt(central(2))
	return mean, std, central(3) / math.Pow(std, 3), central(4) / math.Pow(std, 4)
}

// expectation is ∫ f p dx.
func (s ReducedTriad) expectation(f func(x float64) float64) float64 {
	const intervals = 1 << 13
	p, r := s.Density(), reach(s.parameters().logDensity())
	sum := 0.0
	for k := range intervals {
		x := r * (2*float64(k)/intervals - 1)
		sum += f(x) * p(x)
	}
	return sum * 2 * r / intervals
}
