package markov

import (
	"context"
	"fmt"
)

// Blocks returns the number of parts of the data, equal in samples, that Without can leave out; 0 for a chain given by
// its counts.
func (q *RateMatrix) Blocks() int {
	if q.series == nil {
		return 0
	}
	return blockCount
}

// Block returns the samples [start, end) of part k.
func (q *RateMatrix) Block(k int) (start, end int) { return q.series.block(k) }

// Without returns the rate matrix on the same cells without the transitions that begin in part k of the data, for the
// jackknife: with B parts the variance of an estimate is (B−1)/B times the sum of the squared deviations of the B
// estimates that each leave one part out. The logarithms are taken in a Krylov space built as that of q.
func (q *RateMatrix) Without(ctx context.Context, k int) (*RateMatrix, error) {
	if k < 0 || k >= q.Blocks() {
		panic(fmt.Sprintf("markov: part %d of %d", k, q.Blocks()))
	}
	from, to := q.series.block(k)
	part := count(q.series.labels, q.series.cells, q.Lag, q.series.windows(from, to, contextSpan))
	left := *q
	rest := *q.series
	rest.gap, left.series = [2]int{from, to}, &rest
	left.setCounts(q.counts.combined(-1, part))
	if left.Transitions == 0 {
		return nil, fmt.Errorf("markov: no transitions without part %d of the data: bring a longer trajectory", k)
	}
	gone, err := q.series.innerOf(ctx, k)
	if err != nil {
		return nil, fmt.Errorf("markov: jackknife interrupted: %w", err)
	}
	left.inner = q.inner.clone()
	left.inner.addScaled(-1, gone)
	if q.projection == nil {
		return &left, nil
	}
	p, err := left.transition(q.Method).logarithmLike(ctx, q.projection)
	if err != nil {
		return nil, err
	}
	left.projection, left.Krylov = p, p.facts
	return &left, nil
}
