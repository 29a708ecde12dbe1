package simd

import (
	"math"
	"testing"
)

// sweep covers every exponent and sign with some significands, the specials, and lengths that leave a tail.
func sweep() []float32 {
	x := []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 0, float32(math.Copysign(0, -1))}
	for u := uint64(0); u < 1<<32; u += 40_009 {
		x = append(x, math.Float32frombits(uint32(u)))
	}
	for v := float32(-110); v < 95; v += 0.0037 {
		x = append(x, v)
	}
	return x
}

// ulp is the spacing of float32 numbers at y, the least subnormal at least.
func ulp(y float64) float64 {
	_, e := math.Frexp(y)
	return math.Ldexp(1, max(e-24, -149))
}

// expectUlps checks a function over the sweep: |got − want| ≤ bound·ulp(want).
func expectUlps(t *testing.T, f func(set isa, dst, x []float32), want func(float64) float64, bound float64) {
	x := sweep()
	eachSet(t, func(t *testing.T, set isa) {
		y := make([]float32, len(x))
		f(set, y, x)
		worst := 0.0
		for i, v := range x {
			w := want(float64(v))
			switch {
			case math.IsNaN(w):
				if y[i] == y[i] {
					t.Fatalf("f(%v) = %v, want NaN", v, y[i])
				}
			case math.Abs(w) >= math.MaxFloat32*(1+0x1p-25):
				if float64(y[i]) != math.Copysign(math.Inf(1), w) {
					t.Fatalf("f(%v) = %v, want ±Inf", v, y[i])
				}
			default:
				e := math.Abs(float64(y[i])-w) / ulp(w)
				worst = max(worst, e)
				if !(e <= bound) {
					t.Fatalf("f(%v) = %v, want %v: %.2f ulp", v, y[i], w, e)
				}
			}
		}
		t.Logf("%.3f ulp", worst)
	})
}

func TestExp(t *testing.T)  { expectUlps(t, exp, math.Exp, 1) }
func TestTanh(t *testing.T) { expectUlps(t, tanh, math.Tanh, 1.5) }

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func TestSwish(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		x := sweep()
		y := make([]float32, len(x))
		swish(set, y, x)
		for i, v := range x {
			if z := float64(v); math.Abs(z) < 88 { // beyond, σ(z) < 10⁻³⁸ and the result may be 0
				w := z * sigmoid(z)
				if e := math.Abs(float64(y[i])-w) / ulp(w); !(e <= 2.5) {
					t.Fatalf("swish(%v) = %v, want %v: %.2f ulp", v, y[i], w, e)
				}
			}
		}
	})
}

func TestSwishBack(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		var x []float32
		for v := float32(-120); v < 120; v += 0.0021 {
			x = append(x, v)
		}
		y, dy := make([]float32, len(x)), make([]float32, len(x))
		for i := range dy {
			dy[i] = 3
		}
		swishBack(set, y, dy, x)
		for i, v := range x {
			s := sigmoid(float64(v))
			w := 3 * s * (1 + float64(v)*(1-s))
			if e := math.Abs(float64(y[i]) - w); !(e <= 3*0x1p-24*(3+max(0, float64(v)))) {
				t.Fatalf("3·swish′(%v) = %v, want %v", v, y[i], w)
			}
		}
	})
}

func TestActivationsSameBitsOnEverySet(t *testing.T) {
	x := sweep()
	dy := make([]float32, len(x))
	for i := range dy {
		dy[i] = x[(i*7919)%len(x)]
	}
	back := func(set isa, dst, x []float32) { swishBack(set, dst, dy[:len(x)], x) }
	for name, f := range map[string]func(isa, []float32, []float32){"exp": exp, "swish": swish, "tanh": tanh, "back": back} {
		want := make([]float32, len(x))
		f(portable, want, x)
		for _, set := range sets() {
			for tail := range 33 {
				n := min(len(x), 64+tail)
				if tail == 32 {
					n = len(x)
				}
				got := make([]float32, n+1)
				got[n] = 7
				f(set, got[:n], x[:n])
				expectBits(t, name+" "+set.String(), got[:n], want[:n])
				if got[n] != 7 {
					t.Fatalf("%s %v wrote past %d", name, set, n)
				}
			}
		}
	}
}
