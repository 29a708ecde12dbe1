package partition

import (
	"fmt"
	"math"
)

const (
	ruleConstant   = 0.77  // N_C·p_min of a tree on smooth data; 0.74 to 0.81 is seen
	defaultMinProb = 0.001 // KG's choice for two and three dimensions
	leastPerCell   = 10    // samples: p_min is never below leastPerCell/N
	pointsPerCell  = 100   // the tree is built from about pointsPerCell/p_min samples
)

// Options choose the fineness of the partition. Give MinProb or Cells, not both; the zero value is
// MinProb = 0.001, about 770 cells.
type Options struct {
	// MinProb is p_min: a node holding more than a fraction 2·p_min of the samples is split. 0 means that Cells
	// decides. It is raised to 10/N where it is smaller; [Tree.MinProb] tells what was used.
	MinProb float64

	// Cells is the number of cells, at most N/10. The largest node is split until there are so many. There are
	// fewer only when the samples have too few distinct points. 0 means that MinProb decides.
	Cells int

	// Seed starts the k-means++ seeding. The same seed gives the same bits on any number of cores.
	Seed uint64

	// Progress, if set, is told how far the samples are on their way to a cell, on the caller's goroutine.
	Progress func(stage string, done, total int)
}

// minProb returns the p_min to grow to for n samples.
func (o Options) minProb(n int) (float64, error) {
	switch {
	case math.IsNaN(o.MinProb) || o.MinProb < 0 || o.MinProb > 1:
		return 0, fmt.Errorf("partition: MinProb is %v; it is a probability: try 0.001", o.MinProb)
	case o.Cells < 0:
		return 0, fmt.Errorf("partition: Cells is %d; leave it 0 to let MinProb decide", o.Cells)
	case o.Cells > 0 && o.MinProb > 0:
		return 0, fmt.Errorf("partition: both MinProb (%v) and Cells (%d) are given; give one", o.MinProb, o.Cells)
	case o.Cells > 1 && o.Cells > n/leastPerCell:
		return 0, fmt.Errorf("partition: %d cells for %d samples leave %.2g in each, and at least %d are needed: ask for at most %d cells, or bring %d samples",
			o.Cells, n, float64(n)/float64(o.Cells), leastPerCell, max(1, n/leastPerCell), o.Cells*leastPerCell)
	case o.Cells > 0:
		return ruleConstant / float64(o.Cells), nil
	case o.MinProb > 0:
		return min(1, max(o.MinProb, leastPerCell/float64(n))), nil
	}
	return min(1, max(defaultMinProb, leastPerCell/float64(n))), nil
}
