package dsm

import (
	"context"
	"fmt"

	"scorebook/stdlib/nn"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// Model is an estimated score. Its fields are for reading.
type Model struct {
	nn.Denoiser           // the network, σ and the scale: ScoreTo, JacobianTo, DivergenceTo, Save
	Loss        []float64 // E|f(y) − z|²/D over each epoch: 1 for a network that learnt nothing
	HeldOut     []float64 // the same over the held-out samples; nil without
	Best        int       // the epoch, from 0, with the lowest of these; −1 without
	Stopped     bool      // whether Patience ended the training
	Samples     int       // of the series, without those held out
	Warnings    []string  // what makes the estimate doubtful, with figures
}

var _ score.Differentiable = (*Model)(nil)

// Fit estimates the score of the density that t samples, in t's coordinates: normalise first. It returns an error
// when t is not a finite series, when the options are out of range, and when ctx is cancelled.
func Fit(ctx context.Context, t *trajectory.Trajectory, o Options) (*Model, error) {
	if err := t.Validate(); err != nil {
		return nil, fmt.Errorf("dsm: %w", err)
	}
	o, err := o.withDefaults(t.Len())
	if err != nil {
		return nil, err
	}
	if err := checkSpread(t); err != nil {
		return nil, err
	}
	net, err := o.network(t.Dim)
	if err != nil {
		return nil, err
	}
	kept := t.Len() - int(o.HeldOut*float64(t.Len()))
	train := newNoisy(t.X[:kept*t.Dim], t.Dim, o, "dsm", o.Samples)
	var held nn.Source
	if kept < t.Len() {
		held = newNoisy(t.X[kept*t.Dim:], t.Dim, o, "dsm: held out", 0)
	}
	history, err := nn.TrainSource(ctx, net, train, held, o.training())
	if err != nil {
		return nil, fmt.Errorf("dsm: %w", err)
	}
	m := &Model{Denoiser: nn.Denoiser{Net: net, Sigma: o.Sigma, Scale: t.Scale}, Samples: kept,
		Loss: history.Loss, HeldOut: history.HeldOut, Best: history.Best, Stopped: history.Stopped}
	m.warn(t)
	return m, nil
}

// checkSpread refuses a coordinate that does not vary: its density has no score.
func checkSpread(t *trajectory.Trajectory) error {
	for i, std := range t.Moments().Std() {
		if std == 0 {
			return fmt.Errorf("dsm: %s is constant over all %d samples, so its density has no score: leave it out", t.Name(i), t.Len())
		}
	}
	return nil
}
