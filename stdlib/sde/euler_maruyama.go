package sde

import "scorebook/internal/simd"

// eulerMaruyama is one step Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B(Xₙ) ζₙ, LD (77) with B = √2 Σ, in the sense of Itô.
// Strong order 1 for constant B and ½ otherwise, weak order 1 (Kloeden and Platen, ch. 10 and 14).
type eulerMaruyama struct {
	memoryless
	equation
	noise *increments
	f, dw []float64
}

func newEulerMaruyama(e equation, members int) stepper {
	return &eulerMaruyama{
		equation: e, noise: newIncrements(e),
		f: make([]float64, members*e.dim), dw: make([]float64, members*e.dim),
	}
}

func (e *eulerMaruyama) step(x []float64, z draws) {
	f := e.f[:len(x)]
	e.drift(f, x)
	switch {
	case e.noise.none():
		for i, v := range f {
			x[i] += e.dt * v
		}
	case e.noise.amplitude != nil && e.dim == 1:
		advanceOne(x, f, z, e.dt, e.noise.amplitude[0])
	case e.noise.amplitude != nil:
		advanceDiagonal(x, f, z, e.dt, e.noise.amplitude)
	default:
		dw := e.dw[:len(x)]
		e.noise.to(dw, x, z)
		for i, v := range f {
			x[i] += e.dt*v + dw[i]
		}
	}
}

// advanceOne is the step in one dimension with constant noise, with nothing between the members.
func advanceOne(x, f []float64, z draws, dt, b float64) {
	if z.stride == 1 {
		simd.Advance(x, f, z.z[:len(x)], dt, b)
		return
	}
	f = f[:len(x)]
	at := 0
	for m := range x {
		x[m] += dt*f[m] + b*z.z[at]
		at += z.stride
	}
}

// advanceDiagonal is the step with constant independent noise on each coordinate.
func advanceDiagonal(x, f []float64, z draws, dt float64, b []float64) {
	d := len(b)
	for m, k := 0, 0; k < len(x); m, k = m+1, k+d {
		at := m * z.stride
		x, f, z := x[k:k+d], f[k:k+d], z.z[at:at+d]
		for i, c := range b {
			x[i] += dt*f[i] + c*z[i]
		}
	}
}
