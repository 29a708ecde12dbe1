package markov

import (
	"fmt"
	"slices"
)

// Counter counts transitions of labels that arrive piece by piece, so that a long series never lies in memory as a whole.
// Counters of several files are merged by their Counts.
type Counter struct {
	cells, lag int
	held       []int32 // labels of the run that have not been the start of a transition yet
	n          *Sparse
}

// heldLabels is how many labels are gathered before they are counted: many beside the elements of the counts they are
// added to.
const heldLabels = 1 << 20

// NewCounter returns a counter for labels in [0, cells) at a lag of lag samples.
func NewCounter(cells, lag int) (*Counter, error) {
	if err := checkChain(cells, lag); err != nil {
		return nil, err
	}
	return &Counter{cells: cells, lag: lag, n: &Sparse{Rows: cells, Cols: cells, Start: make([]int, cells+1)}}, nil
}

// Add takes in labels that follow those of the last Add within the same run.
func (c *Counter) Add(labels ...int32) error {
	if err := checkCells(labels, c.cells); err != nil {
		return err
	}
	for len(labels) > 0 {
		n := min(len(labels), heldLabels+c.lag-len(c.held))
		c.held = append(c.held, labels[:n]...)
		labels = labels[n:]
		if len(c.held) == heldLabels+c.lag {
			c.flush()
		}
	}
	return nil
}

// EndRun ends the run: no transition reaches from the labels so far to those that follow.
func (c *Counter) EndRun() {
	c.flush()
	c.held = c.held[:0]
}

// flush counts the transitions within the held labels, and keeps those that have no successor yet.
func (c *Counter) flush() {
	starts := len(c.held) - c.lag
	if starts <= 0 {
		return
	}
	c.n = c.n.combined(1, count(c.held, c.cells, c.lag, [][2]int{{0, starts}}))
	c.held = slices.Delete(c.held, 0, starts)
}

// Counts returns the counts so far. Labels may go on after it.
func (c *Counter) Counts() (*Counts, error) {
	c.flush()
	if c.n.NNZ() == 0 {
		return nil, fmt.Errorf("markov: no run was longer than the lag of %d samples: take a shorter lag or longer runs", c.lag)
	}
	return &Counts{Lag: c.lag, N: c.n}, nil
}
