package spectral

import "golang.org/x/sys/cpu"

// sets lists the instruction sets of this machine, the widest last.
func sets() []isa {
	s := []isa{portable}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		s = append(s, avx2)
		if cpu.X86.HasAVX512F {
			s = append(s, avx512)
		}
	}
	return s
}

func forwardPass(set isa, c []float64, s pass) {
	groups := len(c) / Width / (4 * s.quarter)
	switch set {
	case avx512:
		forwardAVX512(&c[0], groups, s.quarter, &s.twiddles[0])
	case avx2:
		forwardAVX2(&c[0], groups, s.quarter, &s.twiddles[0])
	default:
		forwardPassPortable(c, s)
	}
}

func inversePass(set isa, c []float64, s pass) {
	groups := len(c) / Width / (4 * s.quarter)
	switch set {
	case avx512:
		inverseAVX512(&c[0], groups, s.quarter, &s.twiddles[0])
	case avx2:
		inverseAVX2(&c[0], groups, s.quarter, &s.twiddles[0])
	default:
		inversePassPortable(c, s)
	}
}

func halve(set isa, c []float64) {
	switch set {
	case avx512:
		halveAVX512(&c[0], len(c)/(2*Width))
	case avx2:
		halveAVX2(&c[0], len(c)/(2*Width))
	default:
		halvePortable(c)
	}
}

func square(set isa, c []float64) {
	if len(c) == 0 || len(c)%Width != 0 || set == portable {
		squarePortable(c)
		return
	}
	if set == avx512 {
		squareAVX512(&c[0], len(c)/Width)
	} else {
		squareAVX2(&c[0], len(c)/Width)
	}
}

func predict(set isa, dst, n, v, w []float64, f []Factors) {
	switch set {
	case avx512:
		predictAVX512(&dst[0], &n[0], &v[0], &w[0], &f[0].Gamma, len(f))
	case avx2:
		predictAVX2(&dst[0], &n[0], &v[0], &w[0], &f[0].Gamma, len(f))
	default:
		predictPortable(dst, n, v, w, f)
	}
}

func extrapolate(set isa, dst, n, a, n1, w []float64, f []Factors) {
	switch set {
	case avx512:
		extrapolateAVX512(&dst[0], &n[0], &a[0], &n1[0], &w[0], &f[0].Gamma, len(f))
	case avx2:
		extrapolateAVX2(&dst[0], &n[0], &a[0], &n1[0], &w[0], &f[0].Gamma, len(f))
	default:
		extrapolatePortable(dst, n, a, n1, w, f)
	}
}

func complete(set isa, v, n1, n2, n3, w []float64, f []Factors) {
	switch set {
	case avx512:
		completeAVX512(&v[0], &n1[0], &n2[0], &n3[0], &w[0], &f[0].Gamma, len(f))
	case avx2:
		completeAVX2(&v[0], &n1[0], &n2[0], &n3[0], &w[0], &f[0].Gamma, len(f))
	default:
		completePortable(v, n1, n2, n3, w, f)
	}
}
