package simd

// gemmPortable is the pure Go twin of the assembly: one accumulator per output, in increasing k.
func gemmPortable(g *product) {
	for i := range g.m {
		c := g.c[i*g.ldc : i*g.ldc+g.n]
		if g.init == nil {
			clear(c)
		} else if s := g.init[i*g.ldi : i*g.ldi+g.n]; &s[0] != &c[0] {
			copy(c, s)
		}
		for l := range g.k {
			axpyPortable(c, g.a[i*g.ra+l*g.ca], g.b[l*g.ldb:l*g.ldb+g.n])
		}
	}
}

// axpyPortable adds x·b to c.
func axpyPortable(c []float32, x float32, b []float32) {
	b = b[:len(c)]
	for j, v := range b {
		c[j] = fma32(x, v, c[j])
	}
}
