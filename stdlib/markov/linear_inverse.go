package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/trajectory"
)

// LinearInverse returns C(0) and Ċ(0⁺) = ln(C(τ) C(0)⁻¹) C(0)/τ of the linear inverse model ẋ = B x + noise that has the
// covariances of t at the lags 0 and τ = lag·Δt, D×D. Eigenvalues of C(τ) C(0)⁻¹ that are negative become positive.
//
// Reference: C. Penland and P. D. Sardeshmukh, "The optimal growth of tropical sea surface temperature anomalies",
// J. Climate 8, 1999 (1995).
func LinearInverse(t *trajectory.Trajectory, lag int) (c0, rate *mat.Dense, err error) {
	if err := t.Validate(); err != nil {
		return nil, nil, err
	}
	if err := checkChain(1, lag); err != nil {
		return nil, nil, err
	}
	s := &series{t: t, labels: make([]int32, t.Len()), cells: 1, lag: lag}
	tau := float64(lag) * t.Dt
	n, err := s.increments(context.Background(), lag)
	if err != nil {
		return nil, nil, err
	}
	later, err := n.rate(-1)
	if err != nil {
		return nil, nil, err
	}
	if c0, err = s.covariance(lag); err != nil {
		return nil, nil, err
	}
	later.Scale(tau, later)
	later.Add(later, c0)
	var propagator mat.Dense
	if err := propagator.Solve(c0.T(), later.T()); err != nil {
		return nil, nil, fmt.Errorf("markov: the covariance of the coordinates is singular: %w: drop the coordinates that depend on others", err)
	}
	form, err := newSchur(propagator.T())
	if err != nil {
		return nil, nil, err
	}
	form.treat(0)
	b, err := form.log()
	if err != nil {
		return nil, nil, err
	}
	rate = mat.NewDense(t.Dim, t.Dim, nil)
	rate.Mul(b, c0)
	rate.Scale(1/tau, rate)
	return c0, rate, nil
}

// covariance returns ⟨x xᵀ⟩ − ⟨x⟩⟨x⟩ᵀ over the beginnings of the transitions at a lag.
func (s *series) covariance(lag int) (*mat.Dense, error) {
	d, total := s.t.Dim, 0.0
	c, mean, centre, x := mat.NewDense(d, d, nil), make([]float64, d), s.t.Moments().Mean, make([]float64, d)
	for _, w := range s.outsideGap(lag) {
		for t := w[0]; t < w[1]; t++ {
			clear(x)
			s.addCentred(x, 1, t, centre)
			addScaled(mean, 1, x)
			addOuter(c.RawMatrix().Data, 1, x, x)
		}
		total += float64(w[1] - w[0])
	}
	if total == 0 {
		return nil, fmt.Errorf("markov: no run is longer than the lag of %d samples: take a shorter lag", lag)
	}
	c.Scale(1/total, c)
	addOuter(c.RawMatrix().Data, -1/(total*total), mean, mean)
	return c, nil
}
