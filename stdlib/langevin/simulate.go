package langevin

import (
	"context"
	"fmt"

	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

// Bound is the distance from the origin, in normalised coordinates, at which the papers put a trajectory back to its start.
const Bound = 10

// Overdamped returns ẋ = s(x) + √2 ξ, KG (1) with Σ = I and so Φ = I: the density is that of the score, the times are not
// those of the data.
func Overdamped(s score.Score, scale *trajectory.Scale) *Model {
	return &Model{Score: s, Mobility: mobility.Unit(s.Dim(), scale)}
}

// Simulate integrates the model by the scheme of r in the model's own coordinates. A step that would blow up is refused before
// it is taken, see CheckStep, with the states of r.Start for those of the data.
func (m *Model) Simulate(ctx context.Context, r sde.Run) (*trajectory.Trajectory, error) {
	states := r.Start
	if states == nil {
		states = make([]float64, m.Dim())
	}
	if c := m.CheckStep(r.Dt, states); c.BlowsUp {
		return nil, fmt.Errorf("langevin: %s", c.Warning)
	}
	x, err := sde.Simulate(ctx, m.SDE(), r)
	if err != nil {
		return nil, fmt.Errorf("langevin: %w", err)
	}
	return x, nil
}

// Pair is a true and a reduced trajectory driven by the same noise, LD Figs. 3 and 4.
type Pair struct{ Truth, Model *trajectory.Trajectory }

// SameNoise integrates the equation truth and the model, both in physical coordinates, from r.Start with the same noise ζ.
// They must have as many noise sources, with a B = √2 Σ that is the truth's where Φ is: Σ is lower triangular. Resets at a
// Bound would part the two, so that it must be 0.
func (m *Model) SameNoise(ctx context.Context, truth sde.SDE, r sde.Run) (*Pair, error) {
	model := m.Physical().SDE() // without a Bound: it is in physical coordinates
	if truth.Dim != model.Dim {
		return nil, fmt.Errorf("langevin: an equation of %d coordinates and a model of %d: they must agree", truth.Dim, model.Dim)
	}
	if a, b := truth.Noise.Components(truth.Dim), model.Noise.Components(model.Dim); a != b {
		return nil, fmt.Errorf("langevin: the equation has %d sources of noise and the model %d: no path of one belongs to a path of the other", a, b)
	}
	if r.Bound != 0 {
		return nil, fmt.Errorf("langevin: resets at the bound %g would part the two paths: leave Bound at 0", r.Bound)
	}
	var p Pair
	var err error
	if p.Truth, err = sde.Simulate(ctx, truth, r); err != nil {
		return nil, fmt.Errorf("langevin: the true equation: %w", err)
	}
	if p.Model, err = sde.Simulate(ctx, model, r); err != nil {
		return nil, fmt.Errorf("langevin: the model: %w", err)
	}
	return &p, nil
}
