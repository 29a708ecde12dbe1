package simd

func momentsPortable(sum, sqr, x, c []float32, cols int) {
	for ; len(x) > 0; x = x[cols:] {
		for j, v := range x[:cols] {
			d := v - c[j]
			sum[j] += d
			sqr[j] = fma32(d, d, sqr[j])
		}
	}
}

func affineSwishPortable(dst, x, a, b []float32, cols int) {
	for i, v := range x {
		j := i % cols
		z := fma32(a[j], v, b[j])
		dst[i] = z / (1 + expOne(-z))
	}
}

func affineSwishBackPortable(dpre, sum, dot, dy, x, a, b, c []float32, cols int) {
	for i, v := range x {
		j := i % cols
		z := fma32(a[j], v, b[j])
		s := 1 / (1 + expOne(-z))
		q := fma32(-z, s, z)
		g := dy[i] * fma32(q, s, s)
		dpre[i] = g
		sum[j] += g
		dot[j] = fma32(g, v-c[j], dot[j])
	}
}

func blendPortable(dst, u, v, p, q, r []float32, cols int) {
	for i := range dst {
		j := i % cols
		dst[i] = fma32(p[j], u[i], fma32(q[j], v[i], r[j]))
	}
}
