package partition

import (
	"context"
	"fmt"

	"scorebook/internal/parallel"
)

const (
	labelChunk = 4096 // samples between two looks at the context
	lanes      = 16   // samples descending together, so that their memory latencies overlap
)

// LabelsTo writes to dst the cell of every point in x, which holds len(dst) points sample-major. The work is
// spread over the cores; each label depends on its point alone. It panics on a length that does not fit, and
// returns ctx's error when cancelled.
func (t *Tree) LabelsTo(ctx context.Context, dst []int32, x []float64) error {
	if len(x) != len(dst)*t.dim {
		panic(fmt.Sprintf("partition: %d numbers are not %d points of %d coordinates", len(x), len(dst), t.dim))
	}
	chunks := (len(dst) + labelChunk - 1) / labelChunk
	err := parallel.For(ctx, chunks, func(c int) {
		lo, hi := c*labelChunk, min((c+1)*labelChunk, len(dst))
		t.Descend(dst[lo:hi], x[lo*t.dim:hi*t.dim])
	})
	if err != nil {
		return fmt.Errorf("partition: labelling interrupted: %w", err)
	}
	return nil
}

// Descend is LabelsTo on the calling goroutine alone, for callers that spread their own work. It allocates
// nothing.
func (t *Tree) Descend(dst []int32, x []float64) {
	if len(t.children) == 0 {
		clear(dst)
		return
	}
	for lo := 0; lo < len(dst); lo += lanes {
		hi := min(lo+lanes, len(dst))
		t.descend(dst[lo:hi], x[lo*t.dim:hi*t.dim])
	}
}

// descend moves up to lanes points one level at a time.
func (t *Tree) descend(at []int32, x []float64) {
	clear(at)
	for moving := true; moving; {
		moving = false
		for i, node := range at {
			if node < 0 {
				continue
			}
			next := t.step(node, x[i*t.dim:(i+1)*t.dim])
			at[i] = next
			moving = moving || next >= 0
		}
	}
	for i := range at {
		at[i] = ^at[i]
	}
}
