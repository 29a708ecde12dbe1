package simd

// The kernels of this file work on float64 and round after each operation: the same bits as plain Go that does not fuse.

// Advance computes x += dt·f + b·z: the step of Euler and Maruyama with constant noise.
func Advance(x, f, z []float64, dt, b float64) { advance(best, x, f, z, dt, b) }

// WellForce computes dst = x − x³, the force of the double well. dst may be x.
func WellForce(dst, x []float64) { wellForce(best, dst, x) }

// Finite tells whether no number is NaN or infinite.
func Finite(x []float64) bool { return finite(best, x) }

// Narrow converts to float32.
func Narrow(dst []float32, x []float64) { narrow(best, dst, x) }

// whole is how many of n numbers fill registers of every width; the rest is left to pure Go.
func whole(set isa, n int) int {
	if set == portable {
		return 0
	}
	return n &^ 7
}

func advance(set isa, x, f, z []float64, dt, b float64) {
	check(len(f) == len(x) && len(z) == len(x), "Advance", "lengths differ")
	n := whole(set, len(x))
	if n > 0 {
		advanceKernel(set, x[:n], f, z, dt, b)
	}
	for i := n; i < len(x); i++ {
		x[i] += float64(dt*f[i]) + float64(b*z[i])
	}
}

func wellForce(set isa, dst, x []float64) {
	check(len(dst) == len(x), "WellForce", "lengths differ")
	n := whole(set, len(x))
	if n > 0 {
		wellForceKernel(set, dst, x[:n])
	}
	for i := n; i < len(x); i++ {
		v := x[i]
		dst[i] = v - float64(float64(v*v)*v)
	}
}

func finite(set isa, x []float64) bool {
	n := whole(set, len(x))
	if n > 0 && !finiteKernel(set, x[:n]) {
		return false
	}
	for _, v := range x[n:] {
		if v-v != 0 {
			return false
		}
	}
	return true
}

func narrow(set isa, dst []float32, x []float64) {
	check(len(dst) == len(x), "Narrow", "lengths differ")
	n := whole(set, len(x))
	if n > 0 {
		narrowKernel(set, dst, x[:n])
	}
	for i := n; i < len(x); i++ {
		dst[i] = float32(x[i])
	}
}
