package systems

import (
	"math"
	"math/cmplx"

	"scorebook/internal/spectral"
)

// etdrk4 is one step, of size h, of the fourth-order exponential Runge–Kutta scheme of Cox and Matthews (2002) for
// v̂′ = L v̂ + N(v̂) with diagonal L,
//
//	a = e^{Lh/2} v̂ + Q N(v̂)
//	b = e^{Lh/2} v̂ + Q N(a)
//	c = e^{Lh/2} a + Q [2N(b) − N(v̂)]
//	v̂ ← e^{Lh} v̂ + f₁ N(v̂) + 2f₂ [N(a) + N(b)] + f₃ N(c),
//
// whose factors are means over a circle around Lh, since their quotients cancel for small Lh (Kassam and Trefethen, 2005).
// Here L = k² − k⁴ and N = −½ik 𝓕[v²], with the products dealiased by the 2/3 rule. It belongs to one worker.
type etdrk4 struct {
	plan           *spectral.Plan
	factors        []spectral.Factors
	v              []float64 // the states v̂, two real fields to a lane
	n1, n2, n3     []float64 // N at v̂, a and b
	a, stage, work []float64
}

// contourPoints is the number of points on the circle, whose radius is 1.
const contourPoints = 32

func newETDRK4(plan *spectral.Plan, length, h float64) *etdrk4 {
	n := plan.Len()
	s := &etdrk4{plan: plan, factors: make([]spectral.Factors, n)}
	for i := range s.factors {
		k := plan.Wavenumber(i)
		wave := 2 * math.Pi / length * float64(k)
		s.factors[i] = factorsOf(wave*wave-wave*wave*wave*wave, h)
		if 3*max(k, -k) < n {
			s.factors[i].Gamma = -wave / 2 / float64(n*n) // the inverse transform multiplies v by n
		}
	}
	size := n * spectral.Width
	buf := make([]float64, 7*size)
	for i, b := range []*[]float64{&s.v, &s.n1, &s.n2, &s.n3, &s.a, &s.stage, &s.work} {
		*b = buf[i*size : (i+1)*size]
	}
	return s
}

func factorsOf(l, h float64) spectral.Factors {
	f := spectral.Factors{Half: math.Exp(l * h / 2), Full: math.Exp(l * h)}
	for j := range contourPoints {
		z := complex(l*h, 0) + cmplx.Rect(1, 2*math.Pi*(float64(j)+0.5)/contourPoints)
		e, z3 := cmplx.Exp(z), z*z*z
		f.Q += real((cmplx.Exp(z/2) - 1) / z)
		f.F1 += real((-4 - z + e*(4-3*z+z*z)) / z3)
		f.F2 += real(2 * (2 + z + e*(z-2)) / z3)
		f.F3 += real((-4 - 3*z - z*z + e*(4-z)) / z3)
	}
	for _, v := range []*float64{&f.Q, &f.F1, &f.F2, &f.F3} {
		*v *= h / contourPoints
	}
	return f
}

// squares puts 𝓕[v²] of the coefficients v into work.
func (s *etdrk4) squares(v []float64) []float64 {
	copy(s.work, v)
	s.plan.Inverse(s.work)
	spectral.Square(s.work)
	s.plan.Forward(s.work)
	return s.work
}

// step advances all fields by h.
func (s *etdrk4) step() {
	spectral.Predict(s.a, s.n1, s.v, s.squares(s.v), s.factors)
	spectral.Predict(s.stage, s.n2, s.v, s.squares(s.a), s.factors)
	spectral.Extrapolate(s.stage, s.n3, s.a, s.n1, s.squares(s.stage), s.factors)
	spectral.Complete(s.v, s.n1, s.n2, s.n3, s.squares(s.stage), s.factors)
}

// set makes field m, of 2·Lanes, the values v at the points; the fields of a state are set together, then transformed.
func (s *etdrk4) set(m int, v []float64) {
	for x, value := range v {
		s.v[x*spectral.Width+m] = value
	}
}

// transform ends the setting of fields.
func (s *etdrk4) transform() { s.plan.Forward(s.v) }

// values puts the values of all fields at the points into work: field m at point x is work[x·Width+m].
func (s *etdrk4) values() []float64 {
	copy(s.work, s.v)
	s.plan.Inverse(s.work)
	c := 1 / float64(s.plan.Len())
	for i := range s.work {
		s.work[i] *= c
	}
	return s.work
}
