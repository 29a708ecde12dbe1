package simd

// product is C = init + A·B with C m×n, A m×k and B k×n. Element (i, l) of A is a[i·ra + l·ca], so that A
// may be a transpose; rows of C, B and init are ldc, ldb and ldi apart. A nil init is zero, ldi = 0 repeats one
// row, and init = c adds to C.
type product struct {
	c, init, a, b []float32
	ldc, ldi      int
	ra, ca, ldb   int
	m, n, k       int
}

// run computes the product with the given instruction set.
func (g *product) run(set isa) {
	if g.m == 0 || g.n == 0 {
		return
	}
	gemm(set, g)
}

// Gemm computes C ← A·B, or C ← C + A·B when accumulate is set: c is m×n, a is m×k, b is k×n, all
// row-major without gaps.
//
// Each output is one chain of fused multiply-adds in increasing order of the inner index, on every
// machine.
func Gemm(c, a, b []float32, m, n, k int, accumulate bool) {
	check(m >= 0 && n >= 0 && k >= 0, "Gemm", "negative size")
	check(len(c) == m*n && len(a) == m*k && len(b) == k*n, "Gemm", "slices do not match m×n, m×k, k×n")
	g := product{c: c, a: a, b: b, ldc: n, ldi: n, ra: k, ca: 1, ldb: n, m: m, n: n, k: k}
	if accumulate {
		g.init = c
	}
	g.run(best)
}
