package langevin

import (
	"fmt"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/mat"
)

const (
	differences = 1e-5 // step of the derivative of the drift, in units of 1 + |x|
	accurate    = 0.1  // δt times the fastest rate up to which densities are off by a few per cent
	mostStates  = 256  // at which the derivative is taken
)

// StepCheck judges a time step δt for the explicit schemes, from the eigenvalues λ of the derivative of the drift Φ s at some
// states: δt must stay below 2(−Re λ)/|λ|² of every decaying direction, or the noise is amplified from step to step, and
// well below it for densities to be right.
type StepCheck struct {
	Dt      float64
	Rate    float64   // largest |λ| of the decaying directions, in 1/time
	Limit   float64   // the δt at which steps begin to amplify, +Inf when nothing decays
	Advised float64   // a δt that keeps densities to a few per cent, 0.1/Rate
	BlowsUp bool      // δt ≥ Limit at a state
	Warning string    // what is wrong, with figures; empty when nothing
	At      []float64 // the state with the least Limit
}

// CheckStep judges the step dt at the given states (sample-major, in the model's coordinates), as those of the data: up to 256
// of them are taken, evenly.
func (m *Model) CheckStep(dt float64, states []float64) StepCheck {
	d := m.Dim()
	if len(states) == 0 || len(states)%d != 0 {
		panic(fmt.Sprintf("langevin: %d values are no states of %d coordinates", len(states), d))
	}
	c := StepCheck{Dt: dt, Limit: math.Inf(1)}
	f := newDrift(m.Score, m.Mobility.Phi)
	n := len(states) / d
	for k := range min(n, mostStates) {
		at := k * n / min(n, mostStates) * d
		c.examine(f.jacobian(states[at:at+d]), states[at:at+d])
	}
	c.judge()
	return c
}

// jacobian returns ∂(Φ s)ᵢ/∂xⱼ by central differences.
func (d *drift) jacobian(x []float64) *mat.Dense {
	j := mat.NewDense(d.dim, d.dim, nil)
	y, up, down := append([]float64(nil), x...), make([]float64, d.dim), make([]float64, d.dim)
	for k := range x {
		h := differences * (1 + math.Abs(x[k]))
		y[k] = x[k] + h
		d.driftTo(up, y)
		y[k] = x[k] - h
		d.driftTo(down, y)
		y[k] = x[k]
		for i := range up {
			j.Set(i, k, (up[i]-down[i])/(2*h))
		}
	}
	return j
}

// examine takes in one state.
func (c *StepCheck) examine(j *mat.Dense, x []float64) {
	var e mat.Eigen
	if !e.Factorize(j, mat.EigenNone) {
		return
	}
	for _, v := range e.Values(nil) {
		size := cmplx.Abs(v)
		if real(v) >= 0 || size == 0 {
			continue
		}
		c.Rate = max(c.Rate, size)
		if limit := -2 * real(v) / (size * size); limit < c.Limit {
			c.Limit, c.At = limit, append([]float64(nil), x...)
		}
	}
}

func (c *StepCheck) judge() {
	if c.Rate > 0 {
		c.Advised = min(accurate/c.Rate, c.Limit/4)
	}
	switch {
	case c.Dt >= c.Limit:
		c.BlowsUp = true
		c.Warning = fmt.Sprintf("a step of %.3g blows up: at x = %.3g the drift decays at the rate %.3g, and steps from %.3g on are amplified: take %.2g",
			c.Dt, c.At, c.Rate, c.Limit, c.Advised)
	case c.Dt > 2.5*c.Advised && c.Rate > 0:
		c.Warning = fmt.Sprintf("a step of %.3g is coarse beside the fastest rate %.3g of the drift (at x = %.3g) and biases densities by about %.0f %%: take %.2g",
			c.Dt, c.Rate, c.At, 50*c.Dt*c.Rate, c.Advised)
	}
}
