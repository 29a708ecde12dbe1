package simd

// The kernels of this file work on row-major rows×cols matrices, with one factor, shift or sum for each column. Sums are
// one chain in the order of the rows.

// Moments adds to sum and sqr, for each column j of x,
//
//	sum[j] += Σᵢ (x[i,j] − c[j]),   sqr[j] += Σᵢ (x[i,j] − c[j])²
//
// A centre c near the mean keeps the digits of the variance.
func Moments(sum, sqr, x, c []float32, rows, cols int) { moments(best, sum, sqr, x, c, rows, cols) }

// AffineSwish computes dst = z·σ(z) with z[i,j] = a[j]·x[i,j] + b[j]. dst may be x.
func AffineSwish(dst, x, a, b []float32, rows, cols int) { affineSwish(best, dst, x, a, b, rows, cols) }

// AffineSwishBack carries a gradient through AffineSwish, and adds up what a batch norm's own gradient needs:
//
//	dpre[i,j] = dy[i,j]·swish′(a[j]·x[i,j] + b[j]),   sum[j] += Σᵢ dpre[i,j],   dot[j] += Σᵢ dpre[i,j]·(x[i,j] − c[j])
//
// dpre may be dy.
func AffineSwishBack(dpre, sum, dot, dy, x, a, b, c []float32, rows, cols int) {
	affineSwishBack(best, dpre, sum, dot, dy, x, a, b, c, rows, cols)
}

// Blend computes dst[i,j] = p[j]·u[i,j] + q[j]·v[i,j] + r[j]. dst may be u or v.
func Blend(dst, u, v, p, q, r []float32, rows, cols int) { blend(best, dst, u, v, p, q, r, rows, cols) }

// SumRows computes dst[j] = factor·Σᵢ x[i·stride + j] over rows i in order: x may be wider than dst.
func SumRows(dst, x []float32, factor float32, rows, stride int) {
	check(rows > 0 && stride >= len(dst) && len(x) >= (rows-1)*stride+len(dst), "SumRows", "x does not hold the rows")
	one := [1]float32{factor}
	g := product{c: dst, a: one[:], b: x, ldc: len(dst), ldb: stride, m: 1, n: len(dst), k: rows}
	g.run(best)
}

func checkColumns(kernel string, rows, cols int, matrices, vectors [][]float32) {
	check(rows >= 0 && cols > 0, kernel, "rows must be ≥ 0, cols > 0")
	for _, m := range matrices {
		check(len(m) == rows*cols, kernel, "matrices are not rows×cols")
	}
	for _, v := range vectors {
		check(len(v) == cols, kernel, "vectors do not have cols entries")
	}
}

func moments(set isa, sum, sqr, x, c []float32, rows, cols int) {
	checkColumns("Moments", rows, cols, [][]float32{x}, [][]float32{sum, sqr, c})
	if rows > 0 {
		momentsKernel(set, sum, sqr, x, c, rows, cols)
	}
}

func affineSwish(set isa, dst, x, a, b []float32, rows, cols int) {
	checkColumns("AffineSwish", rows, cols, [][]float32{dst, x}, [][]float32{a, b})
	if rows > 0 {
		affineSwishKernel(set, dst, x, a, b, rows, cols)
	}
}

func affineSwishBack(set isa, dpre, sum, dot, dy, x, a, b, c []float32, rows, cols int) {
	checkColumns("AffineSwishBack", rows, cols, [][]float32{dpre, dy, x}, [][]float32{sum, dot, a, b, c})
	if rows > 0 {
		affineSwishBackKernel(set, dpre, sum, dot, dy, x, a, b, c, rows, cols)
	}
}

func blend(set isa, dst, u, v, p, q, r []float32, rows, cols int) {
	checkColumns("Blend", rows, cols, [][]float32{dst, u, v}, [][]float32{p, q, r})
	if rows > 0 {
		blendKernel(set, dst, u, v, p, q, r, rows, cols)
	}
}
