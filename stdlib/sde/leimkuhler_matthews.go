package sde

// leimkuhlerMatthews is one step Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B (ζₙ₋₁ + ζₙ)/2 for constant B, with ζ₋₁ = 0 at the start.
// It is Xₙ = Yₙ + √δt B ζₙ₋₁/2 with Yₙ₊₁ = Yₙ + δt F(Xₙ) + …, so a path is off by half an increment: strong order ½.
// For F = −∇U and B ∝ I its stationary averages are of order 2 in δt, and exact in the Gaussian case's variance
// (Leimkuhler and Matthews, "Rational Construction of Stochastic Numerical Methods for Molecular Sampling", 2013).
type leimkuhlerMatthews struct {
	equation
	noise       *increments
	f, dw, last []float64
}

func newLeimkuhlerMatthews(e equation, members int) stepper {
	n := members * e.dim
	buf := make([]float64, 3*n)
	return &leimkuhlerMatthews{equation: e, noise: newIncrements(e), f: buf[:n], dw: buf[n : 2*n], last: buf[2*n:]}
}

func (l *leimkuhlerMatthews) start(n int) { clear(l.last[:n*l.dim]) }

func (l *leimkuhlerMatthews) step(x []float64, z draws) {
	n := len(x)
	f, dw, last := l.f[:n], l.dw[:n], l.last[:n]
	l.drift(f, x)
	l.noise.to(dw, x, z)
	for i := range x {
		x[i] += l.dt*f[i] + (last[i]+dw[i])/2
	}
	l.dw, l.last = l.last, l.dw
}
