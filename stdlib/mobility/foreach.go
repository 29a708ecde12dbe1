package mobility

import (
	"context"
	"runtime"
	"sync"
)

// forEach runs work(k) for k in [0, n) on all cores, and finished(k) for each that is done, one at a time, on the
// caller's goroutine. It returns the error of the lowest k. A panic of the work, which may be the user's score, is raised
// on the caller's goroutine.
func forEach(ctx context.Context, n int, work func(k int) error, finished func(k int)) error {
	o := &outcomes{errs: make([]error, n), panics: make([]any, n)}
	next, done := make(chan int), make(chan int, n)
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for k := range next {
				o.run(k, work)
				done <- k
			}
		})
	}
	go func() {
		for k := 0; k < n && ctx.Err() == nil; k++ {
			next <- k
		}
		close(next)
		workers.Wait()
		close(done)
	}()
	for k := range done {
		if o.errs[k] == nil && o.panics[k] == nil {
			finished(k)
		}
	}
	return o.result(ctx)
}

type outcomes struct {
	errs   []error
	panics []any
}

func (o *outcomes) run(k int, work func(k int) error) {
	defer func() { o.panics[k] = recover() }()
	o.errs[k] = work(k)
}

func (o *outcomes) result(ctx context.Context) error {
	for k, p := range o.panics {
		if p != nil {
			panic(p)
		}
		if o.errs[k] != nil {
			return o.errs[k]
		}
	}
	return ctx.Err()
}
