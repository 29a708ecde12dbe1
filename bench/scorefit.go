package main

import (
	"context"
	"math"
	"time"

	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

// fitWhole times KG's two-dimensional fit, on 10⁵ samples that are nearly independent.
func (s *scoreBench) fitWhole() error {
	ctx := context.Background()
	pair := systems.AsymmetricPotential{}
	t, err := sde.Simulate(ctx, pair.SDE(), sde.Run{Dt: 0.005, Steps: 100_000, Every: 100, Ensemble: 100, BurnIn: 4000, Seed: 1})
	if err != nil {
		return err
	}
	z, err := t.Normalize()
	if err != nil {
		return err
	}
	var took []float64
	var m *kgmm.Model
	for round := range min(3, s.rounds) {
		begin := time.Now()
		if m, err = kgmm.Fit(ctx, z, kgmm.Options{Sigma: 0.05, Cells: 725, Epochs: 100, Seed: uint64(round)}); err != nil {
			return err
		}
		took = append(took, time.Since(begin).Seconds())
	}
	s.Fit = median(took)
	s.Error = relativeError(m, score.Normalized(pair.Score(), z.Scale), z.X)
	return nil
}

// relativeError is √(Σ|got − want|² / Σ|want|²) over the samples x: weighted by the stationary density.
func relativeError(got, want score.Score, x []float64) float64 {
	a, b := make([]float64, len(x)), make([]float64, len(x))
	got.ScoreTo(a, x)
	want.ScoreTo(b, x)
	diff, norm := 0.0, 0.0
	for i, v := range b {
		diff += (a[i] - v) * (a[i] - v)
		norm += v * v
	}
	return math.Sqrt(diff / norm)
}
