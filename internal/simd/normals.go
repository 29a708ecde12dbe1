package simd

import (
	"math"

	"scorebook/internal/simd/minimax"
)

// normalBlock is how many normal numbers come from normalBlock/2 neighbouring Philox counters: first the cosines of
// Box and Muller's transform, then the sines.
const normalBlock = 16

// longest is how many come from one call of a kernel, which the scheduler cannot interrupt: some 50 µs.
const longest = 1 << 16

// Normals fills dst with independent standard normal numbers: dst[i] is a function of key and counter + i only, so
// that any part of a stream can be had at once, from any core. Streams of different keys are independent.
//
// The numbers are Box and Muller's transform of Philox 4×32-10: √(−2·ln u)·cos θ and √(−2·ln u)·sin θ, with u ∈ (0, 1]
// and θ of 52 bits or more; the largest is 8.49. counter + len(dst) must be below 2⁶⁴.
func Normals(dst []float64, key, counter uint64) {
	normals(best, dst, key, counter)
}

func normals(set isa, dst []float64, key, counter uint64) {
	check(counter+uint64(len(dst)) >= counter, "Normals", "counter + len(dst) is not below 2⁶⁴")
	s := newSchedule(key)
	for len(dst) > 0 {
		block, skip := counter/normalBlock, int(counter%normalBlock)
		n := min(len(dst)/normalBlock*normalBlock, longest)
		if skip == 0 && n > 0 {
			normalBlocks(set, dst[:n], &s, block)
		} else {
			var part [normalBlock]float64
			normalBlocks(set, part[:], &s, block)
			n = copy(dst, part[skip:])
		}
		dst = dst[n:]
		counter += uint64(n)
	}
}

// NormalRows fills rows of len(keys) numbers, one of each stream: dst[r·len(keys) + m] is what Normals gives for keys[m]
// at counter + r. counter and the number of rows must be multiples of 16.
func NormalRows(dst []float64, keys []uint64, counter uint64) {
	normalRows(best, dst, keys, counter)
}

func normalRows(set isa, dst []float64, keys []uint64, counter uint64) {
	n := len(keys)
	check(n > 0 && len(dst)%(normalBlock*n) == 0 && counter%normalBlock == 0, "NormalRows", "counter or rows are no multiple of 16")
	check(counter+uint64(len(dst)/n) >= counter, "NormalRows", "counter + rows is not below 2⁶⁴")
	const together = len(schedules{}[0])
	if set == portable || n < together || len(dst) == 0 {
		normalColumns(set, dst, keys, counter)
		return
	}
	for m := 0; m < n; m += together {
		m := min(m, n-together) // the last ones may be done twice, to the same bits
		s := newSchedules(keys[m:])
		rowBlocks(set, dst[m:], n, &s, counter/normalBlock)
	}
}

// normalColumns takes the streams one by one.
func normalColumns(set isa, dst []float64, keys []uint64, counter uint64) {
	n := len(keys)
	var part [normalBlock]float64
	for m, key := range keys {
		s := newSchedule(key)
		for r := 0; r < len(dst)/n; r += normalBlock {
			normalBlocks(set, part[:], &s, (counter+uint64(r))/normalBlock)
			for i, v := range part {
				dst[(r+i)*n+m] = v
			}
		}
	}
}

// schedules holds the key words of eight streams side by side.
type schedules [2 * philoxRounds][8]uint64

func newSchedules(keys []uint64) (s schedules) {
	for m := range s[0] {
		for i, w := range newSchedule(keys[m]) {
			s[i][m] = w
		}
	}
	return s
}

// normalBlocksPortable fills whole blocks.
func normalBlocksPortable(dst []float64, s *schedule, block uint64) {
	const half = normalBlock / 2
	for ; len(dst) > 0; dst = dst[normalBlock:] {
		for i := range uint64(half) {
			c := block*half + i
			w := philox(s, [4]uint32{uint32(c), uint32(c >> 32)})
			x, y := uint64(w[0])|uint64(w[1])<<32, uint64(w[2])|uint64(w[3])<<32
			dst[i], dst[half+i] = boxMuller(x, y)
		}
		block++
	}
}

// Parts of a float64.
const (
	oneBits = 1023 << 52 // the bits of 1
	signBit = 1 << 63
)

// boxMuller makes two normal numbers of 128 random bits: the radius of x; the angle of y, whose first bit mirrors the
// quarter |θ| ≤ π/4 of the circle that the last 62 give, and whose second turns it.
func boxMuller(x, y uint64) (float64, float64) {
	r := math.Sqrt(minusTwoLog(2 - math.Float64frombits(x>>12|oneBits)))
	f := math.Float64frombits(y<<2>>12|oneBits) - 1.5
	g := f * f
	sin := f * horner(&minimax.Sin, g)
	cos := horner(&minimax.Cos, g)
	cos = math.Float64frombits(math.Float64bits(cos) ^ y&signBit)
	if y&(signBit>>1) != 0 {
		cos, sin = sin, cos
	}
	return r * cos, r * sin
}

// minusTwoLog returns −2·ln u for 2⁻⁵² ≤ u ≤ 1: u = m·2ᵉ with √½ ≤ m < √2, and ln m from s = (m−1)/(m+1).
func minusTwoLog(u float64) float64 {
	bits := math.Float64bits(u)
	e := (bits + (oneBits - minimax.HalfRoot)) >> 52 // biased by 1023
	m := math.Float64frombits(bits - e<<52 + oneBits)
	k := math.Float64frombits(e|math.Float64bits(minimax.TwoTo52)) - (minimax.TwoTo52 + 1023)
	s := (m - 1) / (m + 1)
	z := s * s
	l := math.FMA(k, minimax.Ln2Low64, s*z*horner(&minimax.Log, z))
	l = math.FMA(s, 2, l)
	return -2 * math.FMA(k, minimax.Ln2High64, l)
}

func horner(c *[7]float64, x float64) float64 {
	p := c[0]
	for _, v := range c[1:] {
		p = math.FMA(p, x, v)
	}
	return p
}
