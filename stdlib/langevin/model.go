package langevin

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// Model is ẋ = Φ s(x) + √2 Σ ξ in the coordinates of its mobility: normalised ones when Mobility.Scale is set.
type Model struct {
	Score    score.Score
	Mobility *mobility.Mobility
}

// New returns the model of a score and a mobility that are in the same coordinates. It is an error when their dimensions
// differ.
func New(s score.Score, m *mobility.Mobility) (*Model, error) {
	if s.Dim() != m.Dim() {
		return nil, fmt.Errorf("langevin: a score of %d coordinates and a mobility of %d: they must agree", s.Dim(), m.Dim())
	}
	return &Model{Score: s, Mobility: m}, nil
}

// Dim returns the number of coordinates.
func (m *Model) Dim() int { return m.Mobility.Dim() }

// Physical returns the model in physical coordinates, with s by LD (59) and Φ and Σ by LD (60). Driven by the same noise
// it has the same paths. A model without a scale is returned itself.
func (m *Model) Physical() *Model {
	if m.Mobility.Scale == nil {
		return m
	}
	return &Model{Score: score.Physical(m.Score, m.Mobility.Scale), Mobility: m.Mobility.Physical()}
}

// SDE returns the equation with the drift Φ s(x), evaluated for many states at once, and the noise B = √2 Σ, with Σ the
// lower Cholesky factor of D: where the truth has B = √2 times that factor, as with D = I, the same seed drives both with
// the same noise. In normalised coordinates it has LD's [Bound]; Trajectory.Resets counts the returns to the start.
func (m *Model) SDE() sde.SDE {
	b := mat.DenseCopyOf(m.Mobility.Sigma)
	b.Scale(math.Sqrt2, b)
	s := sde.SDE{
		Dim: m.Dim(), Drifts: newDrift(m.Score, m.Mobility.Phi).driftTo, Noise: sde.Noise{B: b},
		Names: m.Mobility.Names, Scale: m.Mobility.Scale,
	}
	if s.Scale != nil {
		s.Bound = Bound
	}
	return s
}
