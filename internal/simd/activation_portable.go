package simd

import (
	"math"

	"scorebook/internal/simd/minimax"
)

// expOne is the operation the assembly does in each lane: eˣ = 2ⁿ·eʳ with n = round(x·log₂e), |r| ≤ ln 2 / 2.
func expOne(x float32) float32 {
	if x > minimax.ExpMax {
		x = minimax.ExpMax
	}
	if x < minimax.ExpMin {
		x = minimax.ExpMin
	}
	t := fma32(x, minimax.Log2E, minimax.Round)
	n := t - minimax.Round
	r := fma32(n, -minimax.Ln2High, x)
	r = fma32(n, -minimax.Ln2Low, r)
	p := minimax.Exp[0]
	for _, c := range minimax.Exp[1:] {
		p = fma32(p, r, c)
	}
	k := int32(math.Float32bits(t)) - int32(math.Float32bits(minimax.Round))
	half := k >> 1 // two factors, so that neither leaves the exponent's range
	return p * powerOfTwo(half) * powerOfTwo(k-half)
}

func powerOfTwo(k int32) float32 { return math.Float32frombits(uint32(k+127) << 23) }

func expPortable(dst, x []float32) {
	for i, v := range x {
		dst[i] = expOne(v)
	}
}

func swishPortable(dst, x []float32) {
	for i, v := range x {
		dst[i] = v / (1 + expOne(-v))
	}
}

func swishBackPortable(dpre, dy, pre []float32) {
	for i, z := range pre {
		s := 1 / (1 + expOne(-z))
		q := fma32(-z, s, z)
		dpre[i] = dy[i] * fma32(q, s, s)
	}
}

func tanhPortable(dst, x []float32) {
	for i, v := range x {
		dst[i] = tanhOne(v)
	}
}

// tanhOne is a + a³·P(a²) near 0 and 1 − 2/(e²ᵃ + 1) beyond, with a = |x|, and takes the sign of x.
func tanhOne(x float32) float32 {
	a := float32(math.Abs(float64(x)))
	y := 1 - 2/(expOne(a+a)+1)
	if a < minimax.TanhSmall {
		u := a * a
		y = minimax.Tanh[0]
		for _, c := range minimax.Tanh[1:] {
			y = fma32(y, u, c)
		}
		y = fma32(y*u, a, a)
	}
	return float32(math.Copysign(float64(y), float64(x)))
}
