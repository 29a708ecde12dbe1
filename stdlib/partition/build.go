package partition

import (
	"context"
	"fmt"
	"math"

	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// Build grows the tree of the samples of t, in t's coordinates. A long trajectory is cut into stretches, and one sample
// drawn from each, so that about 100/p_min remain. It returns an error when there is no sample, when one is not
// finite, when the options contradict each other or ask for more cells than the samples carry, and when ctx is
// cancelled.
func Build(ctx context.Context, t *trajectory.Trajectory, o Options) (*Tree, error) {
	if err := t.Validate(); err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
	minProb, err := o.minProb(t.Len())
	if err != nil {
		return nil, err
	}
	points := thinned(t, pointsPerCell*int(math.Round(1/minProb)), o.Seed)
	g := newGrower(points, o)
	if o.Cells > 0 {
		err = g.growTo(ctx, o.Cells, minProb)
	} else {
		err = g.grow(ctx, leafLimit(minProb, points.len()))
	}
	if err != nil {
		return nil, fmt.Errorf("partition: building the tree interrupted: %w", err)
	}
	tree := g.flatten()
	tree.minProb = minProb
	if o.Cells > 0 {
		tree.minProb = g.largestLeaf() / (2 * float64(points.len()))
	}
	return tree, nil
}

// leafLimit is n_min = ⌊2·p_min·n⌋, the most points a leaf of n may hold.
func leafLimit(minProb float64, n int) int {
	return max(1, int(2*minProb*float64(n)))
}

// thinned copies one sample from each of about wanted stretches of t, which are equally long. It is a random one,
// so that nothing periodic in the series can be in step with it.
func thinned(t *trajectory.Trajectory, wanted int, seed uint64) cloud {
	n := t.Len()
	stretch := max(1, n/wanted)
	draw := rng.New(seed, "partition: thinning")
	x := make([]float64, 0, (n+stretch-1)/stretch*t.Dim)
	for k := 0; k < n; k += stretch {
		x = append(x, t.At(k+draw.IntN(min(stretch, n-k)))...)
	}
	return cloud{t.Dim, x}
}
