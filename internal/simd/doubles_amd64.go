package simd

func advanceKernel(set isa, x, f, z []float64, dt, b float64) {
	if set == avx512 {
		advanceAVX512(&x[0], &f[0], &z[0], len(x), dt, b)
	} else {
		advanceAVX2(&x[0], &f[0], &z[0], len(x), dt, b)
	}
}

func wellForceKernel(set isa, dst, x []float64) {
	if set == avx512 {
		wellForceAVX512(&dst[0], &x[0], len(x))
	} else {
		wellForceAVX2(&dst[0], &x[0], len(x))
	}
}

func finiteKernel(set isa, x []float64) float64 {
	var sum [8]float64
	if set == avx512 {
		finiteAVX512(&x[0], len(x), &sum[0])
	} else {
		finiteAVX2(&x[0], len(x), &sum[0])
	}
	return sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7]
}
