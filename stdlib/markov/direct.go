package markov

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// directRate returns E(τ) = ⟨(x(t+τ) − x(t)) x(t)ᵀ⟩/τ of the trajectory, or 2E(τ) − E(2τ).
func directRate(s *series, richardson bool) (*mat.Dense, error) {
	e, err := s.increment(s.lag)
	if err != nil || !richardson {
		return e, err
	}
	e2, err := s.increment(2 * s.lag)
	if err != nil {
		return nil, err
	}
	e.Scale(2, e)
	e.Sub(e, e2)
	return e, nil
}

// increment returns ⟨(x(t+τ) − x(t)) (x(t) − ⟨x⟩)ᵀ⟩/τ at a lag of the given number of samples, D×D.
func (s *series) increment(lag int) (*mat.Dense, error) {
	d := s.t.Dim
	sum, mean, rise := mat.NewDense(d, d, nil), make([]float64, d), make([]float64, d)
	total := 0.0
	for _, w := range s.outsideGap(lag) {
		for t := w[0]; t < w[1]; t++ {
			here, there := s.t.X[t*d:(t+1)*d], s.t.X[(t+lag)*d:(t+lag+1)*d]
			for a, x := range here {
				mean[a] += x
				rise[a] += there[a] - x
				row := sum.RawRowView(a)
				for b, y := range here {
					row[b] += (there[a] - x) * y
				}
			}
		}
		total += float64(w[1] - w[0])
	}
	if total == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples: take a shorter lag", lag)
	}
	for a := range d {
		for b := range d {
			sum.Set(a, b, (sum.At(a, b)-rise[a]*mean[b]/total)/(total*s.t.Dt*float64(lag)))
		}
	}
	return sum, nil
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
