package markov

import (
	"strings"
	"testing"

	"scorebook/internal/numtest"
)

// TestCounterCountsAStream: pieces of any size, over several runs, count as the whole series does.
func TestCounterCountsAStream(t *testing.T) {
	const cells, samples = 50, 2_500_000
	labels := walk(cells, samples)
	lens := []int{2_200_000, 3, 299_997}
	for _, lag := range []int{1, 7} {
		want, err := Count(labels, cells, lag, lens)
		if err != nil {
			t.Fatal(err)
		}
		c, err := NewCounter(cells, lag)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, n := range lens {
			for end, piece := at+n, 1; at < end; piece = 3*piece + 1 {
				next := min(end, at+piece)
				if err := c.Add(labels[at:next]...); err != nil {
					t.Fatal(err)
				}
				at = next
			}
			c.EndRun()
		}
		got, err := c.Counts()
		if err != nil {
			t.Fatal(err)
		}
		if got.Total() != want.Total() || got.N.NNZ() != want.N.NNZ() {
			t.Errorf("lag %d: %g transitions, want %g", lag, got.Total(), want.Total())
		}
		numtest.Slice(t, "counts", got.N.Val, want.N.Val, 0)
	}
}

func TestCounterRejects(t *testing.T) {
	if _, err := NewCounter(0, 1); err == nil {
		t.Error("no cells are accepted")
	}
	c, err := NewCounter(3, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Add(0, 3); err == nil || !strings.Contains(err.Error(), "label 3") {
		t.Errorf("error %v", err)
	}
	if _, err := c.Counts(); err == nil || !strings.Contains(err.Error(), "longer than the lag") {
		t.Errorf("error %v", err)
	}
}
