package partition

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// forEach calls f(0), …, f(n−1) on as many goroutines as there are cores, in no particular order, and returns
// ctx's error if it was cancelled before all had begun.
func forEach(ctx context.Context, n int, f func(i int)) error {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			if err := ctx.Err(); err != nil {
				return err
			}
			f(i)
		}
		return nil
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
