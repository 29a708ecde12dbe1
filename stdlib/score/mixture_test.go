package score

import (
	"math"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

func gaussianData(t testing.TB, dim, n int) *trajectory.Trajectory {
	t.Helper()
	x := make([]float64, dim*n)
	r := rng.New(1, "test")
	r.Normals(x)
	tr, err := trajectory.New(dim, 1, x)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func mixture(t testing.TB, tr *trajectory.Trajectory, sigma float64) *Mixture {
	t.Helper()
	m, err := NewMixture(tr, sigma)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plain is LD (22) as written, over all samples.
func plain(tr *trajectory.Trajectory, sigma float64, x []float64) []float64 {
	s := make([]float64, tr.Dim)
	sum, nearest := 0.0, math.Inf(1)
	square := func(k int) float64 {
		r := 0.0
		for i, m := range tr.At(k) {
			r += (x[i] - m) * (x[i] - m)
		}
		return r
	}
	for k := range tr.Len() {
		nearest = min(nearest, square(k))
	}
	for k := range tr.Len() {
		w := math.Exp((nearest - square(k)) / (2 * sigma * sigma))
		sum += w
		for i, m := range tr.At(k) {
			s[i] -= w * (x[i] - m) / (sigma * sigma)
		}
	}
	for i := range s {
		s[i] /= sum
	}
	return s
}

func TestMixtureIsTheSumOverAllSamples(t *testing.T) {
	for _, dim := range []int{1, 2, 5} {
		tr := gaussianData(t, dim, 700)
		for _, sigma := range []float64{0.01, 0.1, 0.5, 3} {
			m := mixture(t, tr, sigma)
			for _, v := range []float64{0, 0.7, -2.5, 40} {
				x := make([]float64, dim)
				for i := range x {
					x[i] = v * float64(i+1)
				}
				got := make([]float64, dim)
				m.ScoreTo(got, x)
				numtest.Slice(t, "score", got, plain(tr, sigma, x), 1e-10)
			}
		}
	}
}

func TestMixtureIsTheGradientOfItsLogDensity(t *testing.T) {
	const sigma = 0.6
	tr := gaussianData(t, 2, 50)
	logDensity := func(x []float64) float64 {
		p := 0.0
		for k := range tr.Len() {
			mu := tr.At(k)
			p += math.Exp(-((x[0]-mu[0])*(x[0]-mu[0]) + (x[1]-mu[1])*(x[1]-mu[1])) / (2 * sigma * sigma))
		}
		return math.Log(p)
	}
	numtest.CheckGradient(t, logDensity, mixture(t, tr, sigma).ScoreTo, points, 1e-8)
}

// TestMixtureOfAGaussianSample: the density of x = μ + σz with μ ~ 𝒩(0,1) is 𝒩(0, 1+σ²), so s(x) = −x/(1+σ²). The error
// of a kernel estimate of s from N samples has variance ∫(∂K)²/(N p) = 1/(4√π σ³ N p(x)).
func TestMixtureOfAGaussianSample(t *testing.T) {
	const n, sigma = 200000, 0.3
	m := mixture(t, gaussianData(t, 1, n), sigma)
	for _, x := range []float64{-1.5, -0.4, 0, 1, 2} {
		got := []float64{0}
		m.ScoreTo(got, []float64{x})
		p := math.Exp(-x*x/(2*(1+sigma*sigma))) / math.Sqrt(2*math.Pi*(1+sigma*sigma))
		std := 1 / math.Sqrt(4*math.Sqrt(math.Pi)*sigma*sigma*sigma*p)
		numtest.MeanWithin(t, "score", got[0], -x/(1+sigma*sigma), std, n)
	}
}

func TestMixtureNeedsAWidth(t *testing.T) {
	for _, sigma := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := NewMixture(gaussianData(t, 1, 3), sigma); err == nil || !strings.Contains(err.Error(), "σ") {
			t.Errorf("σ = %g: error %v", sigma, err)
		}
	}
}

func BenchmarkMixture(b *testing.B) {
	m := mixture(b, gaussianData(b, 1, 100000), 0.05)
	x, dst := []float64{-1, 0, 1}, make([]float64, 3)
	b.ReportAllocs()
	for b.Loop() {
		m.ScoreTo(dst, x)
	}
}
