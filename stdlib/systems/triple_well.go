package systems

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// TripleWell is the two-dimensional system ẋ = −∇U(x) + √(2/β) ξ with two deep wells near (±1, 0), a shallow one near
// (0, 5/3), and p ∝ e^{−βU} (Metzner, Schütte and Vanden-Eijnden, 2006):
//
//	U = 3e^{−x²−(y−1/3)²} − 3e^{−x²−(y−5/3)²} − 5e^{−(x−1)²−y²} − 5e^{−(x+1)²−y²} + x⁴/5 + (y−1/3)⁴/5.
//
// Beta is β; 0 means 1.67, at which the crossing of the barriers is rare but not too rare.
type TripleWell struct{ Beta float64 }

// bump is c·exp(−(x−x₀)² − (y−y₀)²), one term of U.
type bump struct{ c, x, y float64 }

var tripleWellBumps = [4]bump{{3, 0, 1.0 / 3}, {-3, 0, 5.0 / 3}, {-5, 1, 0}, {-5, -1, 0}}

func (s TripleWell) beta() float64 {
	if s.Beta == 0 {
		return 1.67
	}
	return s.Beta
}

// String names the system.
func (s TripleWell) String() string { return "triple well: β = " + figure(s.beta()) }

// Names are the names of the coordinates, x and y.
func (TripleWell) Names() []string { return []string{"x", "y"} }

// Potential is U(x). x has two components.
func (TripleWell) Potential(x []float64) float64 {
	y := x[1] - 1.0/3
	u := (x[0]*x[0]*x[0]*x[0] + y*y*y*y) / 5
	for _, b := range tripleWellBumps {
		dx, dy := x[0]-b.x, x[1]-b.y
		u += b.c * math.Exp(-dx*dx-dy*dy)
	}
	return u
}

// tripleWellForce is −∇U.
func tripleWellForce(x []float64) (fx, fy float64) {
	y := x[1] - 1.0/3
	fx, fy = -0.8*x[0]*x[0]*x[0], -0.8*y*y*y
	for _, b := range tripleWellBumps {
		dx, dy := x[0]-b.x, x[1]-b.y
		e := 2 * b.c * math.Exp(-dx*dx-dy*dy)
		fx += e * dx
		fy += e * dy
	}
	return fx, fy
}

// Score is s(x) = −β∇U.
func (s TripleWell) Score() score.Score {
	beta := s.beta()
	return score.Func{D: 2, F: func(dst, x []float64) {
		fx, fy := tripleWellForce(x)
		dst[0], dst[1] = beta*fx, beta*fy
	}}
}

// Mobility is Φ = I/β.
func (s TripleWell) Mobility() *mat.Dense { return diagonal(2, 1/s.beta()) }

// SDE is the equation with drift −∇U and noise √(2/β).
func (s TripleWell) SDE() sde.SDE {
	drift := func(dst, x []float64) { dst[0], dst[1] = tripleWellForce(x) }
	return sde.SDE{Dim: 2, Drift: drift, Noise: sde.Isotropic(math.Sqrt(2 / s.beta())), Names: s.Names()}
}

// Density returns the exact stationary density e^{−βU(x)}/Z. x has two components.
func (s TripleWell) Density() func(x []float64) float64 {
	beta := s.beta()
	reach := 3.5 + 3/math.Pow(beta, 0.25)
	z := normalization2D(func(x []float64) float64 { return math.Exp(-beta * s.Potential(x)) }, reach)
	return func(x []float64) float64 { return math.Exp(-beta*s.Potential(x)) / z }
}
