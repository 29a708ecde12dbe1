package kgmm

import "math"

// within writes the variance of the perturbed samples inside each cell, averaged over coordinates.
func (s *sums) within() []float64 {
	variance := make([]float64, len(s.counts))
	for k, count := range s.counts {
		if count == 0 {
			continue
		}
		rest := s.spread[k]
		for i := k * s.dim; i < (k+1)*s.dim; i++ {
			x := s.clean[i] + s.sigma*s.noise[i]
			rest -= x * x / float64(count)
		}
		variance[k] = max(0, rest) / float64(count*s.dim)
	}
	return variance
}

// scatter estimates the variance of a component of a cell's score over samples of the series, which passes do not
// reduce, times the cell's probability P. In the limit of many passes that component is the flux of p̂_σ through the cell's
// two faces, over P. For a cube of side h, with a = h/2σ,
//
//	P·Var = (1 − e^{−a²}) (g/h)^{D−1} / (√π N σ h),   g = h erf(a) − (2σ/√π)(1 − e^{−a²})
//
// where the first factor comes from the correlation of p̂_σ between the faces, and g from that over a face. Samples are
// taken to be independent.
func scatter(n, dim int, sigma, h float64) float64 {
	a := h / (2 * sigma)
	rest := -math.Expm1(-a * a)
	g := h*math.Erf(a) - 2*sigma/math.SqrtPi*rest
	return rest * math.Pow(g/h, float64(dim-1)) / (math.SqrtPi * float64(n) * sigma * h)
}

// scatter is the mean over samples of the variance of a component of their cell's score, at width σ, each cell taken
// for a cube with its variance.
func (m *Model) scatter(sigma float64) float64 {
	sum := 0.0
	for _, v := range m.within {
		if v > 0 {
			sum += scatter(m.samples, m.Dim(), sigma, math.Sqrt(12*v))
		}
	}
	return sum
}

// Scatter estimates the standard deviation of a component of a cell's score from one sample of the density to another
// of the same length, beside the root mean square of that component over the cells: what part of the cells' scores is
// chance. The network averages over cells, and errs by less.
func (m *Model) Scatter() (deviation, size float64) {
	return math.Sqrt(m.scatter(m.Sigma)), m.rms() / m.Sigma
}
