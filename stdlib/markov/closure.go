package markov

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/trajectory"
)

// Closure returns −C(0) K⁻¹ C(0), in place of Ċ(0⁺), from K = ∫₀^∞ C(t) dt = −X Q^# Π Xᵀ with the group inverse Q^# of the
// generator of method m. For linear dynamics it is Ċ(0⁺). Q^# is not formed: on the Krylov space of the coordinates, which
// is orthogonal to the constants, the generator has an inverse.
func (q *RateMatrix) Closure(m Method) (*mat.Dense, error) {
	if m == Logarithm || m == CellLogarithm {
		p, err := q.projected(m)
		if err != nil {
			return nil, err
		}
		return p.closure()
	}
	rates, err := q.Rates(m)
	if err != nil {
		return nil, err
	}
	c, err := q.ofRates(rates).settle((*projection).closure)
	if err != nil {
		return nil, fmt.Errorf("markov: the group inverse by %q: %w: take fewer cells, or a logarithm", m, err)
	}
	return c, nil
}

// closure returns −C(0) K⁻¹ C(0) with K = −⟨(G⁻¹ x) xᵀ⟩.
func (p *projection) closure() (*mat.Dense, error) {
	var gx, k mat.Dense
	if err := gx.Solve(p.generator, p.start.T()); err != nil {
		return nil, fmt.Errorf("markov: the generator has no inverse on the coordinates: %w", err)
	}
	k.Mul(gx.T(), p.start.T())
	k.Scale(-1, &k)
	return closed(p.correlation(0), &k)
}

// closed returns −C K⁻¹ C.
func closed(c, k *mat.Dense) (*mat.Dense, error) {
	var x, out mat.Dense
	if err := x.Solve(k, c); err != nil {
		return nil, fmt.Errorf("markov: the integrated correlation K is singular: %w: drop the coordinates that depend on others", err)
	}
	out.Mul(c, &x)
	out.Scale(-1, &out)
	return &out, nil
}

// greenKubo returns −C(0) K⁻¹ C(0) from the trajectory.
func (q *RateMatrix) greenKubo() (*mat.Dense, error) {
	end := q.cutoff
	if end == 0 || q.Method != GreenKubo {
		var err error
		if end, err = q.series.cutoff(context.Background(), q.cutoff); err != nil {
			return nil, err
		}
	}
	lags := int(math.Round(end / q.series.t.Dt))
	c, k, err := q.series.integral(lags)
	if err != nil {
		return nil, err
	}
	return closed(c, k)
}

// leastLags is the fewest lags that Gregory's rule integrates.
const leastLags = 4

// integral returns C(0) and K = ∫ C(t) dt over lags samples by Gregory's rule (the trapezium with its end correction),
// both from the same beginnings. K is ⟨y xᵀ⟩ with y(t) the integral of x(t + ·), a difference of running sums.
func (s *series) integral(lags int) (c, k *mat.Dense, err error) {
	d := s.t.Dim
	lags = max(lags, leastLags)
	mean := s.t.Moments().Mean
	c, k = mat.NewDense(d, d, nil), mat.NewDense(d, d, nil)
	running, x, y, total := make([]float64, d), make([]float64, d), make([]float64, d), 0.0
	for _, w := range s.outsideGap(lags) {
		clear(running) // Σ of the samples t … t+lags
		for t := w[0]; t < w[0]+lags; t++ {
			s.addCentred(running, 1, t, mean)
		}
		for t := w[0]; t < w[1]; t++ {
			s.addCentred(running, 1, t+lags, mean)
			clear(x)
			s.addCentred(x, 1, t, mean)
			copy(y, running)
			s.addCentred(y, -7./12, t, mean)
			s.addCentred(y, 1./12, t+1, mean)
			s.addCentred(y, 1./12, t+lags-1, mean)
			s.addCentred(y, -7./12, t+lags, mean)
			addOuter(c.RawMatrix().Data, 1, x, x)
			addOuter(k.RawMatrix().Data, 1, y, x)
			s.addCentred(running, -1, t, mean)
		}
		total += float64(w[1] - w[0])
	}
	if total == 0 {
		return nil, nil, fmt.Errorf("markov: no run is longer than the %d samples over which correlations last: bring longer runs, or set Cutoff", lags)
	}
	c.Scale(1/total, c)
	k.Scale(s.t.Dt/total, k)
	return c, k, nil
}

// addCentred adds f times sample t less the mean to dst.
func (s *series) addCentred(dst []float64, f float64, t int, mean []float64) {
	for a, v := range s.t.X[t*len(dst) : (t+1)*len(dst)] {
		dst[a] += f * (v - mean[a])
	}
}

// cutoff returns the given time, or for 0 the first zero of tr(C(0)⁻¹ C(t)).
func (s *series) cutoff(ctx context.Context, given float64) (float64, error) {
	if given > 0 {
		return given, nil
	}
	white, err := whitened(s.t)
	if err != nil {
		return 0, err
	}
	longest := s.t.LongestRun()
	for lags := min(256, longest/2); lags > 1; lags = min(4*lags, longest/2) {
		sum := make([]float64, lags)
		for a := range s.t.Dim {
			c, err := white.Autocovariance(ctx, a, lags)
			if err != nil {
				return 0, fmt.Errorf("markov: Green–Kubo: %w", err)
			}
			addScaled(sum, 1, c)
		}
		for k, v := range sum {
			if v <= 0 {
				return s.t.Dt * float64(k), nil
			}
		}
		if lags == longest/2 {
			break
		}
	}
	return 0, fmt.Errorf("markov: the correlation has no zero within half the longest run (%.4g): bring longer runs, or set Cutoff", s.t.Dt*float64(longest)/2)
}

// whitened returns the trajectory in coordinates with unit covariance.
func whitened(t *trajectory.Trajectory) (*trajectory.Trajectory, error) {
	d, mean := t.Dim, t.Moments().Mean
	c, x := make([]float64, d*d), make([]float64, d)
	for k := range t.Len() {
		for a, v := range t.At(k) {
			x[a] = v - mean[a]
		}
		addOuter(c, 1/float64(t.Len()), x, x)
	}
	var factor mat.Cholesky
	if !factor.Factorize(mat.NewSymDense(d, c)) {
		return nil, fmt.Errorf("markov: the covariance of the coordinates is singular: drop the coordinates that depend on others")
	}
	var lower mat.TriDense
	factor.LTo(&lower)
	out := *t
	out.X = make([]float64, len(t.X))
	for k := range t.Len() {
		z := out.X[k*d : (k+1)*d]
		for a, v := range t.At(k) {
			z[a] = v - mean[a]
			for b := range a {
				z[a] -= lower.At(a, b) * z[b]
			}
			z[a] /= lower.At(a, a)
		}
	}
	return &out, nil
}
