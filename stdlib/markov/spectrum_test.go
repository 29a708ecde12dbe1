package markov

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

// TestTimescalesOfOrnsteinUhlenbeck: the eigenvalues of the transition operator are e^{−kτ}, k = 0, 1, …. Cells coarsen
// them by a few per cent; the error of the first by sampling is √(2/T) for T = 20 000 time units.
func TestTimescalesOfOrnsteinUhlenbeck(t *testing.T) {
	q := estimate(t, ornsteinUhlenbeck(t, 200_000, 0.1), Options{Cells: 100, Lag: 5})
	times, err := q.Timescales(context.Background(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range times {
		numtest.Within(t, "timescale", v*float64(k+1), 1, 0.02*float64(k+1)+numtest.Sigmas*math.Sqrt(2./20_000))
	}
}

// TestKrylovSpectrumAgainstSchur: the eigenvalues on a Krylov space are those of the dense matrix.
func TestKrylovSpectrumAgainstSchur(t *testing.T) {
	q := estimate(t, potential(t, 4, 200_000, 25), Options{Cells: 300})
	dense, err := q.Spectrum(context.Background(), 6)
	if err != nil {
		t.Fatal(err)
	}
	krylov, err := q.ritz(context.Background(), 6)
	if err != nil {
		t.Fatal(err)
	}
	if d := furthest(dense, krylov); d > 1e-4 {
		t.Errorf("off by %g:\n%.5g\n%.5g", d, krylov, dense)
	}
}

// TestClosureByGroupInverse: for an exact chain K is that of the group inverse (Q − π1ᵀ)⁻¹ + π1ᵀ, and the integral of the
// correlation function.
func TestClosureByGroupInverse(t *testing.T) {
	q, g := exactChain(t, 20, 2, 0.3, CellLogarithm)
	n := len(q.Pi)
	var shifted, inverse mat.Dense
	shifted.CloneFrom(g)
	for i := range n {
		for j := range n {
			shifted.Set(i, j, g.At(i, j)-q.Pi[i])
		}
	}
	if err := inverse.Inverse(&shifted); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		for j := range n {
			inverse.Set(i, j, -inverse.At(i, j)-q.Pi[i])
		}
	}
	k := correlationOf(q, &inverse, -1)
	want, err := closed(correlationOf(q, g, 0), k)
	if err != nil {
		t.Fatal(err)
	}
	got, err := q.Closure(CellLogarithm)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "−C(0)K⁻¹C(0)", got, want, 1e-4)

	q.Method = Naive
	naive, err := q.Rates(Naive)
	if err != nil {
		t.Fatal(err)
	}
	exact := &RateMatrix{Method: Naive, Dim: 2, Pi: q.Pi, Centroids: q.Centroids}
	if got, err = exact.ofRates(naive).settle((*projection).closure); err != nil {
		t.Fatal(err)
	}
	again, err := q.Closure(Naive)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "by a sparse generator", again, got, 1e-12)
}

// TestGreenKuboOfOrnsteinUhlenbeck: the closure is exact for linear dynamics; its standard error is that of the
// correlation time, about √(2·t_cut/T) for the cutoff.
func TestGreenKuboOfOrnsteinUhlenbeck(t *testing.T) {
	const dt, samples, cutoff = 0.1, 200_000, 5.0
	s := ornsteinUhlenbeck(t, samples, dt)
	bound := numtest.Sigmas * math.Sqrt(2*cutoff/(dt*samples))
	q := estimate(t, s, Options{Cells: 50, Method: GreenKubo, Cutoff: cutoff})
	numtest.Within(t, "to a cutoff", -rateBy(t, q, GreenKubo).At(0, 0), 1/(1-math.Exp(-cutoff)), bound)
	numtest.Within(t, "by the generator", -rateBy(t, q, GroupInverse).At(0, 0), 1, numtest.Sigmas*math.Sqrt(2/(dt*samples)))
	q = estimate(t, s, Options{Cells: 50, Method: GreenKubo})
	numtest.Within(t, "to the first zero", -rateBy(t, q, GreenKubo).At(0, 0), 1, bound)
	if q.cutoff < 2 || q.cutoff > 30 {
		t.Errorf("first zero at %g", q.cutoff)
	}
}

// TestIntegralIsGregorys compares the running sums with the sum over lags itself.
func TestIntegralIsGregorys(t *testing.T) {
	s := potential(t, 3, 4000, 10)
	q := estimate(t, s, Options{Cells: 10})
	const lags = 9
	c, k, err := q.series.integral(lags)
	if err != nil {
		t.Fatal(err)
	}
	weights := []float64{5. / 12, 13. / 12, 1, 1, 1, 1, 1, 1, 13. / 12, 5. / 12}
	want, zero, n := mat.NewDense(2, 2, nil), mat.NewDense(2, 2, nil), 0.0
	mean, x, y := s.Moments().Mean, make([]float64, 2), make([]float64, 2)
	for _, w := range windows(s.Lens, s.Len(), lags) {
		for at := w[0]; at < w[1]; at++ {
			clear(x)
			clear(y)
			q.series.addCentred(x, 1, at, mean)
			for m, f := range weights {
				q.series.addCentred(y, f*s.Dt, at+m, mean)
			}
			addOuter(want.RawMatrix().Data, 1, y, x)
			addOuter(zero.RawMatrix().Data, 1, x, x)
			n++
		}
	}
	want.Scale(1/n, want)
	zero.Scale(1/n, zero)
	numtest.Matrix(t, "K", k, want, 1e-11)
	numtest.Matrix(t, "C(0)", c, zero, 1e-12)
}
