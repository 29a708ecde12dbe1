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
	return BuildFrom(ctx, SourceOf(t), o)
}

// BuildFrom is [Build] for a source that is read once, chunk by chunk: the same samples give the same tree.
func BuildFrom(ctx context.Context, s Source, o Options) (*Tree, error) {
	if err := checkShape(s); err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
	minProb, err := o.minProb(s.Len())
	if err != nil {
		return nil, err
	}
	points, err := thinned(ctx, s, pointsPerCell*int(math.Round(1/minProb)), o.Seed)
	if err != nil {
		return nil, fmt.Errorf("partition: %w", err)
	}
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

// thinned copies one sample from each of about wanted stretches of s, which are equally long. It is a random one,
// so that nothing periodic in the series can be in step with it.
func thinned(ctx context.Context, s Source, wanted int, seed uint64) (cloud, error) {
	n, d := s.Len(), s.Dim()
	stretch := max(1, n/wanted)
	draw := rng.New(seed, "partition: thinning")
	x := make([]float64, 0, (n+stretch-1)/stretch*d)
	begin, pick := 0, draw.IntN(min(stretch, n))
	err := chunks(ctx, s, func(first int, samples []float64) error {
		for end := first + len(samples)/d; pick < end; {
			x = append(x, samples[(pick-first)*d:(pick-first+1)*d]...)
			if begin += stretch; begin >= n {
				break
			}
			pick = begin + draw.IntN(min(stretch, n-begin))
		}
		return nil
	})
	return cloud{d, x}, err
}
