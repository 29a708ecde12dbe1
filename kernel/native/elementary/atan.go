package elementary

import "math"

// arc is the arctangent on [0, 0.66].
func arc(x float64) float64 {
	z := x * x
	z = z * ((((-8.750608600031904122785e-01*z-1.615753718733365076637e+01)*z-7.500855792314704667340e+01)*z-1.228866684490136173410e+02)*z - 6.485021904942025371773e+01) /
		(((((z+2.485846490142306297962e+01)*z+1.650270098316988542046e+02)*z+4.328810604912902668951e+02)*z+4.853903996359136964868e+02)*z + 1.945506571482613964425e+02)
	return x*z + x
}

// Atan is the arctangent in radians.
func Atan(x float64) float64 {
	const (
		more    = 6.123233995736765886130e-17 // what π/2 lacks
		tan3pi8 = 2.41421356237309504880      // tan(3π/8)
	)
	if x == 0 {
		return x
	}
	a := math.Abs(x)
	switch {
	case a <= 0.66:
		a = arc(a)
	case a > tan3pi8:
		a = math.Pi/2 - arc(1/a) + more
	default:
		a = math.Pi/4 + arc((a-1)/(a+1)) + 0.5*more
	}
	if x > 0 {
		return a
	}
	return -a
}

// Atan2 is the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	if !(math.Abs(x) <= math.MaxFloat64 && math.Abs(y) <= math.MaxFloat64) || x == 0 || y == 0 {
		return math.Atan2(y, x)
	}
	q := Atan(y / x)
	switch {
	case x > 0:
		return q
	case q <= 0:
		return q + math.Pi
	}
	return q - math.Pi
}

// Hypot is √(p²+q²) without overflow.
func Hypot(p, q float64) float64 {
	p, q = math.Abs(p), math.Abs(q)
	if !(p <= math.MaxFloat64 && q <= math.MaxFloat64) || p == 0 && q == 0 {
		return math.Hypot(p, q)
	}
	if p < q {
		p, q = q, p
	}
	q /= p
	return p * math.Sqrt(q*q+1)
}

// Max is the larger of x and y; +Inf wins over NaN.
func Max(x, y float64) float64 {
	if x > math.MaxFloat64 || y > math.MaxFloat64 {
		return math.Max(x, y)
	}
	return max(x, y)
}

// Min is the smaller of x and y; −Inf wins over NaN.
func Min(x, y float64) float64 {
	if x < -math.MaxFloat64 || y < -math.MaxFloat64 {
		return math.Min(x, y)
	}
	return min(x, y)
}

// Round rounds to the nearest whole number, halves away from zero.
func Round(x float64) float64 {
	a := math.Abs(x)
	if !(a < 1<<52) {
		return x
	}
	t := math.Trunc(a)
	if a-t >= 0.5 {
		t++
	}
	return math.Copysign(t, x)
}
