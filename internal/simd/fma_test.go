package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// fmaExact rounds a·b + c once, by arbitrary-precision arithmetic.
func fmaExact(a, b, c float32) float32 {
	p := new(big.Float).SetPrec(2000).SetFloat64(float64(a))
	p.Mul(p, new(big.Float).SetFloat64(float64(b)))
	p.Add(p, new(big.Float).SetFloat64(float64(c)))
	f, _ := p.Float32()
	return f
}

func TestFMARoundsOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		a, b := randomFloat(r, 40), randomFloat(r, 40)
		c := randomFloat(r, 120)
		if r.IntN(2) == 0 { // a sum near a tie: c is far above a product that is a power of two, or nearly so
			e := r.IntN(60) - 30
			a, b = float32(math.Ldexp(1, e)), 1+float32(r.IntN(3)-1)*0x1p-23
			c = float32(math.Ldexp(1+float64(r.IntN(1<<23))*0x1p-23, e+24))
		}
		if r.IntN(8) == 0 { // a subnormal result
			a, b, c = a*0x1p-60, b*0x1p-60, c*0x1p-126
		}
		want := fmaExact(a, b, c)
		if got := fma32(a, b, c); got != want {
			t.Fatalf("fma32(%b, %b, %b) = %b, want %b", a, b, c, got, want)
		}
	}
}

// randomFloat has a random sign and significand, and an exponent in ±span/2.
func randomFloat(r *rand.Rand, span int) float32 {
	m := 1 + float64(r.IntN(1<<23))*0x1p-23
	if r.IntN(2) == 0 {
		m = -m
	}
	return float32(math.Ldexp(m, r.IntN(span)-span/2))
}
