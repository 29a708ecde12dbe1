//go:build !arm64 && !ppc64 && !ppc64le && !s390x && !riscv64

package simd

import "math"

const (
	tieBits   = 1 << 28                     // the 29 bits a float64 loses as a float32, at a tie
	lostBits  = 1<<29 - 1                   // those 29 bits
	minNormal = uint64(1023-126) << 52 << 1 // 2⁻¹²⁶ as float64 bits without the sign
)

// fma32 returns a·b + c rounded once, the bits of a hardware float32 FMA.
//
// The float64 product of two float32 is exact, so only the sum rounds twice: that matters only when
// the float64 sum lies half-way between two float32, or is subnormal as a float32.
func fma32(a, b, c float32) float32 {
	return sum32(float64(a)*float64(b), float64(c))
}

func sum32(p, c float64) float32 {
	s := p + c
	u := math.Float64bits(s)
	if u&lostBits == tieBits || u<<1-1 < minNormal-1 {
		return sumToOdd(p, c)
	}
	return float32(s)
}

// sumToOdd rounds p + c to odd in float64, after which rounding to float32 is as if done once.
func sumToOdd(p, c float64) float32 {
	s := p + c
	t := s - p
	e := (p - (s - t)) + (c - t)
	u := math.Float64bits(s)
	if e != 0 && u&1 == 0 {
		if (e > 0) == (u&signBit == 0) {
			u++
		} else {
			u--
		}
	}
	return float32(math.Float64frombits(u))
}
