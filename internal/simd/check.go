package simd

// check panics when a caller misuses a kernel.
func check(ok bool, what string) {
	if !ok {
		panic("simd: " + what)
	}
}

// checkLayer verifies the sizes of a layer: x is batch×in, y is batch×out, w is in×out.
func checkLayer(name string, x, y, w []float32, batch, in, out int) {
	check(batch >= 0 && in > 0 && out > 0, name+": batch must be ≥ 0 and in, out > 0")
	check(len(x) == batch*in, name+": input side is not batch×in")
	check(len(y) == batch*out, name+": output side is not batch×out")
	check(len(w) == in*out, name+": weights are not in×out")
}
