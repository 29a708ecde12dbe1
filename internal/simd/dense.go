package simd

// Dense computes the linear layer y = x·W + b for a batch of samples:
//
//	dst[s·out + o] = bias[o] + Σᵢ x[s·in + i] · w[i·out + o]
//
// x is batch×in, w is in×out, dst is batch×out, all row-major. dst may not overlap x, w or bias.
func Dense(dst, x, w, bias []float32, batch, in, out int) {
	dense(best, dst, x, w, bias, batch, in, out)
}

func dense(set isa, dst, x, w, bias []float32, batch, in, out int) {
	checkLayer("Dense", x, dst, w, batch, in, out)
	check(len(bias) == out, "Dense", "bias does not have out entries")
	g := product{c: dst, init: bias, a: x, b: w, ldc: out, ra: in, ca: 1, ldb: out, m: batch, n: out, k: in}
	g.run(set)
}

// chunkFloats is how many outputs DenseSwish keeps in cache between its two passes.
const chunkFloats = 1 << 13

// DenseSwish computes a linear layer and its activation: pre is what Dense gives, and dst = pre·σ(pre).
// pre may be nil when only the activation is wanted.
func DenseSwish(dst, pre, x, w, bias []float32, batch, in, out int) {
	denseSwish(best, dst, pre, x, w, bias, batch, in, out)
}

func denseSwish(set isa, dst, pre, x, w, bias []float32, batch, in, out int) {
	checkLayer("DenseSwish", x, dst, w, batch, in, out)
	if pre == nil {
		pre = dst
	}
	check(len(pre) == len(dst), "DenseSwish", "pre is not batch×out")
	rows := max(1, chunkFloats/out)
	for s := 0; s < batch; s += rows {
		e := min(s+rows, batch)
		dense(set, pre[s*out:e*out], x[s*in:e*in], w, bias, e-s, in, out)
		swish(set, dst[s*out:e*out], pre[s*out:e*out])
	}
}

// DenseBackInput gives the gradient of a linear layer with respect to its input:
//
//	dx[s·in + i] = Σₒ dy[s·out + o] · w[i·out + o]
func DenseBackInput(dx, dy, w []float32, batch, in, out int) {
	denseBackInput(best, dx, dy, w, batch, in, out)
}

func denseBackInput(set isa, dx, dy, w []float32, batch, in, out int) {
	checkLayer("DenseBackInput", dx, dy, w, batch, in, out)
	t := borrow(in * out)
	defer t.giveBack()
	transpose(set, t.x, w, in, out)
	g := product{c: dx, a: dy, b: t.x, ldc: in, ra: out, ca: 1, ldb: in, m: batch, n: in, k: out}
	g.run(set)
}

// DenseBackWeights gives the gradients of a linear layer with respect to its weights and its bias, summed over the
// batch. Both are overwritten:
//
//	dw[i·out + o] = Σₛ x[s·in + i] · dy[s·out + o],   db[o] = Σₛ dy[s·out + o]
func DenseBackWeights(dw, db, x, dy []float32, batch, in, out int) {
	denseBackWeights(best, dw, db, x, dy, batch, in, out)
}

func denseBackWeights(set isa, dw, db, x, dy []float32, batch, in, out int) {
	checkLayer("DenseBackWeights", x, dy, dw, batch, in, out)
	check(len(db) == out, "DenseBackWeights", "db does not have out entries")
	g := product{c: dw, a: x, b: dy, ldc: out, ra: 1, ca: in, ldb: out, m: in, n: out, k: batch}
	g.run(set)
	one := [1]float32{1}
	g = product{c: db, a: one[:], b: dy, ldc: out, ldb: out, m: 1, n: out, k: batch}
	g.run(set)
}
