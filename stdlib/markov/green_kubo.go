package markov

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/stdlib/trajectory"
)

// integrals are the sums behind C(0) and K = ∫ C(t) dt up to a lag, apart for the transitions that begin in each part of the
// data, so that leaving a part out costs nothing.
type integrals struct {
	dt    float64
	lags  int
	parts []integral
}

// integral is Σ x xᵀ and Σ y xᵀ over beginnings t, D×D by rows: x is the sample less the mean, y(t) the sum of x(t + ·) over
// the lags by Gregory's rule.
type integral struct {
	zero, whole []float64
	total       float64
}

// leastLags is the fewest lags that Gregory's rule integrates.
const leastLags = 4

// greenKubo returns −C(0) K⁻¹ C(0) from the trajectory, without the part of the data that q leaves out.
func (q *RateMatrix) greenKubo(ctx context.Context) (*mat.Dense, error) {
	n := q.integrals
	if n == nil {
		end, err := q.series.cutoff(ctx, q.cutoff)
		if err != nil {
			return nil, err
		}
		if n, err = q.series.integrals(ctx, end); err != nil {
			return nil, err
		}
	}
	c, k, err := n.without(q.series.part())
	if err != nil {
		return nil, err
	}
	return closed(c, k)
}

// part is the part of the data that is left out, −1 for none.
func (s *series) part() int {
	for k := range blockCount {
		if from, to := s.block(k); from < to && s.gap == [2]int{from, to} {
			return k
		}
	}
	return -1
}

// integrals gathers the sums up to the time end.
func (s *series) integrals(ctx context.Context, end float64) (*integrals, error) {
	n := &integrals{dt: s.t.Dt, lags: max(leastLags, int(math.Round(end/s.t.Dt))), parts: make([]integral, blockCount)}
	mean := s.t.Moments().Mean
	err := parallel.Each(ctx, blockCount, func(k int) (err error) {
		n.parts[k], err = s.integralOf(ctx, k, n.lags, mean)
		return err
	}, nil)
	if err != nil {
		return nil, fmt.Errorf("markov: Green–Kubo integral interrupted: %w", err)
	}
	return n, nil
}

// integralOf gathers the sums of part k. The sum over the lags is a difference of running sums; with the trapezium's ends
// corrected by Gregory's rule it is K.
func (s *series) integralOf(ctx context.Context, k, lags int, mean []float64) (integral, error) {
	d := s.t.Dim
	out := integral{zero: make([]float64, d*d), whole: make([]float64, d*d)}
	running, x, y := make([]float64, d), make([]float64, d), make([]float64, d)
	from, to := s.block(k)
	for _, w := range windows(s.t.Lens, len(s.labels), lags) {
		start, end := max(w[0], from), min(w[1], to)
		if start >= end {
			continue
		}
		clear(running) // Σ of the samples t … t+lags
		for t := start; t < start+lags; t++ {
			s.addCentred(running, 1, t, mean)
		}
		for t := start; t < end; t++ {
			if (t-start)%contextSpan == 0 && ctx.Err() != nil {
				return out, ctx.Err()
			}
			s.addCentred(running, 1, t+lags, mean)
			clear(x)
			s.addCentred(x, 1, t, mean)
			copy(y, running)
			s.addCentred(y, -7./12, t, mean)
			s.addCentred(y, 1./12, t+1, mean)
			s.addCentred(y, 1./12, t+lags-1, mean)
			s.addCentred(y, -7./12, t+lags, mean)
			addOuter(out.zero, 1, x, x)
			addOuter(out.whole, 1, y, x)
			s.addCentred(running, -1, t, mean)
		}
		out.total += float64(end - start)
	}
	return out, nil
}

// without returns C(0) and K over all parts but one; −1 leaves none out.
func (n *integrals) without(part int) (c, k *mat.Dense, err error) {
	var zero, whole []float64
	total := 0.0
	for i, p := range n.parts {
		if zero == nil {
			zero, whole = make([]float64, len(p.zero)), make([]float64, len(p.whole))
		}
		if i != part {
			addScaled(zero, 1, p.zero)
			addScaled(whole, 1, p.whole)
			total += p.total
		}
	}
	if total == 0 {
		return nil, nil, fmt.Errorf("markov: no run is longer than the %d samples over which correlations last: bring longer runs, or set Cutoff", n.lags)
	}
	d := int(math.Round(math.Sqrt(float64(len(zero)))))
	c, k = mat.NewDense(d, d, zero), mat.NewDense(d, d, whole)
	c.Scale(1/total, c)
	k.Scale(n.dt/total, k)
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
		for a := range white.Dim {
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

// whitened returns the trajectory in as many coordinates with unit covariance as its own are independent.
func whitened(t *trajectory.Trajectory) (*trajectory.Trajectory, error) {
	d, mean := t.Dim, t.Moments().Mean
	c, x := mat.NewDense(d, d, nil), make([]float64, d)
	for k := range t.Len() {
		for a, v := range t.At(k) {
			x[a] = v - mean[a]
		}
		addOuter(c.RawMatrix().Data, 1/float64(t.Len()), x, x)
	}
	values, u, err := rangeOf(c)
	if err != nil {
		return nil, err
	}
	r := len(values)
	out := &trajectory.Trajectory{Dim: r, Dt: t.Dt, Lens: t.Lens, X: make([]float64, t.Len()*r)}
	for k := range t.Len() {
		z := out.X[k*r : (k+1)*r]
		for a, v := range t.At(k) {
			addScaled(z, v-mean[a], u.RawRowView(a))
		}
		for e, v := range values {
			z[e] /= math.Sqrt(v)
		}
	}
	return out, nil
}
