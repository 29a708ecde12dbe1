package markov

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

// Estimate partitions the samples of t, counts the transitions at the lag, and takes the generator by o.Method. The
// labels are those of the samples as they are: noise put on each of them before labelling would add −σ²/τ to Ċ. It is
// an error when the cells fall into sets that the runs do not connect.
func Estimate(ctx context.Context, t *trajectory.Trajectory, o Options) (*RateMatrix, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	if err := o.check(t.Dim); err != nil {
		return nil, err
	}
	if o.ChooseLag {
		return atPlateau(ctx, t, o)
	}
	tree, labels, err := o.label(ctx, t)
	if err != nil {
		return nil, err
	}
	o.report("counting transitions", 0, 2)
	counts, err := Count(labels, tree.Cells(), o.lag(), t.Lens)
	if err != nil {
		return nil, err
	}
	q, err := newChain(counts, t.Dt)
	if err != nil {
		return nil, err
	}
	q.Method, q.Tree, q.cutoff = o.Method, tree, o.Cutoff
	o.report("counting transitions", 1, 2)
	q.relabel(labels)
	if err := q.attach(ctx, t, labels); err != nil {
		return nil, err
	}
	o.report("counting transitions", 2, 2)
	return q, nil
}

// AtLag returns the rate matrix on the same cells, by the same method, at another lag.
func (q *RateMatrix) AtLag(ctx context.Context, lag int) (*RateMatrix, error) {
	if q.series == nil {
		return nil, fmt.Errorf("markov: another lag needs a trajectory, and this chain was given by its counts")
	}
	if err := checkChain(q.series.cells, lag); err != nil {
		return nil, err
	}
	t := q.series.t
	n := count(q.series.labels, q.series.cells, lag, windows(t.Lens, t.Len(), lag))
	if n.NNZ() == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples: take a shorter lag", lag)
	}
	out, err := newChain(&Counts{Lag: lag, N: n}, t.Dt)
	if err != nil {
		return nil, err
	}
	out.Method, out.Tree, out.cutoff = q.Method, q.Tree, q.cutoff
	labels := slices.Clone(q.series.labels)
	out.relabel(labels)
	for k, j := range out.States {
		out.States[k] = q.States[j]
	}
	out.Cells = q.Cells
	return out, out.attach(ctx, t, labels)
}

// attach gives the chain its labelled trajectory and what is gathered from that.
func (q *RateMatrix) attach(ctx context.Context, t *trajectory.Trajectory, labels []int32) error {
	q.Dim = t.Dim
	q.setSeries(t, labels)
	var err error
	if q.inner, err = q.series.inner(ctx); err != nil {
		return fmt.Errorf("markov: counting interrupted: %w", err)
	}
	if q.Method == GreenKubo {
		if q.cutoff, err = q.series.cutoff(ctx, q.cutoff); err != nil {
			return err
		}
		if q.integrals, err = q.series.integrals(ctx, q.cutoff); err != nil {
			return err
		}
	}
	for k := range q.increments {
		if q.Method == Richardson || q.Method == Direct && k == 0 {
			if q.increments[k], err = q.series.increments(ctx, (k+1)*q.Lag); err != nil {
				return err
			}
		}
	}
	if err := q.project(ctx); err != nil {
		return err
	}
	if err := q.setRank(); err != nil {
		return err
	}
	return q.remember(ctx)
}

// setRank counts the independent coordinates for the methods that invert C(0).
func (q *RateMatrix) setRank() error {
	var c *mat.Dense
	switch q.Method {
	case GreenKubo:
		var err error
		if c, _, err = q.integrals.without(-1); err != nil {
			return err
		}
	case GroupInverse:
		c = q.projection.correlation(0)
	default:
		return nil
	}
	values, _, err := rangeOf(c)
	q.Rank = len(values)
	return err
}

// atPlateau returns the rate matrix at the lag that a scan chooses.
func atPlateau(ctx context.Context, t *trajectory.Trajectory, o Options) (*RateMatrix, error) {
	o.ChooseLag = false
	p, err := ScanLags(ctx, t, LagOptions{Options: o})
	if err != nil {
		return nil, err
	}
	q := *p.Best
	q.Scan = p
	return &q, nil
}

// label returns the partition and the cell of every sample.
func (o Options) label(ctx context.Context, t *trajectory.Trajectory) (*partition.Tree, []int32, error) {
	tree := o.Tree
	if tree == nil {
		var err error
		tree, err = partition.Build(ctx, t, partition.Options{MinProb: o.MinProb, Cells: o.Cells, Seed: o.Seed, Progress: o.Progress})
		if err != nil {
			return nil, nil, err
		}
	}
	o.report("labelling samples", 0, t.Len())
	labels := make([]int32, t.Len())
	if err := tree.LabelsTo(ctx, labels, t.X); err != nil {
		return nil, nil, err
	}
	o.report("labelling samples", t.Len(), t.Len())
	return tree, labels, nil
}

// relabel turns labels of cells into labels of states, −1 for cells that are none.
func (q *RateMatrix) relabel(labels []int32) {
	state := make([]int32, q.Cells)
	for j := range state {
		state[j] = -1
	}
	for k, j := range q.States {
		state[j] = int32(k)
	}
	for k, j := range labels {
		if j >= 0 {
			labels[k] = state[j]
		}
	}
}

// setSeries keeps the labelled trajectory and takes the centroids, the means of the samples in each state.
func (q *RateMatrix) setSeries(t *trajectory.Trajectory, labels []int32) {
	n, d := len(q.States), t.Dim
	q.Centroids = make([]float64, n*d)
	members := make([]float64, n)
	for k, j := range labels {
		if j < 0 {
			continue
		}
		members[j]++
		c := q.Centroids[int(j)*d : (int(j)+1)*d]
		for a, x := range t.X[k*d : (k+1)*d] {
			c[a] += x
		}
	}
	for j, m := range members {
		for a := range d {
			q.Centroids[j*d+a] /= m
		}
	}
	q.series = &series{t: t, labels: labels, cells: n, lag: q.Lag, centroids: q.Centroids}
}
