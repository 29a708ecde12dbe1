package sde

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// ensemble is a simulation under way: its members in blocks, which workers take one after another.
type ensemble struct {
	sde     SDE
	run     Run
	drift   Drift     // of many states
	sources int       // M
	size    int       // members per block, a function of the ensemble alone
	samples []float64 // member-major

	inner func(Stretch) (steps, resets int) // a compiled loop in place of a stepper, or nil

	next   atomic.Int64 // the next block to be taken
	limit  atomic.Int64 // no member takes a step from here on
	steps  atomic.Int64 // steps done by all members
	resets atomic.Int64

	mu      sync.Mutex
	failure *BlowUp
	panics  []any
}

func newEnsemble(s SDE, r Run) *ensemble {
	e := &ensemble{sde: s, run: r, sources: s.Noise.Components(s.Dim)}
	if s.loop != nil && s.loopOf == r.Scheme {
		e.inner = s.loop
	}
	if s.Drifts != nil {
		e.drift, e.size = s.Drifts, batch(r.Ensemble)
	} else {
		e.drift, e.size = eachState(s.Drift, s.Dim), interleaved(r.Ensemble, r.Workers)
	}
	e.samples = make([]float64, r.Ensemble*r.samples()*s.Dim)
	e.limit.Store(math.MaxInt64)
	return e
}

// batch is the number of members that share a call of Drifts. It depends on the ensemble alone, never on the number of
// workers, because the arithmetic of a call may depend on the place in it.
func batch(members int) int { return min(64, max(8, (members+15)/16)) }

// interleaved is the number of members that a worker advances step by step in turn with a drift of one state, so that the
// processor can begin with one while it waits for another. It leaves every worker some blocks.
func interleaved(members, workers int) int { return max(1, min(4, members/(2*workers))) }

// eachState is the drift of many states by calls of the drift of one.
func eachState(f Drift, d int) Drift {
	return func(dst, x []float64) {
		for k := 0; k < len(x); k += d {
			f(dst[k:k+d:k+d], x[k:k+d:k+d])
		}
	}
}

func (e *ensemble) blocks() int { return (e.run.Ensemble + e.size - 1) / e.size }

// halt makes every worker end after the step at hand.
func (e *ensemble) halt() { e.limit.Store(math.MinInt64) }

// reportEvery is the time between reports of progress.
const reportEvery = 50 * time.Millisecond

// integrate runs the workers to their end while it watches ctx and reports progress.
func (e *ensemble) integrate(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("sde: simulation: %w", err)
	}
	done := e.launch()
	defer func() { // also when Progress panics: no worker outlives the call
		e.halt()
		<-done
	}()
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return e.outcome(nil)
		case <-ctx.Done():
			e.halt()
			<-done
			return e.outcome(ctx.Err())
		case <-tick.C:
			e.report()
		}
	}
}

// launch starts the workers and returns a channel that closes when all have ended.
func (e *ensemble) launch() <-chan struct{} {
	var workers sync.WaitGroup
	for range min(e.run.Workers, e.blocks()) {
		workers.Go(e.work)
	}
	done := make(chan struct{})
	go func() {
		workers.Wait()
		close(done)
	}()
	return done
}

// work takes blocks until there are none, and keeps a panic for the caller.
func (e *ensemble) work() {
	defer func() {
		if p := recover(); p != nil {
			e.halt()
			e.mu.Lock()
			e.panics = append(e.panics, p)
			e.mu.Unlock()
		}
	}()
	b := newBlock(e)
	defer func() { e.resets.Add(int64(b.resets)) }()
	integrate := b.integrate
	if e.inner != nil {
		integrate = newStretches(b).integrate
	}
	for {
		first := (int(e.next.Add(1)) - 1) * e.size
		if first >= e.run.Ensemble {
			return
		}
		b.take(first, min(first+e.size, e.run.Ensemble))
		integrate()
	}
}

// fail keeps the first blow-up in the order of steps and members. All members still run up to that step, so that it is
// the same one on any number of workers.
func (e *ensemble) fail(b *BlowUp) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if b.before(e.failure) {
		e.failure = b
		e.limit.Store(min(e.limit.Load(), int64(b.Step)))
	}
}

func (e *ensemble) total() int { return e.run.Ensemble * (e.run.BurnIn + e.run.last()) }

func (e *ensemble) report() {
	if e.run.Progress != nil {
		e.run.Progress("simulation", int(e.steps.Load()), e.total())
	}
}

// outcome is what the workers left: a panic, a blow-up, an interruption, or the end of the work.
func (e *ensemble) outcome(interrupted error) error {
	switch {
	case len(e.panics) > 0:
		panic(e.panics[0])
	case e.failure != nil:
		return e.failure
	case interrupted != nil:
		return fmt.Errorf("sde: simulation stopped after %d of %d steps: %w", e.steps.Load(), e.total(), interrupted)
	}
	e.report()
	if done := int(e.steps.Load()); done != e.total() {
		return fmt.Errorf("sde: the drift ended its goroutine after %d of %d steps", done, e.total())
	}
	return nil
}
