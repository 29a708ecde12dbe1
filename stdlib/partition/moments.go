package partition

import (
	"context"
	"fmt"
	"runtime"

	"scorebook/internal/parallel"
)

// Moments are the count, mean and summed squared deviation of the samples in each cell. They can be gathered over parts
// of a series, on several machines, and merged.
type Moments struct {
	Dim    int
	Counts []int
	Mean   []float64 // cells×D, cell-major; 0 for an empty cell
	M2     []float64 // cells×D: Σ(x − mean)²
}

// NewMoments returns the moments of no samples in a tree's cells.
func NewMoments(t *Tree) *Moments {
	n := t.Cells() * t.dim
	return &Moments{Dim: t.dim, Counts: make([]int, t.Cells()), Mean: make([]float64, n), M2: make([]float64, n)}
}

// MomentsOf reads a source once and returns the moments of its samples in the cells of t. It holds one chunk of the
// source at a time.
func (t *Tree) MomentsOf(ctx context.Context, s Source) (*Moments, error) {
	if err := checkShape(s); err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
	if s.Dim() != t.dim {
		return nil, fmt.Errorf("partition: the source has %d coordinates, the tree %d", s.Dim(), t.dim)
	}
	m := NewMoments(t)
	labels := make([]int32, min(s.Len(), readChunk))
	err := chunks(ctx, s, func(_ int, x []float64) error {
		at := labels[:len(x)/t.dim]
		if err := t.LabelsTo(ctx, at, x); err != nil {
			return err
		}
		return m.Add(ctx, at, x)
	})
	if err != nil {
		return nil, fmt.Errorf("partition: gathering moments: %w", err)
	}
	return m, nil
}

// Add adds labelled samples, sample-major. Each cell is updated in the order of its samples by one goroutine, so the
// result does not depend on the number of cores.
func (m *Moments) Add(ctx context.Context, labels []int32, x []float64) error {
	if len(x) != len(labels)*m.Dim {
		panic(fmt.Sprintf("partition: %d numbers are not %d points of %d coordinates", len(x), len(labels), m.Dim))
	}
	shards := runtime.GOMAXPROCS(0)
	cells := len(m.Counts)
	return parallel.For(ctx, shards, func(shard int) {
		lo, hi := int32(shard*cells/shards), int32((shard+1)*cells/shards)
		for k, label := range labels {
			if label >= lo && label < hi {
				m.update(int(label), x[k*m.Dim:(k+1)*m.Dim])
			}
		}
	})
}

// update adds one sample to a cell (Welford, 1962).
func (m *Moments) update(cell int, x []float64) {
	m.Counts[cell]++
	n := float64(m.Counts[cell])
	mean, m2 := m.Mean[cell*m.Dim:][:m.Dim], m.M2[cell*m.Dim:][:m.Dim]
	for i, v := range x {
		d := v - mean[i]
		mean[i] += d / n
		m2[i] += d * (v - mean[i])
	}
}

// Merge adds the samples of o, of the same cells, to m (Chan, Golub and LeVeque, 1979).
func (m *Moments) Merge(o *Moments) {
	if m.Dim != o.Dim || len(m.Counts) != len(o.Counts) {
		panic(fmt.Sprintf("partition: moments of %d cells in %d coordinates do not merge with those of %d in %d", len(o.Counts), o.Dim, len(m.Counts), m.Dim))
	}
	for k, added := range o.Counts {
		if added == 0 {
			continue
		}
		n, a := float64(m.Counts[k]), float64(added)
		for i := k * m.Dim; i < (k+1)*m.Dim; i++ {
			d := o.Mean[i] - m.Mean[i]
			m.Mean[i] += d * a / (n + a)
			m.M2[i] += o.M2[i] + d*d*n*a/(n+a)
		}
		m.Counts[k] += added
	}
}

// Samples is the number of samples in all cells.
func (m *Moments) Samples() int {
	n := 0
	for _, c := range m.Counts {
		n += c
	}
	return n
}

// Inertia is Σ|x − mean of its cell|², what k-means makes small.
func (m *Moments) Inertia() float64 {
	sum := 0.0
	for _, v := range m.M2 {
		sum += v
	}
	return sum
}

// Variance returns the variance (1/N) of each coordinate in a cell; 0 for an empty one.
func (m *Moments) Variance(cell int) []float64 {
	v := make([]float64, m.Dim)
	for i := range v {
		v[i] = m.M2[cell*m.Dim+i] / float64(max(1, m.Counts[cell]))
	}
	return v
}
