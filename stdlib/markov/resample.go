package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
)

// parts holds the sums of each part of the data apart, for resampling.
type parts struct {
	q      *RateMatrix
	counts []*Sparse
	inner  []*inner
}

// maxParts bounds the memory of the parts, in bytes.
const maxParts = 1 << 31

func (q *RateMatrix) parts(ctx context.Context) (*parts, error) {
	if bytes := blockCount * q.series.cells * q.Dim * 24; bytes > maxParts {
		return nil, fmt.Errorf("markov: the sums of %d parts over %d cells would take %d GiB: take fewer cells for the bootstrap", blockCount, q.series.cells, bytes>>30)
	}
	p := &parts{q: q, counts: make([]*Sparse, blockCount), inner: make([]*inner, blockCount)}
	err := parallel.Each(ctx, blockCount, func(k int) (err error) {
		from, to := q.series.block(k)
		p.counts[k] = count(q.series.labels, q.series.cells, q.Lag, q.series.windows(from, to, contextSpan))
		p.inner[k], err = q.series.innerOf(ctx, k)
		return err
	}, nil)
	return p, err
}

// resampled returns the rate matrix of the parts taken as often as times says.
func (p *parts) resampled(times []int) (*RateMatrix, error) {
	out := *p.q
	out.series = nil
	out.inner = newInner(p.q.series.cells, p.q.Dim)
	counts := &Sparse{Rows: p.q.P.Rows, Cols: p.q.P.Cols, Start: make([]int, p.q.P.Cols+1)}
	for k, f := range times {
		if f > 0 {
			counts = counts.combined(float64(f), p.counts[k])
			out.inner.addScaled(float64(f), p.inner[k])
		}
	}
	out.setCounts(counts)
	if p.q.projection == nil {
		return &out, nil
	}
	l, err := out.transition(out.Method).logarithmLike(p.q.projection)
	if err != nil {
		return nil, err
	}
	out.projection = l
	return &out, nil
}

// resampledRate is Ċ(0⁺), for Direct by the sums over transitions: [⟨(T x) xᵀ⟩ − ⟨x xᵀ⟩]/τ.
func (q *RateMatrix) resampledRate() (*mat.Dense, error) {
	if q.Method != Direct {
		return q.CorrelationRate()
	}
	t := q.transition(Direct)
	out, moved := mat.NewDense(q.Dim, q.Dim, nil), make([]float64, t.op.size())
	for a, x := range t.x {
		t.op.applyTo(moved, x)
		for b, y := range t.x {
			sum := 0.0
			for k, v := range y {
				sum += (moved[k] - x[k]) * v
			}
			out.Set(a, b, sum/q.Tau)
		}
	}
	return out, nil
}
