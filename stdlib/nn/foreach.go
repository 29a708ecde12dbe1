package nn

import (
	"context"

	"scorebook/internal/parallel"
)

// forEach calls f(0), …, f(n−1) on as many goroutines as there are cores. It cannot be cancelled: a step is taken whole.
func forEach(n int, f func(i int)) {
	if n == 1 {
		f(0)
		return
	}
	_ = parallel.For(context.Background(), n, func(i int) { f(i) })
}

// share is part i of n things dealt out to k as evenly as can be: [lo, hi).
func share(i, k, n int) (lo, hi int) { return i * n / k, (i + 1) * n / k }
