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

func finiteKernel(set isa, x []float64) bool {
	if set == avx512 {
		return finiteAVX512(&x[0], len(x)) == 0
	}
	return finiteAVX2(&x[0], len(x)) == 0
}

func narrowKernel(set isa, dst []float32, x []float64) {
	if set == avx512 {
		narrowAVX512(&dst[0], &x[0], len(x))
	} else {
		narrowAVX2(&dst[0], &x[0], len(x))
	}
}
