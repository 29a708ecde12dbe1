package simd

import "math"

// Adam does one step of the Adam optimiser (Kingma and Ba, 2015) on the weights w, given their gradient g:
//
//	m ← b1·m + (1 − b1)·g,   v ← b2·v + (1 − b2)·g²,   w ← w − lr·(m·c1) / (√(v·c2) + eps)
//
// m and v are the running moments; c1 = 1/(1 − b1ᵗ) and c2 = 1/(1 − b2ᵗ) at step t = 1, 2, …
// The complements are taken in float32: 1 − 0.999 carries a relative error of 2·10⁻⁵, and a step half of that.
func Adam(w, m, v, g []float32, lr, b1, b2, eps, c1, c2 float32) {
	adam(best, w, m, v, g, newAdamRates(lr, b1, b2, eps, c1, c2))
}

// adamRates are the scalars of a step as the kernels use them, in the order in which the assembly reads them.
type adamRates struct {
	b1, a1 float32 // b1, 1 − b1
	b2, a2 float32 // b2, 1 − b2
	rate   float32 // lr·c1
	c2     float32
	eps    float32
}

func newAdamRates(lr, b1, b2, eps, c1, c2 float32) *adamRates {
	return &adamRates{b1: b1, a1: 1 - b1, b2: b2, a2: 1 - b2, rate: lr * c1, c2: c2, eps: eps}
}

func adam(set isa, w, m, v, g []float32, r *adamRates) {
	check(len(m) == len(w) && len(v) == len(w) && len(g) == len(w), "Adam", "lengths differ")
	if len(w) > 0 {
		adamKernel(set, w, m, v, g, r)
	}
}

func adamPortable(w, m, v, g []float32, r *adamRates) {
	for i, d := range g {
		m[i] = fma32(r.b1, m[i], float32(r.a1*d))
		v[i] = fma32(r.b2, v[i], float32(r.a2*d*d))
		w[i] -= float32(m[i]*r.rate) / (float32(math.Sqrt(float64(float32(v[i]*r.c2)))) + r.eps)
	}
}
