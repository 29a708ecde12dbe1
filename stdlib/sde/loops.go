package sde

import "math"

// The loops of the schemes over a number of steps, for a drift of one state and with the noise laid out beforehand. What
// the schemes are is said of their steppers; a loop does the operations of its stepper in the same order, and so has its
// bits. Like the stretch around them they are plain loops over numbers that keep to these files, so that a compiler which
// is handed the text can make one piece of a loop and the drift that it calls.
//
// A loop advances the states x, dim numbers each, and returns at which of its steps it ended: one that has left a value
// beyond the bound, or steps when all are taken. noise has len(x) increments √δt B ζ for each step, or ζ itself when B
// depends on the state. work is room for 4·len(x) + 3·Width numbers, of which the first len(x) are kept between calls.

// loopEulerMaruyama is eulerMaruyama, and milstein, with a constant B.
func loopEulerMaruyama(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	f, size := work, len(x)
	for n := 0; n < steps; n++ {
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		dw, wild := noise[n*size:], false
		for i := 0; i < size; i++ {
			v := x[i] + (c.Dt*f[i] + dw[i])
			x[i] = v
			wild = wild || !(math.Abs(v) <= c.Bound)
		}
		if wild {
			return n
		}
	}
	return steps
}

// loopHeun is stochasticHeun with a constant B.
func loopHeun(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	f, g, y := work, work[size:], work[2*size:]
	for n := 0; n < steps; n++ {
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		dw, wild := noise[n*size:], false
		for i := 0; i < size; i++ {
			y[i] = x[i] + c.Dt*f[i] + dw[i]
		}
		for k := 0; k < size; k += dim {
			drift(g[k:k+dim:k+dim], y[k:k+dim:k+dim])
		}
		for i := 0; i < size; i++ {
			v := x[i] + (c.Dt*(f[i]+g[i])/2 + (dw[i]+dw[i])/2)
			x[i] = v
			wild = wild || !(math.Abs(v) <= c.Bound)
		}
		if wild {
			return n
		}
	}
	return steps
}

// loopLeimkuhlerMatthews is leimkuhlerMatthews.
func loopLeimkuhlerMatthews(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	last, f := work, work[size:]
	for n := 0; n < steps; n++ {
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		dw, wild := noise[n*size:], false
		for i := 0; i < size; i++ {
			v := x[i] + (c.Dt*f[i] + (last[i]+dw[i])/2)
			x[i] = v
			last[i] = dw[i]
			wild = wild || !(math.Abs(v) <= c.Bound)
		}
		if wild {
			return n
		}
	}
	return steps
}

// loopRungeKutta is rungeKutta.
func loopRungeKutta(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	f, y, sum := work, work[size:], work[2*size:]
	for n := 0; n < steps; n++ {
		dw, wild := noise[n*size:], false
		for i := 0; i < size; i++ {
			sum[i] = dw[i]
			y[i] = x[i]
		}
		for stage := 0; stage < 4; stage++ {
			weight, reach := 1.0/3, 1.0/2
			if stage == 0 || stage == 3 {
				weight = 1.0 / 6
			}
			if stage == 2 {
				reach = 1
			}
			for k := 0; k < size; k += dim {
				drift(f[k:k+dim:k+dim], y[k:k+dim:k+dim])
			}
			for i := 0; i < size; i++ {
				sum[i] += c.Dt * weight * f[i]
				y[i] = x[i] + c.Dt*reach*f[i]
			}
		}
		for i := 0; i < size; i++ {
			v := x[i] + sum[i]
			x[i] = v
			wild = wild || !(math.Abs(v) <= c.Bound)
		}
		if wild {
			return n
		}
	}
	return steps
}
