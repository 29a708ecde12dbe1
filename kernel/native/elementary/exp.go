package elementary

import "math"

// Exp is eˣ. On amd64 package math evaluates x = k·ln2 + 16r and the Taylor polynomial of eʳ with fused
// multiply-adds, which WebAssembly lacks. Only the last of them decides a bit that survives: each sum below is
// formed with a bound on what fusing could have changed, and where that leaves two answers, package math decides.
func Exp(x float64) float64 {
	const (
		log2e = 1.4426950408889634073599246810018920
		ln2u  = 0.69314718055966295651160180568695068359375
		ln2l  = 0.28235290563031577122588448175013436025525412068e-12
		above = 1 + 0x1p-52
		below = 1 - 0x1p-52

		toInteger = 0x1.8p52 // added, it rounds to an integer, which then stands in the lowest bits
		upper     = 0xfffffffff8000000
	)
	if !(math.Abs(x) < 700) {
		return math.Exp(x)
	}
	shifted := x*log2e + toInteger
	k := shifted - toInteger
	u := x - k*ln2u // k·ln2u is exact
	p := k * ln2l
	r := u - p*below
	if r != u-p*above {
		return math.Exp(x)
	}
	r *= 0.0625
	q := r * r
	// The sum is 1 + r·(½ + t). What fusing changes in t is below 2⁻⁵⁹, so ½ + t is c or the next number.
	t := r * ((1.6666666666666666667e-1 + r*4.1666666666666666667e-2) +
		q*((8.3333333333333333333e-3+r*1.3888888888888888889e-3)+q*(1.9841269841269841270e-4+r*2.4801587301587301587e-5)))
	c := 0.5 + (t - 0x1p-59)
	within := math.Abs(r)*((0.5+(t+0x1p-59))-c) + 0x1p-65
	h := 0.5 * r
	s := 1 + h
	v := (h - (s - 1)) + r*(c-0.5)
	a := s + (v - within)
	if a != s+(v+within) {
		return math.Exp(x)
	}
	y := r * a
	y *= y + 2
	y *= y + 2
	y *= y + 2
	w := y + 2
	// 1 + y·w as if rounded once: the product's error comes from its halves.
	p = y * w
	yh := math.Float64frombits(math.Float64bits(y) & upper)
	wh := math.Float64frombits(math.Float64bits(w) & upper)
	yl, wl := y-yh, w-wh
	e := ((yh*wh - p) + (yh*wl + yl*wh)) + yl*wl
	s = 1 + p
	v = (p - (s - 1)) + e
	a = s + (v - 0x1p-78)
	if a != s+(v+0x1p-78) {
		return math.Exp(x)
	}
	return a * math.Float64frombits((math.Float64bits(shifted)+1023)<<52)
}

// Tanh is the hyperbolic tangent.
func Tanh(x float64) float64 {
	z := math.Abs(x)
	switch {
	case z > 0.5*8.8029691931113054295988e+01:
		return math.Copysign(1, x)
	case z >= 0.625:
		z = 1 - 2/(Exp(2*z)+1)
		if x < 0 {
			z = -z
		}
		return z
	case x == 0:
		return x
	}
	s := x * x
	return x + x*s*((-9.64399179425052238628e-1*s-9.92877231001918586564e1)*s-1.61468768441708447952e3)/
		(((s+1.12811678491632931402e2)*s+2.23548839060100448583e3)*s+4.84406305325125486048e3)
}

// Cosh is the hyperbolic cosine.
func Cosh(x float64) float64 {
	x = math.Abs(x)
	e := Exp(x)
	if x > 21 {
		return e * 0.5
	}
	return (e + 1/e) * 0.5
}

// Sinh is the hyperbolic sine.
func Sinh(x float64) float64 {
	z := math.Abs(x)
	switch {
	case x == 0:
		return x
	case z > 21:
		z = Exp(z) * 0.5
	case z > 0.5:
		e := Exp(z)
		z = (e - 1/e) * 0.5
	default:
		q := z * z
		n := (((-0.2630563213397497062819489e+2*q-0.2894211355989563807284660366e+4)*q-0.8991272022039509355398013511e+5)*q - 0.6307673640497716991184787251e+6) * z
		z = n / (((q-0.173678953558233699533450911e+3)*q+0.1521517378790019070696485176e+5)*q - 0.6307673640497716991212077277e+6)
	}
	if x < 0 {
		return -z
	}
	return z
}
