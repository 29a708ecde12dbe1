package sde

import (
	"errors"
	"fmt"

	"scorebook/stdlib/trajectory"
)

// Drift writes F(x) to dst. Both have length D for a drift of one state; for a drift of many states they are sample-major.
// It is called from several goroutines at once (unless Run.Workers is 1), must leave x as it is, and must write all of dst.
type Drift = func(dst, x []float64)

// SDE is the equation dX = F(X) dt + B(X) dW.
type SDE struct {
	// Dim is D, the number of coordinates.
	Dim int
	// Drift is F at one state.
	Drift Drift
	// Drifts is F at many states in one call; when it is set it is used, and Drift may be nil.
	Drifts Drift
	// Noise is B. Its zero value is no noise: an ordinary differential equation.
	Noise Noise
	// Names are the names of the coordinates, handed on to the trajectory. nil means x₁, x₂, ….
	Names []string
	// Scale tells that the equation is written in normalised coordinates; it is handed on to the trajectory. nil means
	// physical coordinates.
	Scale *trajectory.Scale
	// Bound is what a Run whose own Bound is 0 has for it.
	Bound float64

	loop   func(Stretch) (steps, resets int) // see Compiled
	loopOf Scheme
}

// String is the equation with its dimension and noise.
func (s SDE) String() string {
	if s.Noise.IsZero() {
		return fmt.Sprintf("dX = F(X) dt, D = %d", s.Dim)
	}
	return fmt.Sprintf("dX = F(X) dt + B dW, D = %d, %v", s.Dim, s.Noise)
}

func (s SDE) validate() error {
	if s.Dim < 1 {
		return fmt.Errorf("sde: SDE.Dim is %d; it is the number of coordinates, at least 1", s.Dim)
	}
	if s.Drift == nil && s.Drifts == nil {
		return errors.New("sde: SDE has no drift; set Drift or Drifts")
	}
	if s.Names != nil && len(s.Names) != s.Dim {
		return fmt.Errorf("sde: %d names for %d coordinates", len(s.Names), s.Dim)
	}
	if s.Scale != nil && len(s.Scale.Mean) != s.Dim {
		return fmt.Errorf("sde: a scale of %d coordinates for an equation of %d", len(s.Scale.Mean), s.Dim)
	}
	return s.Noise.validate(s.Dim)
}
