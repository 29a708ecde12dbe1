package nn

// eachOutput runs the layers backwards from every output in turn, for a chunk of points at a time: f is called with the
// first point, and ∂f_o/∂x at the points of the chunk, sample-major.
func (m *MLP) eachOutput(x []float64, n int, f func(first, o int, slope []float32)) {
	p := m.passes.Get().(*mlpPass)
	defer m.passes.Put(p)
	for lo := 0; lo < n; lo += evalChunk {
		p.batch = min(evalChunk, n-lo)
		narrow(p.x, x[lo*m.In():(lo+p.batch)*m.In()])
		p.forward(m)
		for o := range m.Out() {
			unitRows(p.delta[:p.batch*m.Out()], m.Out(), o)
			p.backward(m, false, true)
			f(lo, o, p.delta[:p.batch*m.In()])
		}
	}
}

// unitRows makes every row the unit vector e_o.
func unitRows(delta []float32, out, o int) {
	clear(delta)
	for i := o; i < len(delta); i += out {
		delta[i] = 1
	}
}

// JacobianTo writes ∂fₒ/∂xᵢ at each point of x to dst, Out×In numbers a point, row-major.
func (m *MLP) JacobianTo(dst, x []float64) {
	n := countJacobians(m, len(dst), len(x), m.Out()*m.In())
	m.eachOutput(x, n, func(first, o int, slope []float32) { scatterRows(dst, slope, first, o, m.Out(), m.In()) })
}

// DivergenceTo writes Σᵢ ∂fᵢ/∂xᵢ at each point of x to dst.
func (m *MLP) DivergenceTo(dst, x []float64) {
	checkSquare(m)
	n := countJacobians(m, len(dst), len(x), 1)
	clear(dst)
	m.eachOutput(x, n, func(first, o int, slope []float32) { addDiagonal(dst[first:], slope, o, m.In()) })
}

// scatterRows writes a chunk's slopes as row o of each point's Jacobian.
func scatterRows(dst []float64, slope []float32, first, o, out, in int) {
	for b := 0; b*in < len(slope); b++ {
		widen(dst[((first+b)*out+o)*in:], slope[b*in:(b+1)*in])
	}
}

// addDiagonal adds the slope by input o to each point's sum.
func addDiagonal(dst []float64, slope []float32, o, in int) {
	for b := 0; b*in < len(slope); b++ {
		dst[b] += float64(slope[b*in+o])
	}
}
