package markov

import (
	"context"
	"runtime"
	"sync"
)

// inOrder runs compute(k) for k in [0, n) on all cores and passes each result to take in the order of k, so that sums of
// floating-point numbers are the same bits on any number of cores. It stops at the first error.
func inOrder[T any](ctx context.Context, n int, compute func(k int) (T, error), take func(k int, v T)) error {
	wave := min(n, runtime.GOMAXPROCS(0))
	values, errs := make([]T, wave), make([]error, wave)
	for first := 0; first < n; first += wave {
		if err := ctx.Err(); err != nil {
			return err
		}
		count := min(wave, n-first)
		var running sync.WaitGroup
		for i := range count {
			running.Go(func() { values[i], errs[i] = compute(first + i) })
		}
		running.Wait()
		for i := range count {
			if errs[i] != nil {
				return errs[i]
			}
			take(first+i, values[i])
		}
	}
	return nil
}
