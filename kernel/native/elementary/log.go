package elementary

import "math"

// Log is the natural logarithm: x = 2ᵏ(1+f) with √½ < 1+f ≤ √2, and log(1+f) from a polynomial in f/(2+f).
func Log(x float64) float64 {
	const (
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = 1.90821492927058770002e-10
		l1    = 6.666666666666735130e-01
		l2    = 3.999999999940941908e-01
		l3    = 2.857142874366239149e-01
		l4    = 2.222219843214978396e-01
		l5    = 1.818357216161805012e-01
		l6    = 1.531383769920937332e-01
		l7    = 1.479819860511658591e-01

		exponent52 = 0x433 << 52 // of 2⁵², above whose lowest bits an integer stands
	)
	if !(x >= 0x1p-1022 && x <= math.MaxFloat64) {
		return math.Log(x)
	}
	bits := math.Float64bits(x)
	k := math.Float64frombits(bits>>52|exponent52) - (0x1p52 + 1022)
	f := math.Float64frombits(bits&(1<<52-1) | 1022<<52)
	if f <= math.Sqrt2/2 {
		f *= 2
		k--
	}
	f--
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	r := s2*(l1+s4*(l3+s4*(l5+s4*l7))) + s4*(l2+s4*(l4+s4*l6))
	h := 0.5 * f * f
	return k*ln2Hi - ((h - (s*(h+r) + k*ln2Lo)) - f)
}

// Pow is xʸ: the whole part of y by squaring the fraction of x, the rest as an exponential.
func Pow(x, y float64) float64 {
	if !(math.Abs(x) >= 0x1p-1022 && math.Abs(x) <= math.MaxFloat64 && math.Abs(y) < 0x1p62) {
		return math.Pow(x, y)
	}
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case y == 0.5:
		return math.Sqrt(x)
	case y == -0.5:
		return 1 / math.Sqrt(x)
	}
	whole := math.Trunc(math.Abs(y))
	part := math.Abs(y) - whole
	a := 1.0
	if part != 0 {
		if x < 0 {
			return math.Pow(x, y)
		}
		if part > 0.5 {
			part--
			whole++
		}
		a = Exp(part * Log(x))
	}
	// x = f·2ᵉ with ½ ≤ |f| < 1
	bits := math.Float64bits(x)
	e := int(bits>>52&0x7ff) - 1022
	f := math.Float64frombits(bits&^(0x7ff<<52) | 1022<<52)
	scale := 0
	for i := int64(whole); i != 0; i >>= 1 {
		if e < -1<<12 || e > 1<<12 {
			return math.Pow(x, y)
		}
		if i&1 == 1 {
			a *= f
			scale += e
		}
		f *= f
		e <<= 1
		if f < .5 {
			f += f
			e--
		}
	}
	if y < 0 {
		a = 1 / a
		scale = -scale
	}
	bits = math.Float64bits(a)
	e = int(bits>>52&0x7ff) + scale
	if bits>>52&0x7ff == 0 || e < 1 || e > 2046 {
		return math.Pow(x, y)
	}
	return math.Float64frombits(bits&^(0x7ff<<52) | uint64(e)<<52)
}

// Log2 is the binary logarithm, exact for powers of two.
func Log2(x float64) float64 {
	if !(x >= 0x1p-1022 && x <= math.MaxFloat64) {
		return math.Log2(x)
	}
	bits := math.Float64bits(x)
	k := int64(bits>>52) - 1022
	f := math.Float64frombits(bits&(1<<52-1) | 1022<<52)
	if f == 0.5 {
		return float64(k - 1)
	}
	return Log(f)*(1/0.693147180559945309417232121458176568) + float64(k)
}

// Log10 is the decimal logarithm.
func Log10(x float64) float64 {
	return Log(x) * (1 / 2.30258509299404568401799145468436421)
}
