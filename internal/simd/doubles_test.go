package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// rounded is an operation of exact numbers, rounded to float64 once.
func rounded(op func(z, x, y *big.Float) *big.Float, a, b float64) float64 {
	v, _ := op(new(big.Float).SetPrec(2200), big.NewFloat(a), big.NewFloat(b)).Float64()
	return v
}

func times(a, b float64) float64 { return rounded((*big.Float).Mul, a, b) }
func plus(a, b float64) float64  { return rounded((*big.Float).Add, a, b) }

// Both are compared with exact arithmetic that is rounded after each operation.
func TestAdvanceAndWellForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	eachSet(t, func(t *testing.T, set isa) {
		for n := range 70 {
			x, f, z := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range x {
				x[i], z[i] = 3*r.NormFloat64(), r.NormFloat64()
			}
			before := append([]float64(nil), x...)
			wellForce(set, f, x)
			advance(set, x, f, z, 1e-3, 0.044)
			for i, v := range before {
				force := plus(v, -times(times(v, v), v))
				want := plus(v, plus(times(1e-3, force), times(0.044, z[i])))
				if f[i] != force || x[i] != want {
					t.Fatalf("number %d of %d: force %v and state %v, want %v and %v", i, n, f[i], x[i], force, want)
				}
			}
		}
	})
}

func TestFinite(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		for n := range 40 {
			x := make([]float64, n)
			for i := range x {
				x[i] = math.MaxFloat64
			}
			if !finite(set, x) {
				t.Fatalf("%d finite numbers are not", n)
			}
			for i := range x {
				for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
					x[i] = v
					if finite(set, x) {
						t.Fatalf("%v at %d of %d is finite", v, i, n)
					}
				}
				x[i] = 1
			}
		}
	})
}

// The nearest float32 is that of exact numbers.
func TestNarrow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.MaxFloat64, 1e-40, 1e-46, 1 + 0x1p-24, 1 + 0x3p-24, math.MaxFloat32}
	eachSet(t, func(t *testing.T, set isa) {
		for n := range 60 {
			x, got := make([]float64, n), make([]float32, n)
			for i := range x {
				x[i] = math.Ldexp(r.NormFloat64(), r.IntN(60)-30)
				if r.IntN(3) == 0 {
					x[i] = special[r.IntN(len(special))]
				}
			}
			narrow(set, got, x)
			for i, v := range x {
				want, _ := big.NewFloat(v).Float32()
				if math.Float32bits(got[i]) != math.Float32bits(want) {
					t.Fatalf("%v of %d numbers becomes %v, want %v", v, n, got[i], want)
				}
			}
		}
	})
}
