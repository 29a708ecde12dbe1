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
	at     [][]int32 // where each element of the parts' counts lies among those of all the data
	inner  []*inner
}

// maxParts bounds the memory of the parts, in bytes.
const maxParts = 1 << 31

func (q *RateMatrix) parts(ctx context.Context) (*parts, error) {
	if bytes := blockCount * q.series.cells * q.Dim * 24; bytes > maxParts {
		return nil, fmt.Errorf("markov: the sums of %d parts over %d cells would take %d GiB: take fewer cells for the bootstrap", blockCount, q.series.cells, bytes>>30)
	}
	p := &parts{q: q, counts: make([]*Sparse, blockCount), at: make([][]int32, blockCount), inner: make([]*inner, blockCount)}
	err := parallel.Each(ctx, blockCount, func(k int) (err error) {
		from, to := q.series.block(k)
		p.counts[k] = count(q.series.labels, q.series.cells, q.Lag, q.series.windows(from, to, contextSpan))
		p.at[k] = q.counts.places(p.counts[k])
		p.inner[k], err = q.series.innerOf(ctx, k)
		return err
	}, nil)
	return p, err
}

// places returns where each element of o lies among the elements of s, which has them all.
func (s *Sparse) places(o *Sparse) []int32 {
	out := make([]int32, 0, o.NNZ())
	for j := range o.Cols {
		at := s.Start[j]
		rows, _ := o.Column(j)
		for _, i := range rows {
			for s.Row[at] != i {
				at++
			}
			out = append(out, int32(at))
		}
	}
	return out
}

// resampled returns the rate matrix of the parts taken as often as times says.
func (p *parts) resampled(ctx context.Context, times []int) (*RateMatrix, error) {
	out := *p.q
	out.series = nil
	out.inner = newInner(p.q.series.cells, p.q.Dim)
	counts := *p.q.counts
	counts.Val = make([]float64, len(counts.Val))
	for k, f := range times {
		if f > 0 {
			for e, at := range p.at[k] {
				counts.Val[at] += float64(f) * p.counts[k].Val[e]
			}
			out.inner.addScaled(float64(f), p.inner[k])
		}
	}
	out.setCounts(&counts)
	if p.q.projection == nil {
		return &out, nil
	}
	l, err := out.transition(out.Method).logarithmLike(ctx, p.q.projection)
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
