package markov

import "fmt"

// holdingRates returns Q[i,j] = (jumps j→i)/(jumps from j) / (mean holding time of j). A visit ends where a run ends.
func (q *RateMatrix) holdingRates() (*Sparse, error) {
	if q.series == nil {
		return nil, fmt.Errorf("markov: holding times need a trajectory, and this chain was given by its counts: the method Naive is the same without the ends of runs")
	}
	s := q.series
	jumps := count(s.labels, s.cells, 1, s.outsideGap(1))
	visits, samples := s.visits()
	inverse := make([]float64, s.cells)
	for j, total := range jumps.columnSums() {
		if moves := total - jumps.At(j, j); moves > 0 {
			inverse[j] = visits[j] / samples[j] / moves
		}
	}
	out := &Sparse{Rows: s.cells, Cols: s.cells, Start: make([]int, 1, s.cells+1)}
	for j, f := range inverse {
		out.appendRates(jumps, j, f/s.t.Dt)
	}
	return out, nil
}

// visits counts the uninterrupted visits to each state and the samples in it, outside the gap.
func (s *series) visits() (visits, samples []float64) {
	visits, samples = make([]float64, s.cells), make([]float64, s.cells)
	for _, w := range s.outsideGap(0) {
		last := int32(-1)
		for _, j := range s.labels[w[0]:w[1]] {
			if j >= 0 {
				samples[j]++
				if j != last {
					visits[j]++
				}
			}
			last = j
		}
	}
	return visits, samples
}
