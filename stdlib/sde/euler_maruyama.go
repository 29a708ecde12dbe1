package sde

import "math"

// eulerMaruyama is one step Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B ζₙ, LD (77) with B = √2 Σ.
// Strong and weak order 1, because B is constant (Kloeden and Platen, ch. 10).
type eulerMaruyama struct {
	dt         float64
	components int       // M
	amplitude  []float64 // √δt·B when B is diagonal, else nil
	matrix     []float64 // √δt·B, D×M by rows, otherwise
}

func newEulerMaruyama(s SDE, dt float64) eulerMaruyama {
	e := eulerMaruyama{dt: dt, components: s.Noise.Components(s.Dim)}
	if e.components == 0 {
		return e
	}
	root := math.Sqrt(dt)
	if b, ok := s.Noise.diagonal(s.Dim); ok {
		e.amplitude = b
		for i := range b {
			b[i] *= root
		}
		return e
	}
	for i := range s.Dim {
		for j := range e.components {
			e.matrix = append(e.matrix, root*s.Noise.B.At(i, j))
		}
	}
	return e
}

// apply takes one member from x to the next state, given its drift f and its M noise values z.
// It reports whether the state is finite.
func (e *eulerMaruyama) apply(x, f, z []float64) bool {
	bad := 0.0
	f = f[:len(x)]
	switch {
	case e.amplitude != nil:
		z, b := z[:len(x)], e.amplitude[:len(x)]
		for i, v := range x {
			v += e.dt*f[i] + b[i]*z[i]
			x[i] = v
			bad += v - v
		}
	case e.matrix != nil:
		row := e.matrix
		for i, v := range x {
			dw := 0.0
			for j, c := range z {
				dw += row[j] * c
			}
			row = row[len(z):]
			v += e.dt*f[i] + dw
			x[i] = v
			bad += v - v
		}
	default:
		for i, v := range x {
			v += e.dt * f[i]
			x[i] = v
			bad += v - v
		}
	}
	return bad == 0
}
