package nn

import (
	"fmt"
	"math"
)

// TrainOptions control [Train] and [TrainSource]. The zero value works.
type TrainOptions struct {
	Epochs       int      // passes over the samples; 0 means 100
	Batch        int      // samples to a gradient step; 0 means 64
	LearningRate float64  // of Adam; 0 means 0.001
	Schedule     Schedule // of the learning rate; the zero value is Cosine
	WarmUp       int      // steps in which the rate rises from near zero to LearningRate
	Floor        float64  // the rate that Cosine ends at
	Seed         uint64   // of the shuffling; the same seed gives the same bits on any number of cores

	// HeldOut is the fraction of the samples, drawn at random, kept from training to measure the loss on. TrainSource
	// does not use it.
	HeldOut float64
	// Patience, when positive, ends the training when the held-out loss has not fallen for so many epochs, and gives the
	// network of the lowest back. 0 trains to the end and keeps the last.
	Patience int

	// Average is the fraction of the steps, at the end, over which the network's numbers are averaged, running norms
	// included, so that what it knows of the last minibatches alone goes out. 0 keeps what the last step left; HeldOut
	// is then still of each epoch's own numbers. It does not go with Patience.
	Average float64

	// Checkpoint, when set, names a file that keeps the state of the training, written after every CheckpointEvery epochs
	// (0 means 1) and the last. When it is there at the start, training goes on from it, to the same bits as without
	// the interruption.
	Checkpoint      string
	CheckpointEvery int

	// Progress, if set, is told of the epochs done.
	Progress func(stage string, done, total int)
}

func (o TrainOptions) withDefaults() (TrainOptions, error) {
	if o.Epochs == 0 {
		o.Epochs = 100
	}
	if o.Batch == 0 {
		o.Batch = 64
	}
	if o.LearningRate == 0 {
		o.LearningRate = 0.001
	}
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = 1
	}
	switch {
	case o.Epochs < 0:
		return o, fmt.Errorf("nn: Epochs is %d; give a positive number, or 0 for 100", o.Epochs)
	case o.Batch < 0:
		return o, fmt.Errorf("nn: Batch is %d; give a positive number, or 0 for 64", o.Batch)
	case !(o.LearningRate > 0) || math.IsInf(o.LearningRate, 0):
		return o, fmt.Errorf("nn: LearningRate is %v; try 0.001", o.LearningRate)
	case !(o.Floor >= 0 && o.Floor <= o.LearningRate):
		return o, fmt.Errorf("nn: Floor is %v; it is a rate between 0 and LearningRate (%v)", o.Floor, o.LearningRate)
	case o.WarmUp < 0 || o.Patience < 0 || o.CheckpointEvery < 0:
		return o, fmt.Errorf("nn: WarmUp is %d, Patience %d and CheckpointEvery %d; none may be negative", o.WarmUp, o.Patience, o.CheckpointEvery)
	case !(o.Average >= 0 && o.Average <= 1):
		return o, fmt.Errorf("nn: Average is %v; it is a fraction of the training, such as 0.2", o.Average)
	case o.Average > 0 && o.Patience > 0:
		return o, fmt.Errorf("nn: Average is %v and Patience %d; one gives a mean of networks back, the other the best: leave one out", o.Average, o.Patience)
	case !(o.HeldOut >= 0 && o.HeldOut < 1):
		return o, fmt.Errorf("nn: HeldOut is %v; it is a fraction below 1, such as 0.2", o.HeldOut)
	}
	return o, nil
}

// History is the loss Σ_b w_b |f(x_b) − y_b|² / (Out·Σ_b w_b), epoch by epoch.
type History struct {
	Loss    []float64 // over the training samples, each as it was met in the epoch
	HeldOut []float64 // over the held-out samples at the epoch's end; nil when there are none
	Best    int       // the epoch, from 0, whose held-out loss was the lowest; −1 without held-out samples
	Stopped bool      // whether Patience ended the training, and the network is that of epoch Best
}
