package sde

// milstein is one step, without derivatives, for diagonal noise bᵢ(xᵢ) or one source b(x):
//
//	X̄    = Xₙ + √δt b(Xₙ)
//	Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt b(Xₙ) ζₙ + √δt [b(X̄) − b(Xₙ)] (ζₙ² − c)/2,
//
// with c = 1 for Itô's equation and c = 0 for Stratonovich's. The bracket is √δt (b·∇)b up to higher order.
// Strong and weak order 1 (Milstein, 1974; Kloeden and Platen, section 11.1).
type milstein struct {
	memoryless
	equation
	noise    *increments
	c        float64
	f, dw    []float64
	y, later []float64 // X̄ and b(X̄) of one state
}

func newMilstein(e equation, members int) stepper {
	m := &milstein{
		equation: e, noise: newIncrements(e), c: 1,
		f: make([]float64, members*e.dim), dw: make([]float64, members*e.dim),
		y: make([]float64, e.dim), later: make([]float64, e.dim),
	}
	if e.noise.Calculus == Stratonovich {
		m.c = 0
	}
	return m
}

func (s *milstein) step(x []float64, z draws) {
	f, dw := s.f[:len(x)], s.dw[:len(x)]
	s.drift(f, x)
	s.noise.to(dw, x, z)
	if s.noise.field != nil {
		for m, k := 0, 0; k < len(x); m, k = m+1, k+s.dim {
			at := m * z.stride
			s.correct(dw[k:k+s.dim], x[k:k+s.dim], z.z[at:at+s.noise.sources])
		}
	}
	for i := range x {
		x[i] += s.dt*f[i] + dw[i]
	}
}

// correct adds the term of order δt to the increment of one state.
func (s *milstein) correct(dw, x, z []float64) {
	b, root := s.noise.b, s.noise.root
	s.noise.field(b, x)
	for i, v := range x {
		s.y[i] = v + root*b[i]
	}
	s.noise.field(s.later, s.y)
	for i := range dw {
		c := z[min(i, len(z)-1)] // one source, or one per coordinate
		dw[i] += root * (s.later[i] - b[i]) * (c*c - s.c) / 2
	}
}
