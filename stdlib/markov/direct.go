package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
)

// increments are the sums behind E(τ) = ⟨(x(t+τ) − x(t)) x(t)ᵀ⟩/τ, apart for the transitions that begin in each part of the
// data.
type increments struct {
	dim   int
	tau   float64
	lag   int
	parts []increment
}

// increment is Σ (x(t+τ) − x(t)) x(t)ᵀ (D×D by rows), Σ x(t), Σ (x(t+τ) − x(t)) and the number of beginnings t.
type increment struct {
	product, place, rise []float64
	total                float64
}

// directRate returns E(τ) of the trajectory, or 2E(τ) − E(2τ), without the part of the data that q leaves out.
func (q *RateMatrix) directRate(ctx context.Context, richardson bool) (*mat.Dense, error) {
	part := q.series.part()
	var e [2]*mat.Dense
	for k := range e {
		if k == 1 && !richardson {
			break
		}
		n := q.increments[k]
		if n == nil {
			var err error
			if n, err = q.series.increments(ctx, (k+1)*q.Lag); err != nil {
				return nil, err
			}
		}
		var err error
		if e[k], err = n.rate(part); err != nil {
			return nil, err
		}
	}
	if richardson {
		e[0].Scale(2, e[0])
		e[0].Sub(e[0], e[1])
	}
	return e[0], nil
}

// increments gathers the sums at a lag of the given number of samples.
func (s *series) increments(ctx context.Context, lag int) (*increments, error) {
	n := &increments{dim: s.t.Dim, tau: s.t.Dt * float64(lag), lag: lag, parts: make([]increment, blockCount)}
	err := parallel.Each(ctx, blockCount, func(k int) (err error) {
		n.parts[k], err = s.incrementOf(ctx, k, lag)
		return err
	}, nil)
	if err != nil {
		return nil, fmt.Errorf("markov: increments interrupted: %w", err)
	}
	return n, nil
}

// incrementOf gathers the sums of part k.
func (s *series) incrementOf(ctx context.Context, k, lag int) (increment, error) {
	d := s.t.Dim
	out := increment{product: make([]float64, d*d), place: make([]float64, d), rise: make([]float64, d)}
	from, to := s.block(k)
	for _, w := range windows(s.t.Lens, len(s.labels), lag) {
		for t := max(w[0], from); t < min(w[1], to); t++ {
			if t%contextSpan == 0 && ctx.Err() != nil {
				return out, ctx.Err()
			}
			here, there := s.t.X[t*d:(t+1)*d], s.t.X[(t+lag)*d:(t+lag+1)*d]
			for a, x := range here {
				out.place[a] += x
				out.rise[a] += there[a] - x
				addScaled(out.product[a*d:(a+1)*d], there[a]-x, here)
			}
			out.total++
		}
	}
	return out, nil
}

// rate returns E(τ) over all parts but one, D×D; −1 leaves none out.
func (n *increments) rate(without int) (*mat.Dense, error) {
	d := n.dim
	sum := increment{product: make([]float64, d*d), place: make([]float64, d), rise: make([]float64, d)}
	for k, p := range n.parts {
		if k != without {
			addScaled(sum.product, 1, p.product)
			addScaled(sum.place, 1, p.place)
			addScaled(sum.rise, 1, p.rise)
			sum.total += p.total
		}
	}
	if sum.total == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples: take a shorter lag", n.lag)
	}
	addOuter(sum.product, -1/sum.total, sum.rise, sum.place)
	out := mat.NewDense(d, d, sum.product)
	out.Scale(1/(sum.total*n.tau), out)
	return out, nil
}

// outsideGap returns the windows at a lag that begin outside the gap.
func (s *series) outsideGap(lag int) [][2]int {
	var out [][2]int
	for _, w := range windows(s.t.Lens, len(s.labels), lag) {
		for _, part := range [][2]int{{w[0], min(w[1], s.gap[0])}, {max(w[0], s.gap[1]), w[1]}} {
			if part[0] < part[1] {
				out = append(out, part)
			}
		}
	}
	return out
}
