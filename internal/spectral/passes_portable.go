package spectral

import "math"

// rotate returns (wr + i·wi)(xr + i·xi).
func rotate(wr, wi, xr, xi float64) (float64, float64) {
	return math.FMA(wr, xr, -float64(wi*xi)), math.FMA(wr, xi, float64(wi*xr))
}

// quad is the addresses of the four points of a butterfly.
type quad [4][]float64

func quadAt(c []float64, at, quarter int) (x quad) {
	for r := range x {
		x[r] = c[(at+r*quarter)*Width : (at+r*quarter+1)*Width]
	}
	return x
}

// unit is the twiddle factors of a pass's first butterfly.
var unit = [6]float64{1, 0, 1, 0, 1, 0}

func (s pass) factors(j int) []float64 {
	if j == 0 {
		return unit[:]
	}
	return s.twiddles[6*j : 6*j+6]
}

// forwardPassPortable is a pass of radix 4, decimated in frequency.
func forwardPassPortable(c []float64, s pass) {
	for group := 0; group < len(c)/Width; group += 4 * s.quarter {
		for j := range s.quarter {
			x, w := quadAt(c, group+j, s.quarter), s.factors(j)
			for l := range Lanes {
				m := l + Lanes
				ar, ai := x[0][l]+x[2][l], x[0][m]+x[2][m]
				br, bi := x[0][l]-x[2][l], x[0][m]-x[2][m]
				dr, di := x[1][l]+x[3][l], x[1][m]+x[3][m]
				er, ei := x[1][l]-x[3][l], x[1][m]-x[3][m]
				x[0][l], x[0][m] = ar+dr, ai+di
				x[1][l], x[1][m] = rotate(w[0], w[1], br+ei, bi-er)
				x[2][l], x[2][m] = rotate(w[2], w[3], ar-dr, ai-di)
				x[3][l], x[3][m] = rotate(w[4], w[5], br-ei, bi+er)
			}
		}
	}
}

// inversePassPortable is a pass of radix 4, decimated in time, with the conjugate factors.
func inversePassPortable(c []float64, s pass) {
	for group := 0; group < len(c)/Width; group += 4 * s.quarter {
		for j := range s.quarter {
			x, w := quadAt(c, group+j, s.quarter), s.factors(j)
			for l := range Lanes {
				m := l + Lanes
				// x·w̄ with its parts exchanged is w times x with its parts exchanged.
				i1, r1 := rotate(w[0], w[1], x[1][m], x[1][l])
				i2, r2 := rotate(w[2], w[3], x[2][m], x[2][l])
				i3, r3 := rotate(w[4], w[5], x[3][m], x[3][l])
				ar, ai := x[0][l]+r2, x[0][m]+i2
				br, bi := x[0][l]-r2, x[0][m]-i2
				dr, di := r1+r3, i1+i3
				er, ei := r1-r3, i1-i3
				x[0][l], x[0][m] = ar+dr, ai+di
				x[1][l], x[1][m] = br-ei, bi+er
				x[2][l], x[2][m] = ar-dr, ai-di
				x[3][l], x[3][m] = br+ei, bi-er
			}
		}
	}
}

// halvePortable is a pass of radix 2 on blocks of two points; its inverse is itself.
func halvePortable(c []float64) {
	for ; len(c) > 0; c = c[2*Width:] {
		for l := range Width {
			c[l], c[l+Width] = c[l]+c[l+Width], c[l]-c[l+Width]
		}
	}
}
