package interp

import (
	"runtime"
	"sync"
	"testing"
)

func TestGoroutinesDiffer(t *testing.T) {
	const n = 100
	var mu sync.Mutex
	seen := map[uint64]bool{}
	var all, ready sync.WaitGroup
	release := make(chan struct{})
	ready.Add(n)
	for range n {
		all.Go(func() {
			before := goroutine()
			mu.Lock()
			seen[before] = true
			mu.Unlock()
			ready.Done()
			<-release
			runtime.Gosched()
			deep(20)
			if after := goroutine(); after != before {
				t.Errorf("a goroutine is %d and then %d", before, after)
			}
		})
	}
	ready.Wait()
	close(release)
	all.Wait()
	if len(seen) != n {
		t.Errorf("%d goroutines have %d numbers", n, len(seen))
	}
}

// deep makes the stack grow, and so move.
func deep(n int) int {
	var room [1 << 12]byte
	if n > 0 {
		return deep(n-1) + int(room[n])
	}
	return 0
}
