package score

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"scorebook/stdlib/trajectory"
)

// Mixture is the score of the Gaussian mixture that puts an isotropic kernel of width σ on every sample,
// p_σ(x) = N⁻¹ Σᵢ 𝒩(x | μᵢ, σ²I), LD (21) and KG (18):
//
//	s(x) = −σ⁻² Σᵢ (x − μᵢ) 𝒩ᵢ / Σᵢ 𝒩ᵢ,   LD (22), KG (19).
//
// The sums run over all samples; those whose weight is below e⁻⁴⁰ of the largest are known not to matter, and are
// passed over by searching outwards from x along the first coordinate.
type Mixture struct {
	dim   int
	sigma float64
	mu    []float64 // the samples, ascending in their first coordinate
}

// NewMixture returns the mixture score of the samples of t, in the coordinates of t. σ must be positive.
func NewMixture(t *trajectory.Trajectory, sigma float64) (*Mixture, error) {
	if !(sigma > 0) || math.IsInf(sigma, 1) {
		return nil, fmt.Errorf("score: kernel width σ is %g; it must be positive and finite", sigma)
	}
	if t.Len() == 0 {
		return nil, errors.New("score: no samples to put kernels on")
	}
	order := make([]int, t.Len())
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := t.X[a*t.Dim], t.X[b*t.Dim]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a - b
	})
	m := &Mixture{dim: t.Dim, sigma: sigma, mu: make([]float64, 0, len(t.X))}
	for _, k := range order {
		m.mu = append(m.mu, t.At(k)...)
	}
	return m, nil
}

// Dim is D.
func (m *Mixture) Dim() int { return m.dim }

// Sigma is the kernel width σ.
func (m *Mixture) Sigma() float64 { return m.sigma }

// KernelWidth is σ: s is the score of the density smoothed by 𝒩(0, σ²I).
func (m *Mixture) KernelWidth() float64 { return m.sigma }

// ScoreTo writes s(x) for each point of x.
func (m *Mixture) ScoreTo(dst, x []float64) {
	checkPoints(m.dim, dst, x)
	for k := 0; k < len(x); k += m.dim {
		m.sums(dst[k:k+m.dim:k+m.dim], nil, x[k:k+m.dim:k+m.dim])
	}
}

// negligible is −2 ln of the relative weight below which a sample is passed over.
const negligible = 80

// JacobianTo writes, with the means ⟨·⟩ that the kernels' weights at x give,
//
//	∂sᵢ/∂xⱼ = σ⁻⁴ ⟨(μᵢ−xᵢ)(μⱼ−xⱼ)⟩ − sᵢsⱼ − σ⁻² δᵢⱼ
func (m *Mixture) JacobianTo(dst, x []float64) {
	d := m.dim
	checkDerivatives(d, d*d, dst, x)
	b := borrow(d)
	defer buffers.Put(b)
	s := (*b)[:d]
	for k := 0; k*d < len(x); k++ {
		j := dst[k*d*d : (k+1)*d*d]
		m.sums(s, j, x[k*d:(k+1)*d])
		for i := range j {
			j[i] -= s[i/d] * s[i%d]
		}
		for i := range d {
			j[i*d+i] -= 1 / (m.sigma * m.sigma)
		}
	}
}

// DivergenceTo writes ∇·s = σ⁻⁴⟨|μ−x|²⟩ − |s|² − D/σ².
func (m *Mixture) DivergenceTo(dst, x []float64) {
	checkDerivatives(m.dim, 1, dst, x)
	traces(dst, x, m)
}

// sums writes s(x) to dst, and σ⁻⁴⟨(μ−x)(μ−x)ᵀ⟩ to second, unless it is nil. It visits the samples from x outwards, on
// either side until the first coordinate alone makes a sample negligible beside the nearest one met so far. The sums are
// kept relative to that nearest sample, so nothing under- or overflows.
func (m *Mixture) sums(dst, second, x []float64) {
	v := 1 / (m.sigma * m.sigma)
	right := m.search(x[0])
	left := right - 1
	n := len(m.mu) / m.dim
	w := kernels{nearest: math.Inf(1), first: dst, second: second}
	clear(dst)
	clear(second)
	for left >= 0 || right < n {
		if right < n {
			right = m.visit(&w, x, right, v, n, 1)
		}
		if left >= 0 {
			left = m.visit(&w, x, left, v, -1, -1)
		}
	}
	for i := range dst {
		dst[i] *= v / w.sum
	}
	for i := range second {
		second[i] *= v * v / w.sum
	}
}

// kernels are sums over samples with the weights e^{−(r²−nearest)/2}, r² = |x−μ|²/σ²: of 1, of μ−x, and of
// (μ−x)(μ−x)ᵀ if that is wanted.
type kernels struct {
	nearest, sum  float64
	first, second []float64
}

// visit adds sample k to the sums and returns the next one in direction step, or end when the rest does not matter.
func (m *Mixture) visit(w *kernels, x []float64, k int, v float64, end, step int) int {
	mu := m.mu[k*m.dim : (k+1)*m.dim]
	if d := mu[0] - x[0]; d*d*v > w.nearest+negligible {
		return end
	}
	r := 0.0
	for i, c := range mu {
		d := c - x[i]
		r += d * d
	}
	r *= v
	if r < w.nearest {
		w.rebase(r)
	}
	if r <= w.nearest+negligible {
		e := math.Exp(-(r - w.nearest) / 2)
		w.add(e, mu, x)
	}
	return k + step
}

// add adds a sample with weight e.
func (w *kernels) add(e float64, mu, x []float64) {
	w.sum += e
	for i, c := range mu {
		w.first[i] += e * (c - x[i])
	}
	if w.second == nil {
		return
	}
	for i, c := range mu {
		for j, b := range mu {
			w.second[i*len(mu)+j] += e * (c - x[i]) * (b - x[j])
		}
	}
}

// rebase makes r the reference weight of the sums so far.
func (w *kernels) rebase(r float64) {
	shrink := math.Exp((r - w.nearest) / 2)
	w.nearest = r
	w.sum *= shrink
	for i := range w.first {
		w.first[i] *= shrink
	}
	for i := range w.second {
		w.second[i] *= shrink
	}
}

// search returns the first sample whose first coordinate is not below x.
func (m *Mixture) search(x float64) int {
	low, high := 0, len(m.mu)/m.dim
	for low < high {
		mid := int(uint(low+high) >> 1)
		if m.mu[mid*m.dim] < x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
