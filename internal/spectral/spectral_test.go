package spectral

import (
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
)

func bundle(n int, seed uint64) []float64 {
	c := make([]float64, n*Width)
	r := rng.New(seed, "test")
	r.Normals(c)
	return c
}

// naive is the definition of the transform of lane l, at wavenumber k.
func naive(c []float64, l, k int) complex128 {
	n, sum := len(c)/Width, complex128(0)
	for x := range n {
		phase := cmplx.Rect(1, -2*math.Pi*float64(k*x%n)/float64(n))
		sum += complex(c[x*Width+l], c[x*Width+Lanes+l]) * phase
	}
	return sum
}

func TestForwardIsTheTransform(t *testing.T) {
	for _, n := range []int{4, 8, 16, 32, 64, 128, 256, 1024} {
		p, c := NewPlan(n), bundle(n, 1)
		got := slices.Clone(c)
		p.Forward(got)
		for i := range n {
			k := p.Wavenumber(i)
			if k <= -n/2 || k > n/2 {
				t.Fatalf("wavenumber %d of %d", k, n)
			}
			for l := 0; l < Lanes; l += 3 {
				want := naive(c, l, (k+n)%n)
				numtest.Within(t, fmt.Sprint("real part, n = ", n), got[i*Width+l], real(want), 1e-12)
				numtest.Within(t, fmt.Sprint("imaginary part, n = ", n), got[i*Width+Lanes+l], imag(want), 1e-12)
			}
		}
		p.Inverse(got)
		for i := range got {
			got[i] /= float64(n)
		}
		numtest.Slice(t, "there and back", got, c, 1e-15*math.Log2(float64(n)))
	}
}

func randomFactors(n int) []Factors {
	r := rng.New(3, "test")
	f := make([]Factors, n)
	for k := range f {
		f[k] = Factors{r.Normal(), r.Normal(), r.Normal(), r.Normal(), r.Normal(), r.Normal(), r.Normal()}
	}
	return f
}

// TestSubsteps compares with the same formulas in complex arithmetic.
func TestSubsteps(t *testing.T) {
	const n = 8
	f := randomFactors(n)
	v, w, a, b := bundle(n, 1), bundle(n, 2), bundle(n, 3), bundle(n, 4)
	at := func(c []float64, k, l int) complex128 { return complex(c[k*Width+l], c[k*Width+Lanes+l]) }
	same := func(what string, got, want complex128) {
		t.Helper()
		numtest.Within(t, what, real(got), real(want), 1e-14)
		numtest.Within(t, what, imag(got), imag(want), 1e-14)
	}
	real1 := func(x float64) complex128 { return complex(x, 0) }
	d1, n1, d2, n2 := bundle(n, 5), bundle(n, 5), bundle(n, 5), bundle(n, 5)
	Predict(d1, n1, v, w, f)
	Extrapolate(d2, n2, v, a, w, f)
	done, squares := slices.Clone(v), slices.Clone(v)
	Complete(done, a, b, d1, w, f)
	Square(squares)
	for k, c := range f {
		for l := range Lanes {
			u := complex(0, c.Gamma) * at(w, k, l)
			same("n", at(n1, k, l), u)
			same("n", at(n2, k, l), u)
			same("prediction", at(d1, k, l), real1(c.Half)*at(v, k, l)+real1(c.Q)*u)
			same("extrapolation", at(d2, k, l), real1(c.Half)*at(v, k, l)+real1(c.Q)*(2*u-at(a, k, l)))
			same("completion", at(done, k, l), real1(c.Full)*at(v, k, l)+real1(c.F1)*at(a, k, l)+
				real1(c.F2)*(at(b, k, l)+at(d1, k, l))+real1(c.F3)*u)
			z := at(v, k, l)
			same("square", at(squares, k, l), complex(real(z)*real(z), imag(z)*imag(z)))
		}
	}
}

// TestInstructionSetsGiveTheSameBits runs every kernel in turn on each instruction set.
func TestInstructionSetsGiveTheSameBits(t *testing.T) {
	for _, n := range []int{4, 8, 32, 64, 128} {
		f := randomFactors(n)
		var want []float64
		for _, set := range sets() {
			p := newPlan(set, n)
			v, w, a, b, d := bundle(n, 1), bundle(n, 2), bundle(n, 3), bundle(n, 4), bundle(n, 5)
			p.Forward(v)
			p.Inverse(w)
			square(set, a)
			predict(set, b, d, v, w, f)
			extrapolate(set, w, a, b, v, d, f)
			complete(set, v, b, d, w, a, f)
			got := slices.Concat(v, w, a, b, d)
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v: n = %d gives other bits than pure Go", set, n)
			}
		}
	}
}

func TestMisusePanics(t *testing.T) {
	p := NewPlan(8)
	for name, misuse := range map[string]func(){
		"no power of two": func() { NewPlan(12) },
		"too short":       func() { NewPlan(2) },
		"bundle":          func() { p.Forward(make([]float64, 8)) },
		"substep":         func() { Predict(bundle(4, 1), bundle(4, 1), bundle(4, 1), bundle(8, 1), make([]Factors, 4)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			misuse()
		}()
	}
}

func BenchmarkForward(b *testing.B) {
	for _, set := range sets() {
		for _, n := range []int{64, 128} {
			b.Run(fmt.Sprintf("%v/%d", set, n), func(b *testing.B) {
				p, c := newPlan(set, n), make([]float64, n*Width) // zeros stay finite whatever the number of calls
				b.ReportAllocs()
				for b.Loop() {
					p.Forward(c)
				}
			})
		}
	}
}
