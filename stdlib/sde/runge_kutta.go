package sde

// rungeKutta is one step of the classical method of order 4 for the drift, followed by the noise of constant B:
//
//	0   |
//	1/2 | 1/2
//	1/2 | 0    1/2
//	1   | 0    0    1
//	----+--------------------
//	    | 1/6  1/3  1/3  1/6      Xₙ₊₁ = Xₙ + δt Σᵢ wᵢ kᵢ + √δt B ζₙ.
//
// Strong and weak order 1 with noise, since drift and noise are split; order 4 without (Kutta, 1901).
type rungeKutta struct {
	memoryless
	equation
	noise        *increments
	k, y, sum, w []float64
}

// rungeKuttaStages holds, for each stage, its weight, and the fraction of its slope with which the next one is reached.
var rungeKuttaStages = [4]struct{ weight, reach float64 }{{1.0 / 6, 1.0 / 2}, {1.0 / 3, 1.0 / 2}, {1.0 / 3, 1}, {1.0 / 6, 0}}

func newRungeKutta(e equation, members int) stepper {
	n := members * e.dim
	buf := make([]float64, 4*n)
	return &rungeKutta{equation: e, noise: newIncrements(e), k: buf[:n], y: buf[n : 2*n], sum: buf[2*n : 3*n], w: buf[3*n:]}
}

func (r *rungeKutta) step(x []float64, z draws) {
	n := len(x)
	k, y, sum, w := r.k[:n], r.y[:n], r.sum[:n], r.w[:n]
	r.noise.to(sum, x, z)
	copy(w, x)
	for _, s := range rungeKuttaStages {
		r.drift(k, w)
		for i, v := range k {
			sum[i] += r.dt * s.weight * v
			y[i] = x[i] + r.dt*s.reach*v
		}
		w, y = y, w
	}
	for i, v := range sum {
		x[i] += v
	}
}
