package kgmm

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/systems"
)

// KG Fig. 1: the double well from 10⁵ independent samples, at four widths, beside the mixture over all samples. KGMM's
// cells average away what makes the mixture useless at σ = 0.01; at σ = 0.5 both show the smoothed density's score.
func TestFigure1(t *testing.T) {
	well := systems.DoubleWell{}
	obs := seriesOf(t, 1, rejection(100_000, 1, well.Potential, -0.25, 60))
	for _, c := range []struct{ sigma, kgmm, mixtureLeast, mixtureMost float64 }{
		{0.01, 0.35, 1.2, 2.2}, {0.05, 0.22, 0.08, 0.25}, {0.1, 0.16, 0.03, 0.15}, {0.5, 0.85, 0.45, 0.7},
	} {
		m := fit(t, obs, Options{Sigma: c.sigma, MinProb: 0.025, Hidden: []int{100, 50}, Batch: 16, Epochs: 1000, LearningRate: 3e-3, Seed: 61})
		mixture, err := score.NewMixture(obs, c.sigma)
		if err != nil {
			t.Fatal(err)
		}
		net, all := scoreError(m, well.Score(), obs.X[:20_000]), scoreError(mixture, well.Score(), obs.X[:200])
		smooth := scoreError(m, smoothedWell(c.sigma), obs.X[:20_000])
		t.Logf("σ = %g: %d cells, %d passes, KGMM errs by %.3f (from p_σ's score by %.3f), the mixture by %.3f", c.sigma, m.Tree.Cells(), m.Passes, net, smooth, all)
		if net > c.kgmm || smooth > min(c.kgmm, 0.3) {
			t.Errorf("σ = %g: KGMM errs by %.3f, and from the smoothed density's score by %.3f", c.sigma, net, smooth)
		}
		if all < c.mixtureLeast || all > c.mixtureMost {
			t.Errorf("σ = %g: the mixture errs by %.3f", c.sigma, all)
		}
		if c.sigma == 0.01 && net > all/3 {
			t.Errorf("σ = %g: KGMM errs by %.3f, the mixture by %.3f", c.sigma, net, all)
		}
	}
}

// smoothedWell is the score of e^{−U} ∗ 𝒩(0, σ²), by quadrature over a grid.
func smoothedWell(sigma float64) score.Score {
	const low, step, n = -4.0, 0.004, 2001
	var p [n]float64
	for i := range p {
		p[i] = math.Exp(-systems.DoubleWell{}.Potential([]float64{low + step*float64(i)}))
	}
	return score.Func{D: 1, F: func(dst, x []float64) {
		sum, moment := 0.0, 0.0
		first, last := int((x[0]-8*sigma-low)/step), int((x[0]+8*sigma-low)/step)
		for i := max(0, first); i <= min(n-1, last); i++ {
			d := (low + step*float64(i) - x[0]) / sigma
			w := p[i] * math.Exp(-d*d/2)
			sum += w
			moment += w * d
		}
		dst[0] = moment / (sum * sigma)
	}}
}

// tilted is an Ornstein–Uhlenbeck process of D coupled, rotating coordinates.
func tilted(t *testing.T, d int) *systems.OrnsteinUhlenbeck {
	t.Helper()
	a, b := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil)
	for i := range d {
		a.Set(i, i, 1+0.1*float64(i))
		a.Set(i, (i+1)%d, a.At(i, (i+1)%d)+0.6)
		a.Set((i+1)%d, i, a.At((i+1)%d, i)-0.3)
		b.Set(i, i, 1.4)
	}
	o, err := systems.NewOrnsteinUhlenbeck(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// drawn is n independent samples of the stationary density.
func drawn(t *testing.T, o *systems.OrnsteinUhlenbeck, n int, seed uint64) []float64 {
	t.Helper()
	d := o.Dim()
	var chol mat.Cholesky
	if !chol.Factorize(mat.NewSymDense(d, o.Covariance().RawMatrix().Data)) {
		t.Fatal("the covariance is not positive definite")
	}
	var l mat.TriDense
	chol.LTo(&l)
	z, x := gaussian(n*d, seed), make([]float64, n*d)
	for k := range n {
		for i := range d {
			for j := range i + 1 {
				x[k*d+i] += l.At(i, j) * z[k*d+j]
			}
		}
	}
	return x
}

// smoothedGaussian is the score −(C + σ²I)⁻¹x of the smoothed stationary density.
func smoothedGaussian(t *testing.T, o *systems.OrnsteinUhlenbeck, sigma float64) score.Score {
	t.Helper()
	c := o.Covariance()
	for i := range o.Dim() {
		c.Set(i, i, c.At(i, i)+sigma*sigma)
	}
	var p mat.Dense
	if err := p.Inverse(c); err != nil {
		t.Fatal(err)
	}
	return score.Func{D: o.Dim(), F: func(dst, x []float64) {
		var s mat.VecDense
		s.MulVec(&p, mat.NewVecDense(len(x), x))
		for i := range dst {
			dst[i] = -s.AtVec(i)
		}
	}}
}

// The error of cells falls as N^(−1/2) at a fixed partition: cell means of a linear score are the score at the cell
// mean, so that there is no bias to hide the slope. The slope of a straight line through the logarithms has the error
// bar that the residuals of the line give.
//
// The network inherits it when it is trained to its least squares; it falls a little faster, since of more scatter it can
// follow more. A training that ends early has a floor of its own: 400 steps give slopes of −0.14 to −0.24.
func TestErrorFallsWithSamples(t *testing.T) {
	for _, d := range []int{2, 4, 8} {
		o := tilted(t, d)
		const sigma = 0.4
		exact := smoothedGaussian(t, o, sigma)
		var logN, logE, logNet []float64
		for _, n := range []int{4000, 8000, 16_000, 32_000, 64_000} {
			for seed := range uint64(3) {
				m := fit(t, seriesOf(t, d, drawn(t, o, n, 70+seed)), Options{Sigma: sigma, Cells: 60, MaxPasses: 8, Tolerance: 1e-30, Epochs: 16_000, Hidden: []int{16}, Seed: seed})
				logN = append(logN, math.Log(float64(n)))
				logE = append(logE, math.Log(cellError(m, exact)))
				logNet = append(logNet, math.Log(scoreError(m, exact, m.Centers)))
			}
		}
		slope, bar := fittedSlope(logN, logE)
		net, netBar := fittedSlope(logN, logNet)
		t.Logf("D = %d: error of the cells ∝ N^(%.3f ± %.3f), of the network ∝ N^(%.3f ± %.3f)", d, slope, bar, net, netBar)
		if math.Abs(slope+0.5) > 3*bar || bar > 0.04 {
			t.Errorf("D = %d: error of the cells ∝ N^(%.3f ± %.3f), want −1/2", d, slope, bar)
		}
		if net > -0.5+3*netBar || net < -0.6-3*netBar || netBar > 0.04 {
			t.Errorf("D = %d: error of the network ∝ N^(%.3f ± %.3f), want −1/2 or a little less", d, net, netBar)
		}
	}
}

// fittedSlope is that of the least squares line, with its standard error.
func fittedSlope(x, y []float64) (slope, bar float64) {
	n := float64(len(x))
	mx, my := 0.0, 0.0
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	sxx, sxy := 0.0, 0.0
	for i := range x {
		sxx += (x[i] - mx) * (x[i] - mx)
		sxy += (x[i] - mx) * (y[i] - my)
	}
	slope = sxy / sxx
	rest := 0.0
	for i := range x {
		r := y[i] - my - slope*(x[i]-mx)
		rest += r * r
	}
	return slope, math.Sqrt(rest / (n - 2) / sxx)
}
