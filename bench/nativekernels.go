package main

import "math"

// The functions below are compiled by Go, as part of this program, and given as text to a session and to yaegi.

func lorenz63(x, noise []float64) float64 {
	const dt, b = 1e-3, 0.1
	s := 0.0
	for k := 0; k < len(noise)/3; k++ {
		x0, x1, x2 := x[0], x[1], x[2]
		x[0] = x0 + dt*(10*(x1-x0)) + b*noise[3*k]
		x[1] = x1 + dt*(x0*(28-x2)-x1) + b*noise[3*k+1]
		x[2] = x2 + dt*(x0*x1-8.0/3*x2) + b*noise[3*k+2]
		s += x[2]
	}
	return s
}

func lorenz96Drift(dst, x []float64) {
	const slow, fast, scale, rate, coupling = 4, 10, 10.0, 10.0, 1.0
	const all = slow * fast
	for k := 0; k < slow; k++ {
		sum := 0.0
		for j := 0; j < fast; j++ {
			sum += x[slow+fast*k+j]
		}
		dst[k] = x[(k+slow-1)%slow]*(x[(k+1)%slow]-x[(k+slow-2)%slow]) - x[k] + 10 - coupling*sum
	}
	for j := 0; j < all; j++ {
		ahead, further, back := x[slow+(j+1)%all], x[slow+(j+2)%all], x[slow+(j+all-1)%all]
		dst[slow+j] = rate*scale*ahead*(back-further) - rate*x[slow+j] + coupling*x[j/fast]
	}
}

func lorenz96(x, dx []float64) float64 {
	const dt = 1e-4
	for step := 0; step < 500; step++ {
		lorenz96Drift(dx, x)
		for i := range x {
			x[i] += dt * dx[i]
		}
	}
	return x[0]
}

func nbody(force, pos []float64) float64 {
	n := len(pos) / 3
	energy := 0.0
	for i := 0; i < n; i++ {
		fx, fy, fz := 0.0, 0.0, 0.0
		for j := 0; j < n; j++ {
			if j == i {
				continue
			}
			dx, dy, dz := pos[3*j]-pos[3*i], pos[3*j+1]-pos[3*i+1], pos[3*j+2]-pos[3*i+2]
			r2 := dx*dx + dy*dy + dz*dz + 1e-3
			r := math.Sqrt(r2)
			w := 1 / (r2 * r)
			fx += dx * w
			fy += dy * w
			fz += dz * w
			energy -= 1 / r
		}
		force[3*i], force[3*i+1], force[3*i+2] = fx, fy, fz
	}
	return energy
}

func mandelbrot(turns, corner []float64) float64 {
	const width, limit = 64, 200
	total := 0.0
	for p := 0; p < len(turns); p++ {
		cr, ci := corner[0]+3*float64(p%width)/width, corner[0]/2+2*float64(p/width)/width
		zr, zi := 0.0, 0.0
		n := 0
		for n < limit && zr*zr+zi*zi < 4 {
			zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
			n++
		}
		turns[p] = float64(n)
		total += turns[p]
	}
	return total
}

func dot(x, y []float64) float64 {
	s := 0.0
	for i := range x {
		s += x[i] * y[i]
	}
	return s
}

func stencil(dst, x []float64) float64 {
	for i := 1; i < len(x)-1; i++ {
		dst[i] = 0.25*x[i-1] + 0.5*x[i] + 0.25*x[i+1]
	}
	return dst[77]
}

func oscillators(dst, x []float64) float64 {
	for i := range x {
		dst[i] = math.Sin(x[i])*math.Exp(-0.1*x[i]) - 0.3*math.Cos(2*x[i])
	}
	return dst[77]
}
