// Package parallel spreads independent pieces of work over the cores.
//
// A piece is a chunk whose size the caller fixes, never a share per core, and sums are taken in the order of the pieces:
// so results are the same bits on any number of cores. Every function looks at its context before each piece, and raises
// a panic of the work on the caller's goroutine, with the value it had.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// For calls work(0), …, work(n−1) on as many goroutines as there are cores, in no particular order, and returns ctx's
// error if it was cancelled before all had begun.
func For(ctx context.Context, n int, work func(k int)) error {
	return Each(ctx, n, func(k int) error { work(k); return nil }, nil)
}

// Each is For with work that can fail, and that then begins no further piece: it returns the error of the lowest k.
// finished, unless nil, is called for each piece that is done, one at a time, on the caller's goroutine.
func Each(ctx context.Context, n int, work func(k int) error, finished func(k int)) error {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		return oneByOne(ctx, n, work, finished)
	}
	p := &pieces{n: n, work: work, failed: n}
	var done chan int
	if finished != nil {
		done = make(chan int, n)
	}
	var running sync.WaitGroup
	for range workers - 1 {
		running.Go(func() { p.take(ctx, done) })
	}
	if done == nil {
		p.take(ctx, nil) // the caller is a worker too
	} else {
		running.Go(func() { p.take(ctx, done) })
		go func() {
			running.Wait()
			close(done)
		}()
		for k := range done {
			finished(k)
		}
	}
	running.Wait()
	return p.outcome(ctx)
}

func oneByOne(ctx context.Context, n int, work func(k int) error, finished func(k int)) error {
	for k := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := work(k); err != nil {
			return err
		}
		if finished != nil {
			finished(k)
		}
	}
	return ctx.Err()
}

// pieces are begun in order, so that every piece below one that failed has begun too, and the lowest failure is the same
// whatever the cores.
type pieces struct {
	n    int
	work func(k int) error
	next atomic.Int64

	mu       sync.Mutex
	failed   int // the lowest piece that failed; n for none
	err      error
	panicked bool
	value    any
}

// take does pieces until there are none, one has failed, or ctx has ended.
func (p *pieces) take(ctx context.Context, done chan<- int) {
	for ctx.Err() == nil && !p.stopped() {
		k := int(p.next.Add(1)) - 1
		if k >= p.n {
			return
		}
		if p.do(k) && done != nil {
			done <- k
		}
	}
}

func (p *pieces) stopped() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed < p.n
}

// do does piece k, and reports whether it went well.
func (p *pieces) do(k int) (ok bool) {
	var err error
	defer func() {
		value := recover()
		if ok {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if k < p.failed {
			p.failed, p.err, p.panicked, p.value = k, err, err == nil, value
		}
	}()
	err = p.work(k)
	return err == nil
}

func (p *pieces) outcome(ctx context.Context) error {
	switch {
	case p.panicked:
		panic(p.value)
	case p.failed < p.n:
		return p.err
	}
	return ctx.Err()
}

// InOrder computes value k for each k in [0, n) and passes the values to take in the order of k, on the caller's
// goroutine, so that floating-point sums do not depend on the cores. It returns the error of the lowest k.
func InOrder[T any](ctx context.Context, n int, compute func(k int) (T, error), take func(k int, v T)) error {
	wave := min(n, runtime.GOMAXPROCS(0))
	values := make([]T, wave)
	for first := 0; first < n; first += wave {
		count := min(wave, n-first)
		err := Each(ctx, count, func(i int) (err error) {
			values[i], err = compute(first + i)
			return err
		}, nil)
		if err != nil {
			return err
		}
		for i := range count {
			take(first+i, values[i])
		}
	}
	return ctx.Err()
}
