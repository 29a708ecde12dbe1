package nn

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// forEach calls f(0), …, f(n−1) on as many goroutines as there are cores, in no particular order.
func forEach(n int, f func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(i)
		}
	}
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// share is part i of n things dealt out to k as evenly as can be: [lo, hi).
func share(i, k, n int) (lo, hi int) { return i * n / k, (i + 1) * n / k }
