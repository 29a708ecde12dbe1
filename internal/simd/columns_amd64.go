package simd

// panels calls f for the columns of each register's width: the first, and how many.
func panels(set isa, cols int, f func(j, n int)) {
	lanes := 8
	if set == avx512 {
		lanes = 16
	}
	for j := 0; j < cols; j += lanes {
		f(j, min(lanes, cols-j))
	}
}

const floatBytes = 4

func momentsKernel(set isa, sum, sqr, x, c []float32, rows, cols int) {
	if set == portable {
		momentsPortable(sum, sqr, x, c, cols)
		return
	}
	panels(set, cols, func(j, n int) {
		if set == avx512 {
			momentsAVX512(&x[j], &c[j], &sum[j], &sqr[j], floatBytes*cols, rows, n)
		} else {
			momentsAVX2(&x[j], &c[j], &sum[j], &sqr[j], floatBytes*cols, rows, n)
		}
	})
}

func affineSwishKernel(set isa, dst, x, a, b []float32, rows, cols int) {
	if set == portable {
		affineSwishPortable(dst, x, a, b, cols)
		return
	}
	panels(set, cols, func(j, n int) {
		if set == avx512 {
			affineSwishAVX512(&dst[j], &x[j], &a[j], &b[j], floatBytes*cols, rows, n)
		} else {
			affineSwishAVX2(&dst[j], &x[j], &a[j], &b[j], floatBytes*cols, rows, n)
		}
	})
}

func affineSwishBackKernel(set isa, dpre, sum, dot, dy, x, a, b, c []float32, rows, cols int) {
	if set == portable {
		affineSwishBackPortable(dpre, sum, dot, dy, x, a, b, c, cols)
		return
	}
	panels(set, cols, func(j, n int) {
		if set == avx512 {
			affineSwishBackAVX512(&dpre[j], &dy[j], &x[j], &a[j], &b[j], &c[j], &sum[j], &dot[j], floatBytes*cols, rows, n)
		} else {
			affineSwishBackAVX2(&dpre[j], &dy[j], &x[j], &a[j], &b[j], &c[j], &sum[j], &dot[j], floatBytes*cols, rows, n)
		}
	})
}

func blendKernel(set isa, dst, u, v, p, q, r []float32, rows, cols int) {
	if set == portable {
		blendPortable(dst, u, v, p, q, r, cols)
		return
	}
	panels(set, cols, func(j, n int) {
		if set == avx512 {
			blendAVX512(&dst[j], &u[j], &v[j], &p[j], &q[j], &r[j], floatBytes*cols, rows, n)
		} else {
			blendAVX2(&dst[j], &u[j], &v[j], &p[j], &q[j], &r[j], floatBytes*cols, rows, n)
		}
	})
}
