package simd

import "golang.org/x/sys/cpu"

// sets lists the instruction sets of this machine, the widest last.
func sets() []isa {
	s := []isa{portable}
	x := cpu.X86
	if x.HasAVX2 && x.HasFMA {
		s = append(s, avx2)
		if x.HasAVX512F && x.HasAVX512DQ && x.HasBMI2 {
			s = append(s, avx512)
		}
	}
	return s
}

func expKernel(set isa, dst, x []float32) {
	switch set {
	case avx512:
		expAVX512(&dst[0], &x[0], len(x))
	case avx2:
		expAVX2(&dst[0], &x[0], len(x))
	default:
		expPortable(dst, x)
	}
}

func swishKernel(set isa, dst, x []float32) {
	switch set {
	case avx512:
		swishAVX512(&dst[0], &x[0], len(x))
	case avx2:
		swishAVX2(&dst[0], &x[0], len(x))
	default:
		swishPortable(dst, x)
	}
}

func tanhKernel(set isa, dst, x []float32) {
	switch set {
	case avx512:
		tanhAVX512(&dst[0], &x[0], len(x))
	case avx2:
		tanhAVX2(&dst[0], &x[0], len(x))
	default:
		tanhPortable(dst, x)
	}
}

func swishBackKernel(set isa, dpre, dy, pre []float32) {
	switch set {
	case avx512:
		swishBackAVX512(&dpre[0], &dy[0], &pre[0], len(pre))
	case avx2:
		swishBackAVX2(&dpre[0], &dy[0], &pre[0], len(pre))
	default:
		swishBackPortable(dpre, dy, pre)
	}
}

func adamKernel(set isa, w, m, v, g []float32, r *adamRates) {
	switch set {
	case avx512:
		adamAVX512(&w[0], &m[0], &v[0], &g[0], len(w), &r.b1)
	case avx2:
		adamAVX2(&w[0], &m[0], &v[0], &g[0], len(w), &r.b1)
	default:
		adamPortable(w, m, v, g, r)
	}
}

func normalBlocks(set isa, dst []float64, s *schedule, block uint64) {
	const pairs = normalBlock / 2
	switch set {
	case avx512:
		normalsAVX512(&dst[0], &s[0], block*pairs, len(dst)/normalBlock)
	case avx2:
		normalsAVX2(&dst[0], &s[0], block*pairs, len(dst)/normalBlock)
	default:
		normalBlocksPortable(dst, s, block)
	}
}

// rowBlocks fills eight columns of a matrix with n columns.
func rowBlocks(set isa, dst []float64, n int, s *schedules, block uint64) {
	const pairs, size = normalBlock / 2, 8
	blocks := (len(dst)/n + 1) / normalBlock
	if set == avx512 {
		normalRowsAVX512(&dst[0], size*n, &s[0][0], block*pairs, blocks)
		return
	}
	for m := 0; m < len(s[0]); m += 4 {
		normalRowsAVX2(&dst[m], size*n, &s[0][m], block*pairs, blocks)
	}
}
