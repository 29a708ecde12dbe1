package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestAdamAgainstFloat64(t *testing.T) {
	const n, lr, b1, b2, eps = 101, 0.01, 0.9, 0.999, 1e-8
	eachSet(t, func(t *testing.T, set isa) {
		r := rand.New(rand.NewPCG(5, 6))
		w := noise(r, n)
		m, v := make([]float32, n), make([]float32, n)
		W, M, V := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range W {
			W[i] = float64(w[i])
		}
		for step := 1; step <= 50; step++ {
			g := noise(r, n)
			c1, c2 := 1/(1-math.Pow(b1, float64(step))), 1/(1-math.Pow(b2, float64(step)))
			adam(set, w, m, v, g, newAdamRates(lr, b1, b2, eps, float32(c1), float32(c2)))
			for i, d := range g {
				d := float64(d)
				M[i] = b1*M[i] + (1-b1)*d
				V[i] = b2*V[i] + (1-b2)*d*d
				W[i] -= lr * M[i] * c1 / (math.Sqrt(V[i]*c2) + eps)
			}
		}
		for i := range W { // 50 steps of lr·10⁻⁵ each, since 1 − b2 is known to 3·10⁻⁵ in float32, and 50 roundings of w
			if e := math.Abs(float64(w[i]) - W[i]); !(e <= 50*(lr*3e-5+0x1p-24*math.Abs(W[i]))) {
				t.Fatalf("w[%d] = %v, want %v", i, w[i], W[i])
			}
		}
	})
}

func TestAdamSameBitsOnEverySet(t *testing.T) {
	for _, n := range []int{1, 7, 8, 9, 15, 16, 17, 31, 100} {
		var want []float32
		for _, set := range sets() {
			r := rand.New(rand.NewPCG(8, uint64(n)))
			w, m, v, g := noise(r, n), noise(r, n), noise(r, n), noise(r, n)
			for i := range v {
				v[i] *= v[i]
			}
			adam(set, w, m, v, g, newAdamRates(1e-3, .9, .999, 1e-8, 10, 1000))
			all := append(append(w, m...), v...)
			if want == nil {
				want = all
			}
			expectBits(t, set.String(), all, want)
		}
	}
}
