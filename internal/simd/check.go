package simd

// check panics when a caller misuses a kernel. The text is joined only then, since every call passes here.
func check(ok bool, kernel, reason string) {
	if !ok {
		panic("simd: " + kernel + ": " + reason)
	}
}

// checkLayer verifies the sizes of a layer: x is batch×in, y is batch×out, w is in×out.
func checkLayer(kernel string, x, y, w []float32, batch, in, out int) {
	check(batch >= 0 && in > 0 && out > 0, kernel, "batch must be ≥ 0, in and out > 0")
	check(len(x) == batch*in, kernel, "input side is not batch×in")
	check(len(y) == batch*out, kernel, "output side is not batch×out")
	check(len(w) == in*out, kernel, "weights are not in×out")
}
