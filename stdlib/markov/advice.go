package markov

import (
	"fmt"
	"math"
)

const (
	fewestPerState = 30   // transitions from a state, below which its column of P is mostly noise
	wideCells      = 2    // width of a cell in steps, above which estimators on the cells alone are inflated by more than a tenth
	narrowCells    = 0.25 // width below which finer cells add nothing but noise
)

// Advice sets the width of the cells beside the motion over one lag, and says what number of cells makes them equal. The
// estimators on the cells alone are best there; the method Logarithm needs less.
type Advice struct {
	Width    float64  // edge h of a cube with the mean variance of the samples in a cell, √(12 ⟨r²⟩/D)
	Step     float64  // root mean square displacement over the lag in one coordinate, √(⟨|δx|²⟩/D)
	PerState float64  // transitions from a state, on average
	Cells    int      // the number at which h would be the step, between 10 and one per 100 transitions
	Text     []string // what to change, empty when nothing
}

// Advice judges the fineness of the cells. It needs a trajectory.
func (q *RateMatrix) Advice() (*Advice, error) {
	if q.inner == nil {
		return nil, fmt.Errorf("markov: advice on cells needs a trajectory, and this chain was given by its counts")
	}
	d, n := float64(q.Dim), float64(len(q.Pi))
	spread := 0.0
	for a := range q.Dim {
		spread += q.inner.gram[a*q.Dim+a] / q.inner.total / d
	}
	a := &Advice{Width: math.Sqrt(12 * spread), Step: q.rmsStep(), PerState: q.Transitions / n}
	most := max(10, q.Transitions/100)
	a.Cells = int(min(most, max(10, n*math.Pow(a.Width/a.Step, d))))
	say := func(format string, v ...any) { a.Text = append(a.Text, fmt.Sprintf(format, v...)+q.leniency()) }
	switch r := a.Width / a.Step; {
	case a.PerState < fewestPerState:
		say("only %.0f transitions from a state: take at most %.0f cells, or bring more samples", a.PerState, most)
	case r > wideCells && float64(a.Cells) > n:
		say("cells are %.1f steps wide (leave fraction %.2f): take about %d cells, or a lag of about %d samples", r, q.LeaveFraction, a.Cells, longerLag(q.Lag, r))
	case r > wideCells:
		say("cells are %.1f steps wide and there are too few samples for finer ones: take a lag of about %d samples", r, longerLag(q.Lag, r))
	case r < narrowCells:
		say("cells are %.2f steps wide (leave fraction %.2f): %d would do, or a shorter lag", r, q.LeaveFraction, a.Cells)
	}
	return a, nil
}

// leniency tells how much the method heeds the width of the cells.
func (q *RateMatrix) leniency() string {
	if q.Method == Logarithm || q.Method == GroupInverse {
		return " (the logarithm knows the coordinates inside the cells, and heeds it little)"
	}
	return ""
}

// longerLag is the lag over which a diffusion moves as far as cells of r steps are wide.
func longerLag(lag int, r float64) int { return int(math.Ceil(float64(lag) * r * r)) }

// rmsStep returns √(⟨|δx|²⟩/D) over the lag.
func (q *RateMatrix) rmsStep() float64 {
	d, sum, total := q.Dim, 0.0, 0.0
	s := q.series
	for _, w := range s.outsideGap(q.Lag) {
		for k := w[0] * d; k < w[1]*d; k++ {
			v := s.t.X[k+q.Lag*d] - s.t.X[k]
			sum += v * v
		}
		total += float64((w[1] - w[0]) * d)
	}
	return math.Sqrt(sum / total)
}
