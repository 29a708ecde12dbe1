package dsm

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

	// Hidden are the sizes of the hidden layers of an MLP; nil means 128, 64. UNet, when set, asks for a U-Net along the
	// coordinates instead; its Length 0 means D/Channels. Net, when set, is trained as it is, whatever the two say.
	Hidden []int
	UNet   *nn.UNetOptions
	Net    nn.Network

	Epochs       int     // 0 means 100
	Samples      int     // drawn at random for each epoch; 0 means every sample of the series once
	Batch        int     // samples to a step; 0 means 128
	LearningRate float64 // of Adam; 0 means 0.001
	WarmUp       int     // steps in which the rate rises; LD takes 100
	Floor        float64 // the rate at the end, which it falls to as a cosine; LD takes 1e-4

	// HeldOut is the fraction of the series, at its end, that is kept from training to measure the loss on, with one
	// noise for all epochs. Average, Patience and Checkpoint are those of [nn.TrainOptions].
	HeldOut    float64
	Average    float64
	Patience   int
	Checkpoint string

	// Seed decides the network, the order and the noise. The same seed gives the same bits on any number of cores.
	Seed uint64

	// Progress, if set, is told of the epochs done.
	Progress func(stage string, done, total int)
}

// withDefaults completes o for a series of n samples.
func (o Options) withDefaults(n int) (Options, error) {
	if o.Hidden == nil {
		o.Hidden = []int{128, 64}
	}
	if o.Batch == 0 {
		o.Batch = 128
	}
	switch {
	case !(o.Sigma > 0) || math.IsInf(o.Sigma, 0):
		return o, fmt.Errorf("dsm: Sigma is %v; it is the width of the noise and required: try 0.05 for a normalised series", o.Sigma)
	case o.Samples < 0:
		return o, fmt.Errorf("dsm: Samples is %d; give a positive number, or 0 for the whole series", o.Samples)
	case !(o.HeldOut >= 0 && o.HeldOut < 1):
		return o, fmt.Errorf("dsm: HeldOut is %v; it is a fraction below 1, such as 0.1", o.HeldOut)
	case n-int(o.HeldOut*float64(n)) < leastSamples:
		return o, fmt.Errorf("dsm: %d samples with %v held out leave fewer than the %d that a fit needs: bring more", n, o.HeldOut, leastSamples)
	}
	for _, size := range o.Hidden {
		if size < 1 {
			return o, fmt.Errorf("dsm: Hidden is %v; every layer needs at least one unit", o.Hidden)
		}
	}
	return o, nil
}

const leastSamples = 10

// network is the one to train on d coordinates.
func (o Options) network(d int) (nn.Network, error) {
	switch {
	case o.Net != nil:
		if o.Net.In() != d || o.Net.Out() != d {
			return nil, fmt.Errorf("dsm: Net has %d inputs and %d outputs, the series %d coordinates", o.Net.In(), o.Net.Out(), d)
		}
		return o.Net, nil
	case o.UNet != nil:
		shape := *o.UNet
		shape.Channels = max(1, shape.Channels)
		if shape.Length == 0 {
			shape.Length = d / shape.Channels
		}
		if shape.Length*shape.Channels != d {
			return nil, fmt.Errorf("dsm: a U-Net of %d positions and %d channels does not fit %d coordinates", shape.Length, shape.Channels, d)
		}
		shape.Seed = o.Seed
		net, err := nn.NewUNet(shape)
		if err != nil {
			return nil, fmt.Errorf("dsm: %w", err)
		}
		return net, nil
	}
	return nn.NewMLP(o.Seed, append(append([]int{d}, o.Hidden...), d)...), nil
}

func (o Options) training() nn.TrainOptions {
	return nn.TrainOptions{
		Epochs: o.Epochs, Batch: o.Batch, LearningRate: o.LearningRate, WarmUp: o.WarmUp, Floor: o.Floor,
		Average: o.Average, Patience: o.Patience, Checkpoint: o.Checkpoint, Seed: o.Seed, Progress: o.Progress,
	}
}
