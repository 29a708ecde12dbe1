package markov

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Reversible returns the chain of largest likelihood that fulfils detailed balance, P[i,j] πⱼ = P[j,i] πᵢ: that of a process
// known to have no rotation, Φ_A = 0. It knows the cells alone, so that the method Logarithm becomes CellLogarithm; the
// methods that need a trajectory are lost, and so are standard errors.
//
// The flows xᵢⱼ = P[i,j] πⱼ are iterated by xᵢⱼ = (Nᵢⱼ + Nⱼᵢ)/(Nᵢ/xᵢ + Nⱼ/xⱼ), with Nⱼ the transitions from j and xⱼ = Σᵢ xᵢⱼ.
//
// Reference: G. R. Bowman, K. A. Beauchamp, G. Boxer and V. S. Pande, "Progress and challenges in the automated
// construction of Markov state models for full protein systems", J. Chem. Phys. 131, 124101 (2009).
func (q *RateMatrix) Reversible(ctx context.Context) (*RateMatrix, error) {
	const passes, tolerance = 10_000, 1e-10
	n := q.P.Cols
	both := q.counts.combined(1, q.counts.transposed())
	from, x := q.counts.columnSums(), both.columnSums()
	next, rate := make([]float64, n), make([]float64, n)
	for pass := 0; ; pass++ {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("markov: reversible chain interrupted after %d passes: %w", pass, err)
		}
		for j := range n {
			rate[j] = from[j] / x[j]
		}
		both.flows(next, rate)
		if moved := scaledChange(next, x); moved < tolerance {
			break
		} else if pass == passes {
			return nil, fmt.Errorf("markov: the reversible chain still moves by %.2g after %d passes: take fewer cells or more samples", moved, passes)
		}
		x, next = next, x
	}
	return q.reversed(ctx, both, x, from)
}

// flows sets x to the column sums of (Nᵢⱼ + Nⱼᵢ)/(rateᵢ + rateⱼ).
func (s *Sparse) flows(x, rate []float64) {
	for j := range x {
		rows, vals := s.Column(j)
		x[j] = 0
		for k, i := range rows {
			x[j] += vals[k] / (rate[i] + rate[j])
		}
	}
}

func scaledChange(a, b []float64) float64 {
	d := 0.0
	for j, v := range a {
		d = max(d, math.Abs(v-b[j])/(v+b[j]))
	}
	return d
}

// reversed returns the chain of the converged flows.
func (q *RateMatrix) reversed(ctx context.Context, both *Sparse, x, from []float64) (*RateMatrix, error) {
	out := *q
	out.series, out.inner, out.projection, out.Memory, out.Scan = nil, nil, nil, Memory{}, nil
	if out.Method == Logarithm {
		out.Method = CellLogarithm
	}
	flow := *both
	flow.Val = slices.Clone(both.Val)
	for j := range x {
		rows, vals := flow.Column(j)
		for k, i := range rows {
			vals[k] /= from[i]/x[i] + from[j]/x[j]
		}
	}
	transitions := out.Transitions
	total, scale := 0.0, make([]float64, len(x))
	for _, v := range x {
		total += v
	}
	for j := range scale {
		scale[j] = transitions / total
	}
	out.setCounts(flow.scaled(scale))
	return &out, out.project(ctx)
}

// transposed returns the transpose, stored by columns.
func (s *Sparse) transposed() *Sparse {
	out := &Sparse{Rows: s.Cols, Cols: s.Rows, Start: make([]int, s.Rows+1), Row: make([]int32, s.NNZ()), Val: make([]float64, s.NNZ())}
	for _, i := range s.Row {
		out.Start[i+1]++
	}
	for i := range s.Rows {
		out.Start[i+1] += out.Start[i]
	}
	next := slices.Clone(out.Start[:s.Rows])
	for j := range s.Cols {
		rows, vals := s.Column(j)
		for k, i := range rows {
			out.Row[next[i]], out.Val[next[i]] = int32(j), vals[k]
			next[i]++
		}
	}
	return out
}
