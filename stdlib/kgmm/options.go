package kgmm

import (
	"fmt"
	"math"

	"scorebook/stdlib/nn"
)

// Options control [Fit]. Sigma is required; everything else has a default.
type Options struct {
	// Sigma is σ, the width of the noise, in the units of the trajectory's coordinates. The papers take 0.05 for
	// normalised series of few dimensions, and 0.1 for many.
	Sigma float64

	// MinProb and Cells choose the partition: see [partition.Options]. Give one; without either, MinProb is 0.001,
	// which makes about 750 cells.
	MinProb float64
	Cells   int

	// Nearest gives each perturbed sample to the cell with the nearest centroid, that of Tree.Nearest, exactly as k-means
	// does, instead of the one that the tree's planes lead it to, Tree.Label, which is a few times faster.
	Nearest bool

	// Rule says what is compared with Tolerance after each pass; the zero value is Frobenius. Tolerance is the change below
	// which the passes end; 0 means 0.001.
	Rule      Rule
	Tolerance float64
	// MaxPasses ends them in any case; 0 means 120.
	MaxPasses int

	Hidden       []int   // sizes of the network's hidden layers; nil means 128, 64
	Epochs       int     // 0 means as many as make 5000 steps of a minibatch, and at least 100
	Batch        int     // cells in a minibatch; 0 means 64
	LearningRate float64 // of Adam at the start, from where it falls to zero as a cosine; 0 means 0.005

	// Seed decides the noise, the partition and the network. The same seed gives the same bits on any number of
	// cores.
	Seed uint64

	// Progress, if set, is told of the partition's samples, the passes and the epochs done.
	Progress func(stage string, done, total int)
}

func (o Options) withDefaults() (Options, error) {
	if o.Tolerance == 0 {
		o.Tolerance = 1e-3
	}
	if o.MaxPasses == 0 {
		o.MaxPasses = 120
	}
	if o.Hidden == nil {
		o.Hidden = []int{128, 64}
	}
	if o.Batch == 0 {
		o.Batch = 64
	}
	if o.LearningRate == 0 {
		o.LearningRate = 0.005
	}
	switch {
	case !(o.Sigma > 0) || math.IsInf(o.Sigma, 0):
		return o, fmt.Errorf("kgmm: Sigma is %v; it is the width of the noise and required: try 0.05 for a normalised series", o.Sigma)
	case !(o.Tolerance > 0):
		return o, fmt.Errorf("kgmm: Tolerance is %v; try 0.001", o.Tolerance)
	case o.MaxPasses < 0:
		return o, fmt.Errorf("kgmm: MaxPasses is %d; give a positive number, or 0 for 120", o.MaxPasses)
	}
	for _, size := range o.Hidden {
		if size < 1 {
			return o, fmt.Errorf("kgmm: Hidden is %v; every layer needs at least one unit", o.Hidden)
		}
	}
	return o, nil
}

// training is how a network is fitted to so many cells.
func (o Options) training(cells int) nn.TrainOptions {
	const steps, leastEpochs = 5000, 100
	if o.Epochs == 0 && o.Batch > 0 {
		minibatches := (cells + o.Batch - 1) / o.Batch
		o.Epochs = max(leastEpochs, (steps+minibatches-1)/minibatches)
	}
	return nn.TrainOptions{
		Epochs: o.Epochs, Batch: o.Batch, LearningRate: o.LearningRate, Schedule: nn.Cosine,
		Seed: o.Seed, Progress: o.Progress,
	}
}
