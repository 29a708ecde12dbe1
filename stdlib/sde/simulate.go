package sde

import (
	"context"

	"scorebook/stdlib/trajectory"
)

// Simulate integrates s by the scheme of r, by default Euler–Maruyama, Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B ζₙ, LD (77), and
// returns the states of each member after its burn-in at the steps 0, Every, 2·Every, … below Steps: ⌈Steps/Every⌉
// samples per member, the first of them the state the member starts from. With more than one member, Lens gives their
// borders. A scheme that does not solve the equation with its noise (see Scheme) is an error.
//
// A state that stops being finite is a *BlowUp error. When ctx ends, so does the simulation, after the step at hand.
// A panic of the drift is raised again, with the same value, on the caller's goroutine.
func Simulate(ctx context.Context, s SDE, r Run) (*trajectory.Trajectory, error) {
	r = r.withDefaults(s)
	if err := s.validate(); err != nil {
		return nil, err
	}
	if err := r.validate(s.Dim); err != nil {
		return nil, err
	}
	if err := r.Scheme.validate(s.Dim, s.Noise); err != nil {
		return nil, err
	}
	e := newEnsemble(s, r)
	if err := e.integrate(ctx); err != nil {
		return nil, err
	}
	t := &trajectory.Trajectory{
		Dim: s.Dim, Dt: r.Dt * float64(r.Every), X: e.samples,
		Names: s.Names, Scale: s.Scale, Resets: int(e.resets.Load()),
	}
	if r.Ensemble > 1 {
		t.Lens = make([]int, r.Ensemble)
		for m := range t.Lens {
			t.Lens[m] = r.samples()
		}
	}
	return t, nil
}
