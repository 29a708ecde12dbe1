package elementary

import "math"

// Inf is +∞ for sign ≥ 0, −∞ otherwise.
func Inf(sign int) float64 {
	if sign >= 0 {
		return math.Float64frombits(0x7ff << 52)
	}
	return math.Float64frombits(0xfff << 52)
}

// IsInf reports whether f is the infinity of the sign, or either for sign 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > math.MaxFloat64 || sign <= 0 && f < -math.MaxFloat64
}

// Signbit reports whether x is negative or −0.
func Signbit(x float64) bool { return math.Float64bits(x)>>63 != 0 }

// Modf splits f into its whole part and the rest, both with the sign of f.
func Modf(f float64) (whole, rest float64) {
	whole = math.Trunc(f)
	return whole, math.Copysign(f-whole, f)
}

// Dim is x−y, or 0 when that is negative.
func Dim(x, y float64) float64 {
	v := x - y
	if v <= 0 {
		return 0
	}
	return v
}
