package markov

import (
	"context"
	"fmt"

	"scorebook/internal/parallel"
)

// Counts holds how often a trajectory went from one cell to another in Lag samples. N[i,j] counts j→i, so the column is
// where the transition began. Windows overlap (every sample that has a successor Lag later is a start) and never reach
// from one run into the next. Counts are sums: Merge adds two.
type Counts struct {
	Lag int
	N   *Sparse
}

// Count counts the transitions of a labelled series at a lag of lag samples, LD (70). labels[k] is the cell of sample
// k, in [0, cells); lens gives the samples of each independent run in order, nil for a single run.
func Count(labels []int32, cells, lag int, lens []int) (*Counts, error) {
	if err := checkLabels(labels, cells, lag, lens); err != nil {
		return nil, err
	}
	n := count(labels, cells, lag, windows(lens, len(labels), lag))
	if n.NNZ() == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples (%d samples in all): take a shorter lag or longer runs", lag, len(labels))
	}
	return &Counts{Lag: lag, N: n}, nil
}

func checkLabels(labels []int32, cells, lag int, lens []int) error {
	if err := checkChain(cells, lag); err != nil {
		return err
	}
	if len(labels) == 0 {
		return fmt.Errorf("markov: no labels to count")
	}
	if err := checkCells(labels, cells); err != nil {
		return err
	}
	if lens == nil {
		return nil
	}
	sum := 0
	for _, n := range lens {
		sum += n
	}
	if sum != len(labels) {
		return fmt.Errorf("markov: the runs hold %d samples, the labels are %d", sum, len(labels))
	}
	return nil
}

func checkChain(cells, lag int) error {
	if cells < 1 {
		return fmt.Errorf("markov: %d cells; at least 1 is needed", cells)
	}
	if lag < 1 {
		return fmt.Errorf("markov: a lag of %d samples; at least 1 is needed", lag)
	}
	return nil
}

func checkCells(labels []int32, cells int) error {
	return parallel.Each(context.Background(), (len(labels)+piece-1)/piece, func(p int) error {
		for k, j := range labels[p*piece : min((p+1)*piece, len(labels))] {
			if uint32(j) >= uint32(cells) {
				return fmt.Errorf("markov: label %d of sample %d lies outside the %d cells", j, p*piece+k, cells)
			}
		}
		return nil
	}, nil)
}

// windows returns, for each run that is long enough, the range of samples that have a successor lag later in the same
// run. nil lens is a single run of n samples.
func windows(lens []int, n, lag int) [][2]int {
	if lens == nil {
		lens = []int{n}
	}
	var out [][2]int
	at := 0
	for _, l := range lens {
		if l > lag {
			out = append(out, [2]int{at, at + l - lag})
		}
		at += l
	}
	return out
}

// Merge adds the counts of another part of the data, which must have the same cells and the same lag.
func (c *Counts) Merge(other *Counts) error {
	if c.Lag != other.Lag || c.N.Cols != other.N.Cols {
		return fmt.Errorf("markov: counts at lag %d over %d cells cannot take in counts at lag %d over %d cells",
			c.Lag, c.N.Cols, other.Lag, other.N.Cols)
	}
	c.N = c.N.combined(1, other.N)
	return nil
}

// Cells returns the number of cells, visited or not.
func (c *Counts) Cells() int { return c.N.Cols }

// Total returns the number of transitions, stays included.
func (c *Counts) Total() float64 {
	sum := 0.0
	for _, v := range c.N.Val {
		sum += v
	}
	return sum
}
