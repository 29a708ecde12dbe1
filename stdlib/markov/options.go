package markov

import (
	"fmt"
	"math"

	"scorebook/stdlib/partition"
)

// Options choose the partition, the lag and the method. The zero value is p_min = 0.001, about 770 cells, a lag of one
// sample, and the logarithm.
type Options struct {
	// MinProb and Cells set the fineness of the partition, as in [partition.Options]. Give one of them or none.
	MinProb float64
	Cells   int
	// Tree, if set, is the partition, and MinProb and Cells are not used.
	Tree *partition.Tree
	// Lag is τ/Δt, in samples; 0 means 1. Where the data hold all the variables of a Markov process, one sample is best
	// with the logarithm. A longer one leaves out what is not Markovian below it. It must stay below the fastest time that
	// matters: what decays below the counting noise within the lag cannot be seen.
	Lag int
	// ChooseLag takes the lag at which Φ no longer depends on it, by the rule of [Plateau] over the lags of [ScanLags]'s default;
	// RateMatrix.Scan shows it. It costs ten to eighty times as much as one lag, and takes the first one for a Markov process.
	ChooseLag bool
	// Method is how the generator is taken; the zero value is Logarithm.
	Method Method
	// Cutoff is the time at which the integral of the method GreenKubo ends; 0 means the first zero of the correlation.
	Cutoff float64
	// Seed starts the k-means of the partition.
	Seed uint64
	// Progress, if set, is told of the stages.
	Progress func(stage string, done, total int)
}

func (o Options) lag() int {
	if o.Lag == 0 {
		return 1
	}
	return o.Lag
}

// check finds what is wrong with the options for data of D coordinates.
func (o Options) check(dim int) error {
	if o.Method < Logarithm || o.Method > GroupInverse {
		return fmt.Errorf("markov: unknown method %d", int(o.Method))
	}
	if o.ChooseLag && o.Lag != 0 {
		return fmt.Errorf("markov: a lag of %d samples is given and ChooseLag asks for one: leave one of them out", o.Lag)
	}
	if !(o.Cutoff >= 0) || math.IsInf(o.Cutoff, 1) {
		return fmt.Errorf("markov: Cutoff is %g; it is a time at which the correlations have died out", o.Cutoff)
	}
	if o.Tree != nil && o.Tree.Dim() != dim {
		return fmt.Errorf("markov: a partition of %d coordinates for a trajectory of %d", o.Tree.Dim(), dim)
	}
	return nil
}

func (o Options) report(stage string, done, total int) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}
