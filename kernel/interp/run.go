package interp

import (
	"context"
	"time"

	"scorebook/kernel/cell"
)

// grace is how long an interrupted cell may take to notice before it is left behind.
const grace = 80 * time.Millisecond

// run calls the cell's function on a goroutine of its own and waits for it or for an interrupt.
func (s *Session) run(ctx context.Context, src cell.Source, call func(), streams cell.Streams) (cell.Result, error) {
	m := s.machine
	r := m.begin(ctx, streams)
	if s.opts.Before != nil {
		s.opts.Before(ctx)
	}
	done := make(chan any, 1)
	began := time.Now()
	go func() {
		defer r.enter()()
		defer func() {
			v := recover()
			if v != nil {
				r.places = m.traceTo(0)
			}
			done <- v
		}()
		r.deferred.Run(call)
	}()
	var failure any
	select {
	case failure = <-done:
	case <-ctx.Done():
		if failure = r.interrupt(done); failure == nil {
			failure = halted{}
		}
	}
	took := time.Since(began)
	m.drain()
	if *m.deep {
		failure = stackOverflow{}
	}
	if failure != nil {
		return cell.Result{}, s.explain(ctx, src, failure, r.places)
	}
	result := m.result()
	result.Took = took
	return result, nil
}

// begin makes a cell's run the latest.
func (m *machine) begin(ctx context.Context, streams cell.Streams) *run {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &run{machine: m, ctx: ctx, streams: withDiscard(streams)}
	m.run, m.shown = r, nil
	m.leftMu.Lock()
	m.left = nil
	m.leftMu.Unlock()
	*m.stop, *m.deep, *m.depth = false, false, 0
	r.deferred = m.newDeferred()
	return r
}

// interrupt stops a run's goroutines at their next turn or wait. One that is inside compiled code is left
// behind, and stopped when it comes back.
func (r *run) interrupt(done <-chan any) (failure any) {
	r.interrupted.Store(true)
	ended := make(chan struct{})
	go func() {
		r.tasks.Wait()
		close(ended)
	}()
	deadline := time.After(grace)
	for running := true; running; {
		*r.machine.stop = true
		select {
		case failure = <-done:
			running = false
		case <-deadline:
			go r.chase(done, ended)
			return failure
		case <-time.After(time.Millisecond):
		}
	}
	for {
		*r.machine.stop = true
		select {
		case <-ended:
			return failure
		case <-deadline:
			go r.chase(nil, ended)
			return failure
		case <-time.After(time.Millisecond):
		}
	}
}

// chase asks for a turn, now and then, until the last goroutine of an interrupted run has ended.
func (r *run) chase(done <-chan any, ended <-chan struct{}) {
	for done != nil || ended != nil {
		*r.machine.stop = true
		select {
		case <-done:
			done = nil
		case <-ended:
			ended = nil
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (m *machine) result() cell.Result {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shown == nil {
		return cell.Result{}
	}
	return *m.shown
}
