package langevin

import "math"

// brent returns the least value of f found in [a, b] and its place, to a relative tolerance: golden section, with parabolic
// steps where they help. A function with one minimum has it found; of several one is.
//
// Reference: R. P. Brent, "Algorithms for Minimization without Derivatives", Prentice-Hall (1973), chapter 5.
func brent(f func(x float64) float64, a, b, tolerance float64) (x, fx float64) {
	golden := (3 - math.Sqrt(5)) / 2
	x = a + golden*(b-a)
	fx = f(x)
	w, fw, v, fv := x, fx, x, fx // second and third best
	step, before := 0.0, 0.0
	for range 100 {
		middle, tol := (a+b)/2, tolerance*math.Abs(x)+1e-12
		if math.Abs(x-middle) <= 2*tol-(b-a)/2 {
			break
		}
		parabola, ok := parabolic([3]float64{x, w, v}, [3]float64{fx, fw, fv}, before)
		if ok && x+parabola > a+tol && x+parabola < b-tol {
			before, step = step, parabola
		} else {
			before = b - x
			if x >= middle {
				before = a - x
			}
			step = golden * before
		}
		if math.Abs(step) < tol {
			step = math.Copysign(tol, step)
		}
		u := x + step
		fu := f(u)
		if fu <= fx {
			if u < x {
				b = x
			} else {
				a = x
			}
			v, fv, w, fw, x, fx = w, fw, x, fx, u, fu
			continue
		}
		if u < x {
			a = u
		} else {
			b = u
		}
		switch {
		case fu <= fw || w == x:
			v, fv, w, fw = w, fw, u, fu
		case fu <= fv || v == x || v == w:
			v, fv = u, fu
		}
	}
	return x, fx
}

// parabolic returns the step from x to the minimum of the parabola through three points, if it is less than half of the step
// before the last.
func parabolic(x, f [3]float64, before float64) (step float64, ok bool) {
	r := (x[0] - x[1]) * (f[0] - f[2])
	q := (x[0] - x[2]) * (f[0] - f[1])
	p := (x[0]-x[2])*q - (x[0]-x[1])*r
	q = 2 * (r - q)
	if q == 0 {
		return 0, false
	}
	step = p / q
	return step, math.Abs(step) < math.Abs(before)/2
}
