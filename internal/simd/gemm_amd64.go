package simd

// Blocks of the product: depth·64 floats of B stay in the first-level cache under a panel, and height·depth of A in
// the second. Sums do not depend on them, since a partial sum is stored as exactly as it is held.
const (
	depth  = 192
	height = 240
)

func gemm(set isa, g *product) {
	if set == portable || g.k == 0 {
		gemmPortable(g)
		return
	}
	for i := 0; i < g.m; i += height {
		for l := 0; l < g.k; l += depth {
			block(set, g, i, l)
		}
	}
}

// panel is the argument of the kernels: m rows of a few columns of C, with strides in bytes and k > 0. A nil init is zero.
type panel = struct {
	c, init, a, b    *float32
	ldc, ldi, ra, ca int
	ldb, m, n, k     int
}

// block does rows i… of the product for the terms l…, panel by panel.
func block(set isa, g *product, i, l int) {
	init, ldi := g.init, g.ldi
	if l > 0 {
		init, ldi = g.c, g.ldc
	}
	const size = 4
	p := panel{
		ldc: size * g.ldc, ldi: size * ldi, ra: size * g.ra, ca: size * g.ca, ldb: size * g.ldb,
		m: min(height, g.m-i), k: min(depth, g.k-l),
	}
	p.a = &g.a[i*g.ra+l*g.ca]
	for j := 0; j < g.n; j += p.n {
		if init != nil {
			p.init = &init[i*ldi+j]
		}
		p.c, p.b = &g.c[i*g.ldc+j], &g.b[l*g.ldb+j]
		p.n = g.n - j
		if set == avx512 {
			runAVX512(&p)
		} else {
			runAVX2(&p)
		}
	}
}

// runAVX512 computes up to 64 of the panel's columns and sets n to their number.
func runAVX512(p *panel) {
	switch {
	case p.n > 48:
		p.n = min(p.n, 64)
		gemm4x16(p)
	case p.n > 16:
		p.n = min(p.n, 32)
		gemm2x16(p)
	default:
		gemm1x16(p)
	}
}

// runAVX2 computes up to 16 of the panel's columns and sets n to their number.
func runAVX2(p *panel) {
	if p.n >= 16 {
		p.n = 16
		gemm2x8(p)
		return
	}
	p.n = min(p.n, 8)
	gemm1x8(p)
}
