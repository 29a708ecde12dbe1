package sde

import "math"

// The loops of schemes whose noise depends on the state: field writes B(x), dim amplitudes of diagonal noise or dim×M
// numbers by rows.

// loopEulerMaruyamaField is eulerMaruyama with such a noise.
func loopEulerMaruyamaField(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	f, dw, b := work, work[size:], work[4*size:]
	for n := 0; n < steps; n++ {
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		incrementsTo(field, dim, dw, x, noise[n*c.Draws:], b, c)
		wild := false
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

// loopHeunField is stochasticHeun with such a noise.
func loopHeunField(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	f, dw, y, g, b := work, work[size:], work[2*size:3*size], work[3*size:], work[4*size:]
	for n := 0; n < steps; n++ {
		z, wild := noise[n*c.Draws:], false
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		incrementsTo(field, dim, dw, x, z, b, c)
		for i := 0; i < size; i++ {
			y[i] = x[i] + c.Dt*f[i] + dw[i]
		}
		for k := 0; k < size; k += dim {
			drift(g[k:k+dim:k+dim], y[k:k+dim:k+dim])
		}
		for i := 0; i < size; i++ {
			f[i] = c.Dt * (f[i] + g[i]) / 2
		}
		incrementsTo(field, dim, g, y, z, b, c)
		for i := 0; i < size; i++ {
			v := x[i] + (f[i] + (dw[i]+g[i])/2)
			x[i] = v
			wild = wild || !(math.Abs(v) <= c.Bound)
		}
		if wild {
			return n
		}
	}
	return steps
}

// loopMilsteinField is milstein with such a noise.
func loopMilsteinField(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int {
	size := len(x)
	f, dw := work, work[size:]
	b, later, y := work[4*size:], work[4*size+c.Width:], work[4*size+2*c.Width:]
	for n := 0; n < steps; n++ {
		z, wild := noise[n*c.Draws:], false
		for k := 0; k < size; k += dim {
			drift(f[k:k+dim:k+dim], x[k:k+dim:k+dim])
		}
		incrementsTo(field, dim, dw, x, z, b, c)
		at := 0
		for k := 0; k < size; k += dim {
			field(b[0:dim:dim], x[k:k+dim:k+dim])
			for i := 0; i < dim; i++ {
				y[i] = x[k+i] + c.Root*b[i]
			}
			field(later[0:dim:dim], y[0:dim:dim])
			for i := 0; i < dim; i++ {
				s := z[at+min(i, c.Sources-1)] // one source, or one per coordinate
				dw[k+i] += c.Root * (later[i] - b[i]) * (s*s - c.Ito) / 2
			}
			at += c.Sources
		}
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

// incrementsTo writes √δt B(x) ζ of each state to dst, with room for one B in b. z holds the ζ of one step.
func incrementsTo(field Drift, dim int, dst, x, z, b []float64, c Constants) {
	at := 0
	for k := 0; k < len(x); k += dim {
		field(b[0:c.Width:c.Width], x[k:k+dim:k+dim])
		if c.Diagonal {
			for i := 0; i < dim; i++ {
				dst[k+i] = c.Root * b[i] * z[at+i]
			}
		} else {
			for i := 0; i < dim; i++ {
				sum := 0.0
				for j := 0; j < c.Sources; j++ {
					sum += b[i*c.Sources+j] * z[at+j]
				}
				dst[k+i] = c.Root * sum
			}
		}
		at += c.Sources
	}
}
