package markov

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
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
	r, err := ritz(context.Background(), newKoopman(q.P, q.Pi), q.Pi, 6)
	if err != nil {
		t.Fatal(err)
	}
	var krylov []complex128
	for _, p := range r.pairs[:6] {
		krylov = append(krylov, p.value)
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
	if got, err = exact.ofRates(naive).settle(context.Background(), (*projection).closure); err != nil {
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
	all, err := q.series.integrals(context.Background(), lags*s.Dt)
	if err != nil {
		t.Fatal(err)
	}
	c, k, err := all.without(-1)
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

// TestGreenKuboOfDependentCoordinates: three coordinates on a plane, and so with a singular covariance, have the closure of the
// two that span it, without and with a part left out.
func TestGreenKuboOfDependentCoordinates(t *testing.T) {
	s := potential(t, 3, 20_000, 20)
	m := mat.NewDense(3, 2, []float64{1, 0, 0, 1, -1, -1}) // a sum of zero
	flat := &trajectory.Trajectory{Dim: 3, Dt: s.Dt, Lens: s.Lens}
	for k := range s.Len() {
		x := s.At(k)
		flat.X = append(flat.X, x[0], x[1], -x[0]-x[1])
	}
	for _, method := range []Method{GreenKubo, GroupInverse} {
		o := Options{Cells: 20, Method: method, Cutoff: 5}
		q, r := estimate(t, s, o), estimate(t, flat, o)
		numtest.Matrix(t, method.String(), rateBy(t, r, method), sandwich(m, rateBy(t, q, method)), map[Method]float64{GreenKubo: 1e-9, GroupInverse: 0.06}[method]) // the other metric has other cells
	}
	q, r := estimate(t, s, Options{Cells: 20, Method: GreenKubo, Cutoff: 5}), estimate(t, flat, Options{Cells: 20, Method: GreenKubo, Cutoff: 5})
	for k := range 3 {
		a, err := q.Without(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		b, err := r.Without(context.Background(), k)
		if err != nil {
			t.Fatal(err)
		}
		numtest.Matrix(t, "without a part", rateBy(t, b, GreenKubo), sandwich(m, rateBy(t, a, GreenKubo)), 1e-9)
	}
}

// sandwich returns m a mᵀ.
func sandwich(m, a mat.Matrix) *mat.Dense {
	var out mat.Dense
	out.Product(m, a, m.T())
	return &out
}

// TestGreenKuboWithoutAPart: the sums less those of a part are those of the beginnings outside it.
func TestGreenKuboWithoutAPart(t *testing.T) {
	s := potential(t, 3, 8000, 10)
	q := estimate(t, s, Options{Cells: 10, Method: GreenKubo, Cutoff: 1})
	left, err := q.Without(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	from, to := q.Block(5)
	lags, d := int(math.Round(1/s.Dt)), 2
	mean, c, k, n := s.Moments().Mean, mat.NewDense(d, d, nil), mat.NewDense(d, d, nil), 0.0
	for _, w := range windows(s.Lens, s.Len(), lags) {
		for at := w[0]; at < w[1]; at++ {
			if at >= from && at < to {
				continue
			}
			x, y := make([]float64, d), make([]float64, d)
			q.series.addCentred(x, 1, at, mean)
			for m := range lags + 1 {
				f := 1.0
				switch m {
				case 0, lags:
					f = 5. / 12
				case 1, lags - 1:
					f = 13. / 12
				}
				q.series.addCentred(y, f*s.Dt, at+m, mean)
			}
			addOuter(c.RawMatrix().Data, 1, x, x)
			addOuter(k.RawMatrix().Data, 1, y, x)
			n++
		}
	}
	c.Scale(1/n, c)
	k.Scale(1/n, k)
	want, err := closed(c, k)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "Φ", rateBy(t, left, GreenKubo), want, 1e-9)
}
