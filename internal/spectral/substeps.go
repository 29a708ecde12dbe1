package spectral

import (
	"fmt"
	"math"
)

// Factors are the real factors of a wavenumber k in the ETDRK4 scheme with step h, L = Lₖ, and the means over a contour
// that replace the quotients (Kassam and Trefethen, 2005).
type Factors struct {
	Gamma      float64 // γₖ
	Half, Q    float64 // e^{Lh/2}, h φ₁(Lh/2)/2
	Full       float64 // e^{Lh}
	F1, F2, F3 float64 // of the first, the two middle and the last stage; F2 with its factor 2
}

// factorCount is the number of float64 of Factors, which the kernels read one after another.
const factorCount = 7

// Square replaces each real and each imaginary part of c by its square.
func Square(c []float64) { square(best, c) }

// Predict writes n = iγw, and dst = Half·v + Q·n.
func Predict(dst, n, v, w []float64, f []Factors) {
	check(f, dst, n, v, w)
	predict(best, dst, n, v, w, f)
}

// Extrapolate writes n = iγw, and dst = Half·a + Q·(2n − n1).
func Extrapolate(dst, n, a, n1, w []float64, f []Factors) {
	check(f, dst, n, a, n1, w)
	extrapolate(best, dst, n, a, n1, w, f)
}

// Complete replaces v by Full·v + F1·n1 + F2·(n2 + n3) + F3·iγw.
func Complete(v, n1, n2, n3, w []float64, f []Factors) {
	check(f, v, n1, n2, n3, w)
	complete(best, v, n1, n2, n3, w, f)
}

func check(f []Factors, bundles ...[]float64) {
	for _, b := range bundles {
		if len(b) != len(f)*Width || len(f) == 0 {
			panic(fmt.Sprintf("spectral: a bundle of %d numbers for %d wavenumbers", len(b), len(f)))
		}
	}
}

func squarePortable(c []float64) {
	for i, v := range c {
		c[i] = v * v
	}
}

func predictPortable(dst, n, v, w []float64, f []Factors) {
	for k := range f {
		c, at := &f[k], k*Width
		for l := at; l < at+Lanes; l++ {
			m := l + Lanes
			n[l], n[m] = 0-float64(c.Gamma*w[m]), c.Gamma*w[l]
			dst[l] = math.FMA(c.Half, v[l], float64(c.Q*n[l]))
			dst[m] = math.FMA(c.Half, v[m], float64(c.Q*n[m]))
		}
	}
}

func extrapolatePortable(dst, n, a, n1, w []float64, f []Factors) {
	for k := range f {
		c, at := &f[k], k*Width
		for l := at; l < at+Lanes; l++ {
			m := l + Lanes
			n[l], n[m] = 0-float64(c.Gamma*w[m]), c.Gamma*w[l]
			dst[l] = math.FMA(c.Half, a[l], float64(c.Q*(n[l]+n[l]-n1[l])))
			dst[m] = math.FMA(c.Half, a[m], float64(c.Q*(n[m]+n[m]-n1[m])))
		}
	}
}

func completePortable(v, n1, n2, n3, w []float64, f []Factors) {
	for k := range f {
		c, at := &f[k], k*Width
		for l := at; l < at+Lanes; l++ {
			m := l + Lanes
			re, im := 0-float64(c.Gamma*w[m]), c.Gamma*w[l]
			v[l] = math.FMA(c.Full, v[l], math.FMA(c.F1, n1[l], math.FMA(c.F2, n2[l]+n3[l], float64(c.F3*re))))
			v[m] = math.FMA(c.Full, v[m], math.FMA(c.F1, n1[m], math.FMA(c.F2, n2[m]+n3[m], float64(c.F3*im))))
		}
	}
}
