package kgmm

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// forEach calls f(0), …, f(n−1) on as many goroutines as there are cores, in no particular order, and returns
// ctx's error if it was cancelled before all had begun.
func forEach(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
