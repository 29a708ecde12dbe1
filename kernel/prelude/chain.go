package prelude

import (
	"context"
	"errors"

	"scorebook/stdlib/langevin"
	"scorebook/stdlib/markov"
)

type (
	TimescaleOptions = markov.TimescaleOptions
	BaselineOptions  = langevin.BaselineOptions
)

// Context is that of the running cell: a library call that takes it ends when the cell is interrupted.
func (v *Vocabulary) Context() context.Context { return v.context() }

// Timescales shows the implied timescales −τ/ln|λ| of the chain on the cells of t against the lag, with block-bootstrap bands:
// for a Markov process they do not depend on it.
func (v *Vocabulary) Timescales(t *Trajectory, options ...TimescaleOptions) *markov.TimescaleScan {
	o := only(options)
	return watched(v, func(report func(string, int, int)) (*markov.TimescaleScan, error) {
		o.Progress = report
		return markov.ScanTimescales(v.context(), t, o)
	})
}

// ChapmanKolmogorov compares what the chain q predicts for the times τ, 2τ, …, steps·τ with the data, C(kτ) and the
// probability to return, in standard errors.
func (v *Vocabulary) ChapmanKolmogorov(q *MarkovChain, steps int) *markov.ChapmanKolmogorov {
	return must(q.ChapmanKolmogorov(v.context(), steps))
}

// KramersMoyal estimates drift and diffusion in each cell of q from the increments, LD (51), corrected for the finite lag.
func (v *Vocabulary) KramersMoyal(q *MarkovChain) *markov.KramersMoyal {
	return must(q.KramersMoyal(v.context()))
}

// Reversible is the chain of largest likelihood with detailed balance, of the counts of q: for a process without rotation.
func (v *Vocabulary) Reversible(q *MarkovChain) *MarkovChain {
	return must(q.Reversible(v.context()))
}

// Baselines makes the reduced models of t with the score s by all ways side by side: this library's, LD's recipe with α = 1 and
// with α tuned, Kramers–Moyal, the linear inverse model, and Φ = Σ = I. Langevin-like, each has a Model with an SDE.
func (v *Vocabulary) Baselines(t *Trajectory, s Score, options ...BaselineOptions) langevin.Ways {
	ways := must(langevin.Baselines(v.context(), t, together(given(s)), only(options)))
	if len(ways) == 0 {
		panic(&Failure{errors.New("langevin: no way leads to a model")})
	}
	return ways
}
