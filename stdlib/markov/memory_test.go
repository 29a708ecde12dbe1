package markov

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
)

// TestMemoryTellsAHiddenVariable: Markov processes, linear and not, show none at any lag; with η hidden, C(2τ) for
// C(t) = (e^{−t} − μ e^{−t/μ})/(1 − μ) has fallen by much more than the chain says.
func TestMemoryTellsAHiddenVariable(t *testing.T) {
	for _, q := range []*RateMatrix{
		estimate(t, ornsteinUhlenbeck(t, 100_000, 0.1), Options{Cells: 50}),
		estimate(t, ornsteinUhlenbeck(t, 5000, 0.02), Options{Cells: 20}),
		estimate(t, potential(t, 8, 200_000, 25), Options{Cells: 200}),
		estimate(t, potential(t, 8, 200_000, 100), Options{Cells: 200}),
	} {
		if q.Memory.matters() || q.Memory.StdErr == 0 {
			t.Errorf("a Markov process has the memory %+v", q.Memory)
		}
	}
	s := coloured(t, 200_000)
	q := estimate(t, s, Options{Cells: 50})
	if w := strings.Join(q.Warnings(), " "); !strings.Contains(w, "ChooseLag") {
		t.Errorf("a hidden variable brings no warning but %q", w)
	}
	const mu = 0.2
	c := func(t float64) float64 { return (math.Exp(-t) - mu*math.Exp(-t/mu)) / (1 - mu) }
	want := math.Abs(c(2*s.Dt)-c(s.Dt)*c(s.Dt)) / (1 - c(2*s.Dt))
	numtest.Within(t, "excess", q.Memory.Excess, want, 5*q.Memory.StdErr)
}

// TestMemoryIsChanceInAMarkovProcess: of 60 short series, few exceed three standard errors: fewer than 1 is expected where the
// errors are right.
func TestMemoryIsChanceInAMarkovProcess(t *testing.T) {
	above, sum := 0, 0.0
	for seed := range uint64(60) {
		m := estimate(t, seeded(t, 4000, 0.1, seed), Options{Cells: 10}).Memory
		sum += m.Excess * m.Excess / m.StdErr / m.StdErr / 60
		if m.Excess > sureMemory*m.StdErr {
			above++
		}
	}
	if above > 4 || sum > 2 || sum < 0.4 {
		t.Errorf("%d of 60 exceed three standard errors, mean square ratio %.2g", above, sum)
	}
}

// TestChosenLagIsThatOfTheScan: ChooseLag takes the scan's best; a given lag contradicts it.
func TestChosenLagIsThatOfTheScan(t *testing.T) {
	s := coloured(t, 100_000)
	q := estimate(t, s, Options{Cells: 50, ChooseLag: true})
	p := scan(t, s, LagOptions{Options: Options{Cells: 50}})
	if q.Lag != p.Best.Lag || q.Lag < 4 || !mat.Equal(rateBy(t, q, Logarithm), rateBy(t, p.Best, Logarithm)) || q.Scan == nil {
		t.Errorf("lag %d was chosen, %d by the scan", q.Lag, p.Best.Lag)
	}
	if q := estimate(t, ornsteinUhlenbeck(t, 50_000, 0.1), Options{Cells: 50, ChooseLag: true}); q.Lag != 1 {
		t.Errorf("a Markov process has the lag %d", q.Lag)
	}
	_, err := Estimate(context.Background(), s, Options{Cells: 10, Lag: 2, ChooseLag: true})
	if err == nil || !strings.Contains(err.Error(), "leave one of them out") {
		t.Errorf("error %v", err)
	}
}

// TestEstimateAdvises: cells far wider than a step, for a method on the cells alone and for the default, and cells that are
// hardly visited.
func TestEstimateAdvises(t *testing.T) {
	s := ornsteinUhlenbeck(t, 50_000, 0.02)
	for _, c := range []struct {
		o    Options
		says []string
	}{
		{Options{Cells: 5, Method: Naive}, []string{"steps wide", "take about"}},
		{Options{Cells: 5}, []string{"steps wide", "heeds it little"}},
		{Options{Cells: 3000}, []string{"transitions from a state"}},
	} {
		text := estimate(t, s, c.o).String()
		for _, says := range c.says {
			if !strings.Contains(text, says) {
				t.Errorf("%+v does not say %q:\n%s", c.o, says, text)
			}
		}
	}
	if text := estimate(t, s, Options{Cells: 60}).String(); strings.Contains(text, "advice") {
		t.Errorf("good cells bring advice:\n%s", text)
	}
}

// TestRankIsTold of coordinates that depend on one another.
func TestRankIsTold(t *testing.T) {
	s := potential(t, 3, 20_000, 20)
	flat := &trajectory.Trajectory{Dim: 3, Dt: s.Dt, Lens: s.Lens}
	for k := range s.Len() {
		x := s.At(k)
		flat.X = append(flat.X, x[0], x[1], -x[0]-x[1])
	}
	for _, m := range []Method{GreenKubo, GroupInverse} {
		if q := estimate(t, flat, Options{Cells: 20, Method: m, Cutoff: 5}); q.Rank != 2 || !strings.Contains(q.String(), "2 of 3") {
			t.Errorf("%v: rank %d\n%s", m, q.Rank, q)
		}
	}
}
