package elementary

import (
	"math"
	"math/rand/v2"
	"testing"
)

var ofOne = []struct {
	name      string
	got, want func(float64) float64
}{
	{"Exp", Exp, math.Exp}, {"Log", Log, math.Log}, {"Sin", Sin, math.Sin}, {"Cos", Cos, math.Cos}, {"Tan", Tan, math.Tan},
	{"Tanh", Tanh, math.Tanh}, {"Sinh", Sinh, math.Sinh}, {"Cosh", Cosh, math.Cosh}, {"Atan", Atan, math.Atan}, {"Round", Round, math.Round},
	{"Log2", Log2, math.Log2}, {"Log10", Log10, math.Log10},
	{"Modf whole", func(x float64) float64 { w, _ := Modf(x); return w }, func(x float64) float64 { w, _ := math.Modf(x); return w }},
	{"Modf rest", func(x float64) float64 { _, r := Modf(x); return r }, func(x float64) float64 { _, r := math.Modf(x); return r }},
	{"Sincos sin", func(x float64) float64 { s, _ := Sincos(x); return s }, func(x float64) float64 { s, _ := math.Sincos(x); return s }},
	{"Sincos cos", func(x float64) float64 { _, c := Sincos(x); return c }, func(x float64) float64 { _, c := math.Sincos(x); return c }},
}

var ofTwo = []struct {
	name      string
	got, want func(x, y float64) float64
}{
	{"Pow", Pow, math.Pow}, {"Atan2", Atan2, math.Atan2}, {"Hypot", Hypot, math.Hypot}, {"Max", Max, math.Max}, {"Min", Min, math.Min}, {"Dim", Dim, math.Dim},
}

func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// arguments are special values, then numbers of every size, then those of everyday.
func arguments(r *rand.Rand, k int) float64 {
	special := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, 0x1p-1022,
		0x1p-1074, 2, 3, -3, 709.7, -745, math.Pi, math.Sqrt2 / 2, 0.66, 0.625, 21, 1 << 29, 1e300, 0.25, 2.5, -2.5, 0.49999999999999994}
	switch {
	case k < len(special):
		return special[k]
	case k%4 == 0:
		return math.Float64frombits(r.Uint64())
	case k%4 == 1:
		return r.NormFloat64() * 50
	}
	return r.NormFloat64() * 3
}

func TestSigns(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for k := range 1000 {
		x := arguments(r, k)
		for sign := -1; sign <= 1; sign++ {
			if IsInf(x, sign) != math.IsInf(x, sign) || Inf(sign) != math.Inf(sign) || Signbit(x) != math.Signbit(x) {
				t.Errorf("%v, sign %d", x, sign)
			}
		}
	}
}

const samples = 400_000

func TestBitsOfOne(t *testing.T) {
	for _, f := range ofOne {
		r := rand.New(rand.NewPCG(1, 1))
		for k := range samples {
			x := arguments(r, k)
			if got, want := f.got(x), f.want(x); !same(got, want) {
				t.Errorf("%s(%v) = %v, package math %v", f.name, x, got, want)
				break
			}
		}
	}
}

func TestBitsOfTwo(t *testing.T) {
	for _, f := range ofTwo {
		r := rand.New(rand.NewPCG(1, 1))
		for k := range samples {
			x, y := arguments(r, k/28), arguments(r, k%28)
			if k > 28*28 {
				x, y = arguments(r, k), arguments(r, k+1)
			}
			if k%3 == 0 {
				y = math.Round(y)
			}
			if got, want := f.got(x, y), f.want(x, y); !same(got, want) {
				t.Errorf("%s(%v, %v) = %v, package math %v", f.name, x, y, got, want)
				break
			}
		}
	}
}
