package sde

import (
	"fmt"
	"math"
	"runtime"
)

// Run says how an equation is integrated and what is kept.
type Run struct {
	// Scheme is the method of integration. Its zero value is EulerMaruyama.
	Scheme Scheme
	// Dt is the time step δt. Required.
	Dt float64
	// Steps is the number of steps of each member after its burn-in. Required.
	Steps int
	// Every is the number of steps between samples. 0 means 1.
	Every int
	// Ensemble is the number of independent members. 0 means 1.
	Ensemble int
	// Seed selects the noise.
	Seed uint64
	// Start is the initial state: D values for all members, or Ensemble·D, member after member. nil means the origin.
	Start []float64
	// BurnIn is the number of steps that each member takes before its first sample. Their noise is drawn apart, so the
	// noise after the burn-in does not depend on it.
	BurnIn int
	// Bound, when positive, puts a member that leaves |xᵢ| ≤ Bound back to its start; Trajectory.Resets counts that.
	// 0 means the Bound of the equation, which most do not have.
	Bound float64
	// Workers is the number of goroutines that work at once. 0 means GOMAXPROCS. The result does not depend on it.
	Workers int
	// Progress, when set, is called on the caller's goroutine with the steps done by all members and their total.
	Progress func(stage string, done, total int)
}

// maxBytes bounds the samples of one run: beyond it a machine more likely dies than answers.
const maxBytes = 1 << 35

func (r Run) withDefaults(s SDE) Run {
	if r.Bound == 0 {
		r.Bound = s.Bound
	}
	if r.Every == 0 {
		r.Every = 1
	}
	if r.Ensemble == 0 {
		r.Ensemble = 1
	}
	if r.Workers == 0 {
		r.Workers = runtime.GOMAXPROCS(0)
	}
	return r
}

// samples is the number of samples of each member: one at each step 0, Every, 2·Every, … below Steps.
func (r Run) samples() int { return (r.Steps-1)/r.Every + 1 }

// last is the step of the last sample, at which a member is done.
func (r Run) last() int { return (r.samples() - 1) * r.Every }

func (r Run) validate(dim int) error {
	switch {
	case !(r.Dt > 0) || math.IsInf(r.Dt, 1):
		return fmt.Errorf("sde: Run.Dt is %g; the time step must be positive and finite", r.Dt)
	case r.Steps < 1:
		return fmt.Errorf("sde: Run.Steps is %d; it must be at least 1", r.Steps)
	case r.Every < 0 || r.Ensemble < 0 || r.BurnIn < 0 || r.Workers < 0 || !(r.Bound >= 0):
		return fmt.Errorf("sde: Run has a negative field: Every %d, Ensemble %d, BurnIn %d, Workers %d, Bound %g",
			r.Every, r.Ensemble, r.BurnIn, r.Workers, r.Bound)
	case r.Start != nil && len(r.Start) != dim && len(r.Start) != dim*r.Ensemble:
		return fmt.Errorf("sde: Run.Start has %d values; %d members of %d coordinates need %d, or %d for all the same",
			len(r.Start), r.Ensemble, dim, r.Ensemble*dim, dim)
	}
	if bytes := 8 * float64(r.samples()) * float64(dim) * float64(r.Ensemble); bytes > maxBytes {
		return fmt.Errorf("sde: the samples would take %.0f GiB; raise Run.Every, or lower Steps or Ensemble", bytes/(1<<30))
	}
	for i, v := range r.Start {
		if v-v != 0 || r.Bound > 0 && math.Abs(v) > r.Bound {
			return fmt.Errorf("sde: Run.Start has x[%d] = %g for member %d; start at a finite state within the bound",
				i%dim, v, i/dim)
		}
	}
	return nil
}

// start returns the initial state of member m, or nothing for the origin.
func (r Run) start(m, dim int) []float64 {
	if len(r.Start) <= dim {
		return r.Start
	}
	return r.Start[m*dim : (m+1)*dim]
}
