package kgmm

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/nn"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

// Fit estimates the score of the density that t samples, in t's coordinates: normalise first. It returns an error
// when t is not a finite series, when a coordinate is constant, when the options are out of range, when fewer than ten
// samples fall to a cell, and when ctx is cancelled.
func Fit(ctx context.Context, t *trajectory.Trajectory, o Options) (*Model, error) {
	if _, err := o.withDefaults(); err != nil {
		return nil, err
	}
	if err := t.Validate(); err != nil {
		return nil, fmt.Errorf("kgmm: %w", err)
	}
	m, err := FitSource(ctx, partition.SourceOf(t), o)
	if err != nil {
		return nil, err
	}
	m.Scale = t.Scale
	return m, nil
}

// FitSource is [Fit] for a series that is read chunk by chunk, such as a file larger than memory: once for the
// partition, and once for each pass. The same samples give the same bits. Set Scale in the model when they are
// normalised.
func FitSource(ctx context.Context, source partition.Source, o Options) (*Model, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	m := &Model{Sigma: o.Sigma, samples: source.Len()}
	if err := m.partition(ctx, source, o); err != nil {
		return nil, fmt.Errorf("kgmm: %w", err)
	}
	if err := m.average(ctx, source, o); err != nil {
		return nil, fmt.Errorf("kgmm: averaging the noise interrupted after %d passes: %w", m.Passes, err)
	}
	if err := m.join(ctx, o); err != nil {
		return nil, fmt.Errorf("kgmm: %w", err)
	}
	m.warn(o)
	return m, nil
}

// partition builds the cells from one perturbed draw.
func (m *Model) partition(ctx context.Context, source partition.Source, o Options) error {
	draw := &perturbed{Source: source, ctx: ctx, sigma: o.Sigma, key: noiseKey(o.Seed, treeDraw)}
	var err error
	m.Tree, err = partition.BuildFrom(ctx, draw, partition.Options{MinProb: o.MinProb, Cells: o.Cells, Seed: o.Seed, Progress: o.Progress})
	if err != nil {
		return err
	}
	m.std = draw.moments.Std()
	for i, std := range m.std {
		if std == 0 {
			return fmt.Errorf("coordinate %d is constant over all %d samples, so its density has no score: leave it out", i+1, m.samples)
		}
	}
	if perCell := m.perCell(); perCell < leastPerCell {
		return fmt.Errorf("%d cells for %d samples leave %.2g in each, and at least %d are needed: raise MinProb (%.2g) or bring more samples",
			m.Tree.Cells(), m.samples, perCell, leastPerCell, m.Tree.MinProb())
	}
	return nil
}

// average makes passes until E[z|Ω] settles.
func (m *Model) average(ctx context.Context, source partition.Source, o Options) error {
	s := newSums(m.Tree, o.Sigma)
	sweep := newSweeper(m.Tree, source, o)
	m.Centers, m.Targets, m.Counts = m.Tree.Centroids(), make([]float64, len(s.noise)), s.counts
	previous := make([]float64, len(s.noise))
	for m.Passes < o.MaxPasses && !m.Converged {
		if err := sweep.pass(ctx, s, m.Passes+1); err != nil {
			return err
		}
		m.Passes++
		copy(previous, m.Targets)
		s.means(m.Targets, m.Centers)
		change := o.Rule.change(m.Targets, previous, m.Tree.Dim())
		m.Change = append(m.Change, change)
		m.Converged = change < o.Tolerance
		if o.Progress != nil {
			o.Progress("noise", m.Passes, expectedPasses(m.Passes, change, o))
		}
	}
	if m.Converged && o.Progress != nil {
		o.Progress("noise", m.Passes, m.Passes)
	}
	m.squares = s.square
	m.within = s.within()
	return nil
}

// expectedPasses extrapolates the change, whose root falls as 1/t in the number of passes.
func expectedPasses(done int, change float64, o Options) int {
	ratio := change / o.Tolerance
	if o.Rule == Frobenius {
		ratio = math.Sqrt(ratio)
	}
	return min(o.MaxPasses, max(done, int(math.Ceil(min(float64(done)*ratio, 1e6)))))
}

// join fits the network to the cells, weighted by their counts. It learns the targets in units of their root mean
// square, because Glorot's weights and Adam's rate are made for outputs of order one.
func (m *Model) join(ctx context.Context, o Options) error {
	weights := make([]float64, len(m.Counts))
	for k, n := range m.Counts {
		weights[k] = float64(n)
	}
	unit := m.rms()
	targets := make([]float64, len(m.Targets))
	scale(targets, m.Targets, 1/unit)
	sizes := append(append([]int{m.Tree.Dim()}, o.Hidden...), m.Tree.Dim())
	m.Net = nn.NewMLP(o.Seed, sizes...)
	history, err := nn.Train(ctx, m.Net, nn.Data{X: m.Centers, Y: targets, Weights: weights}, o.training(len(m.Counts)))
	if err != nil {
		return err
	}
	m.Net.ScaleOutput(unit)
	m.Loss = history.Loss
	return nil
}

// rms is the root mean square of the targets over the samples, or 1 when all are zero.
func (m *Model) rms() float64 {
	sum, weight := 0.0, 0.0
	dim := m.Tree.Dim()
	for k, n := range m.Counts {
		for _, v := range m.Targets[k*dim : (k+1)*dim] {
			sum += float64(n) * v * v
			weight += float64(n)
		}
	}
	if sum == 0 {
		return 1
	}
	return math.Sqrt(sum / weight)
}
