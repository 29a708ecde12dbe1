package sde

// stochasticHeun is one step, in the sense of Stratonovich, of
//
//	X̄    = Xₙ + δt F(Xₙ) + √δt B(Xₙ) ζₙ
//	Xₙ₊₁ = Xₙ + δt [F(Xₙ) + F(X̄)]/2 + √δt [B(Xₙ) + B(X̄)] ζₙ/2.
//
// Strong order 1 for additive noise, diagonal noise or one source; weak order 2 for additive noise, else 1; order 2
// without noise (Rümelin, 1982; Kloeden and Platen, sections 14.1 and 15.1).
type stochasticHeun struct {
	memoryless
	equation
	noise          *increments
	f, g, dw, v, y []float64 // F(X), F(X̄), both noise increments, X̄
}

func newStochasticHeun(e equation, members int) stepper {
	n := members * e.dim
	buf := make([]float64, 5*n)
	return &stochasticHeun{
		equation: e, noise: newIncrements(e),
		f: buf[:n], g: buf[n : 2*n], dw: buf[2*n : 3*n], v: buf[3*n : 4*n], y: buf[4*n:],
	}
}

func (h *stochasticHeun) step(x []float64, z draws) {
	n := len(x)
	f, g, dw, v, y := h.f[:n], h.g[:n], h.dw[:n], h.v[:n], h.y[:n]
	h.drift(f, x)
	h.noise.to(dw, x, z)
	for i := range y {
		y[i] = x[i] + h.dt*f[i] + dw[i]
	}
	h.drift(g, y)
	if h.noise.field == nil {
		v = dw
	} else {
		h.noise.to(v, y, z)
	}
	for i := range x {
		x[i] += h.dt*(f[i]+g[i])/2 + (dw[i]+v[i])/2
	}
}
