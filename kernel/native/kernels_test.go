package native

import "math"

// The functions of this file are compiled twice: by Go, as part of this package, and by the package itself.

func lorenz63(x, noise []float64, steps int, dt, b float64) float64 {
	s := 0.0
	for k := 0; k < steps; k++ {
		x0, x1, x2 := x[0], x[1], x[2]
		x[0] = x0 + dt*10*(x1-x0) + b*noise[3*k]
		x[1] = x1 + dt*(x0*(28-x2)-x1) + b*noise[3*k+1]
		x[2] = x2 + dt*(x0*x1-8.0/3*x2) + b*noise[3*k+2]
		s += x[2]
	}
	return s
}

func lorenz96Drift(dst, x []float64) {
	n := len(x)
	for i := 0; i < n; i++ {
		dst[i] = (x[(i+1)%n]-x[(i+n-2)%n])*x[(i+n-1)%n] - x[i] + 8
	}
}

func lorenz96(x, dx []float64, steps int, dt float64) float64 {
	for k := 0; k < steps; k++ {
		lorenz96Drift(dx, x)
		for i := range x {
			x[i] += dt * dx[i]
		}
	}
	return x[0]
}

func nbody(pos, force []float64, n int) float64 {
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

func mandelbrot(w, h, limit int) int {
	total := 0
	for py := 0; py < h; py++ {
		for px := 0; px < w; px++ {
			cr, ci := 3*float64(px)/float64(w)-2, 2*float64(py)/float64(h)-1
			zr, zi := 0.0, 0.0
			n := 0
			for n < limit && zr*zr+zi*zi < 4 {
				zr, zi = zr*zr-zi*zi+cr, 2*zr*zi+ci
				n++
			}
			total += n
		}
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

func stencil(dst, x []float64) {
	for i := 1; i < len(x)-1; i++ {
		dst[i] = 0.25*x[i-1] + 0.5*x[i] + 0.25*x[i+1]
	}
}

func oscillators(dst, x []float64) {
	for i := range x {
		dst[i] = math.Sin(x[i])*math.Exp(-0.1*x[i]) - 0.3*math.Cos(2*x[i])
	}
}
