package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

// shapes cover the tails of every tile: widths around 8, 16, 32, 48, 64 and their blocks of rows, and sums longer
// than a block's depth.
var shapes = [][3]int{ // batch, in, out
	{1, 1, 1}, {1, 2, 3}, {2, 1, 2}, {3, 2, 128}, {5, 7, 9}, {64, 2, 128}, {64, 128, 64}, {64, 64, 2}, {7, 16, 128},
	{13, 33, 17}, {11, 31, 15}, {25, 65, 49}, {6, 200, 48}, {12, 193, 65}, {241, 3, 33}, {487, 17, 5}, {1, 400, 130},
	{29, 8, 8}, {30, 24, 47},
}

func noise(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// eachSet runs a test for every instruction set of this machine.
func eachSet(t *testing.T, f func(t *testing.T, set isa)) {
	for _, set := range sets() {
		t.Run(set.String(), func(t *testing.T) { f(t, set) })
	}
}

// expectSum checks got against Σ of terms: k fused steps of float32 err by at most k·2⁻²⁴·Σ|terms|.
func expectSum(t *testing.T, what string, got float32, terms []float64) {
	t.Helper()
	var sum, size float64
	for _, v := range terms {
		sum += v
		size += math.Abs(v)
	}
	bound := float64(len(terms)+1) * 0x1p-24 * size
	if d := math.Abs(float64(got) - sum); !(d <= bound) {
		t.Fatalf("%s = %v, want %v ± %.2g", what, got, sum, bound)
	}
}

// expectBits checks that two results are the same to the bit.
func expectBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && (got[i] == got[i] || want[i] == want[i]) {
			t.Fatalf("%s[%d] = %v (%#x), want %v (%#x)", what, i, got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}
