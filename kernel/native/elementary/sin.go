package elementary

import "math"

// π/4 in three parts, whose multiples up to 2²⁹ subtract without error.
const (
	pi4a = 7.85398125648498535156e-1
	pi4b = 3.77489470793079817668e-8
	pi4c = 2.69515142907905952645e-15
	huge = 1 << 29
)

// sine and cosine on |z| ≤ π/4, from zz = z².
func sine(z, zz float64) float64 {
	return z + z*zz*((((((1.58962301576546568060e-10*zz)-2.50507477628578072866e-8)*zz+2.75573136213857245213e-6)*zz-1.98412698295895385996e-4)*zz+8.33333333332211858878e-3)*zz-1.66666666666666307295e-1)
}

func cosine(zz float64) float64 {
	return 1.0 - 0.5*zz + zz*zz*((((((-1.13585365213876817300e-11*zz)+2.08757008419747316778e-9)*zz-2.75573141792967388112e-7)*zz+2.48015872888517045348e-5)*zz-1.38888888888730564116e-3)*zz+4.16666666666665929218e-2)
}

// octant gives the even number j with x ≈ j·π/4 + z, for 0 ≤ x < huge. Above the lowest 52 bits of j stands the exponent
// of the sum that puts the integer there: conversions between float and integer check more than is needed here.
func octant(x float64) (j uint64, z float64) {
	j = math.Float64bits(math.Floor(x*(4/math.Pi)) + 0x1p52)
	j += j & 1
	y := math.Float64frombits(j) - 0x1p52
	return j, ((x - y*pi4a) - y*pi4b) - y*pi4c
}

// Sin is the sine of x in radians.
func Sin(x float64) float64 {
	a := math.Abs(x)
	if !(a < huge) {
		return math.Sin(x)
	}
	j, z := octant(a)
	zz := z * z
	var y float64
	if j&2 != 0 {
		y = cosine(zz)
	} else {
		y = sine(z, zz)
	}
	if (j&4 != 0) != Signbit(x) { // the sine of −0 is −0
		return -y
	}
	return y
}

// Cos is the cosine of x in radians.
func Cos(x float64) float64 {
	a := math.Abs(x)
	if !(a < huge) {
		return math.Cos(x)
	}
	j, z := octant(a)
	zz := z * z
	var y float64
	if j&2 != 0 {
		y = sine(z, zz)
	} else {
		y = cosine(zz)
	}
	if (j+2)&4 != 0 {
		return -y
	}
	return y
}

// Sincos is Sin and Cos at once.
func Sincos(x float64) (sin, cos float64) {
	a := math.Abs(x)
	if !(a < huge) || x == 0 {
		return math.Sincos(x)
	}
	j, z := octant(a)
	zz := z * z
	sin, cos = sine(z, zz), cosine(zz)
	if j&2 != 0 {
		sin, cos = cos, sin
	}
	if (j+2)&4 != 0 {
		cos = -cos
	}
	if (j&4 != 0) != (x < 0) {
		sin = -sin
	}
	return sin, cos
}

// Tan is the tangent of x in radians.
func Tan(x float64) float64 {
	a := math.Abs(x)
	if !(a < huge) || x == 0 {
		return math.Tan(x)
	}
	j, z := octant(a)
	zz := z * z
	y := z
	if zz > 1e-14 {
		y = z + z*(zz*(((-1.30936939181383777646e4*zz)+1.15351664838587416140e6)*zz-1.79565251976484877988e7)/
			((((zz+1.36812963470692954678e4)*zz-1.32089234440210967447e6)*zz+2.50083801823357915839e7)*zz-5.38695755929454629881e7))
	}
	if j&2 != 0 {
		y = -1 / y
	}
	if x < 0 {
		return -y
	}
	return y
}
