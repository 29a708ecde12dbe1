package rng

import "math/bits"

// Stream is a random stream. It is a value: a copy continues independently with the same numbers.
// It is a source for math/rand/v2 and gonum.
type Stream struct{ s0, s1, s2, s3 uint64 }

// New returns the stream of seed for the named use and path of indices, at its beginning.
func New(seed uint64, use string, path ...uint64) Stream {
	h := mix(seed + golden)
	for i := range len(use) {
		h = mix(h ^ uint64(use[i]))
	}
	for _, p := range path {
		h = mix(h ^ mix(p+golden))
	}
	// Four successive outputs of SplitMix64 fill the state and are never all zero.
	var s [4]uint64
	for i := range s {
		s[i] = mix(h)
		h += golden
	}
	return Stream{s[0], s[1], s[2], s[3]}
}

// golden is 2⁶⁴ divided by the golden ratio, the step of SplitMix64.
const golden = 0x9e3779b97f4a7c15

// mix is the output function of SplitMix64 after one step from z.
func mix(z uint64) uint64 {
	z += golden
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uint64 returns 64 random bits.
func (r *Stream) Uint64() uint64 {
	s0, s1, s2, s3 := r.s0, r.s1, r.s2, r.s3
	out := bits.RotateLeft64(s0+s3, 23) + s0
	t := s1 << 17
	s2 ^= s0
	s3 ^= s1
	s1 ^= s2
	s0 ^= s3
	r.s0, r.s1, r.s2, r.s3 = s0, s1, s2^t, bits.RotateLeft64(s3, 45)
	return out
}

// Float64 returns a number uniform on [0, 1), a multiple of 2⁻⁵³.
func (r *Stream) Float64() float64 { return float64(r.Uint64()>>11) * (1.0 / (1 << 53)) }

// IntN returns an integer uniform on [0, n), without bias (Lemire, 2019). n must be positive.
func (r *Stream) IntN(n int) int {
	if n <= 0 {
		panic("rng: IntN of a range without integers")
	}
	hi, lo := bits.Mul64(r.Uint64(), uint64(n))
	if lo < uint64(n) {
		for reject := -uint64(n) % uint64(n); lo < reject; {
			hi, lo = bits.Mul64(r.Uint64(), uint64(n))
		}
	}
	return int(hi)
}

// Shuffle puts n things into uniformly random order by calls of swap(i, j) (Fisher and Yates).
func (r *Stream) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, r.IntN(i+1))
	}
}
