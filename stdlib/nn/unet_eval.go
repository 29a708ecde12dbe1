package nn

import (
	"math"

	"scorebook/internal/simd"
)

// unetChunk is the number of points that pass through a U-Net together in evaluation: their activations stay in the
// second-level cache.
const unetChunk = 16

const normEpsilon = 1e-5 // added to a norm's variance

// settle multiplies the running norms into the convolutions: γ(y − mean)/√(var + ε) + β of y = w∗x + b is a
// convolution with weights a·w and bias a·(b − mean) + β, with a = γ/√(var + ε).
func (u *UNet) settle() {
	copy(u.merged, u.params)
	forEach(len(u.back), func(i int) {
		if i < len(u.norms) {
			merge(u.frozen.convs[i], u.norms[i])
		}
		u.frozen.flip(u.back, i)
	})
}

func merge(f filter, n norm) {
	factors := make([]float32, f.Out)
	for o := range factors {
		a := float64(f.gamma[o]) / math.Sqrt(float64(n.variance[o])+normEpsilon)
		f.bias[o] = float32(a*(float64(f.bias[o])-float64(n.mean[o])) + float64(f.beta[o]))
		factors[o] = float32(a)
	}
	for row := f.w; len(row) > 0; row = row[f.Out:] {
		for o, a := range factors {
			row[o] *= a
		}
	}
}

// evaluate takes the samples in x through the frozen network.
func (f *flow) evaluate(net *filters) {
	for j, c := range net.convs {
		f.enter(net, j)
		linear := f.of(f.linear[j], outputs(c.Convolution))
		simd.Conv(linear, f.of(f.padded[j], c.Rows()*c.In), c.w, c.bias, c.Convolution, f.batch)
		simd.Swish(f.of(f.act[j], outputs(c.Convolution)), linear)
	}
	f.exit(net)
}

// exit makes the output of the last activation.
func (f *flow) exit(net *filters) {
	h := net.head
	simd.Conv(f.of(f.out, outputs(h.Convolution)), f.of(f.act[len(f.act)-1], h.Length*h.In), h.w, h.bias, h.Convolution, f.batch)
}

// EvalTo writes f(x) to dst for the len(x)/In() points of x, sample-major. It panics on lengths that do not fit,
// and allocates nothing in steady state.
func (u *UNet) EvalTo(dst, x []float64) {
	n := countPoints(u, len(dst), len(x))
	f := u.flows.Get().(*flow)
	for lo := 0; lo < n; lo += unetChunk {
		f.batch = min(unetChunk, n-lo)
		narrow(f.x, x[lo*u.In():(lo+f.batch)*u.In()])
		f.evaluate(u.frozen)
		widen(dst[lo*u.Out():], f.of(f.out, u.Out()))
	}
	u.flows.Put(f)
}

// Eval32To is [UNet.EvalTo] in float32 throughout.
func (u *UNet) Eval32To(dst, x []float32) {
	n := countPoints(u, len(dst), len(x))
	f := u.flows.Get().(*flow)
	for lo := 0; lo < n; lo += unetChunk {
		f.batch = min(unetChunk, n-lo)
		copy(f.x, x[lo*u.In():(lo+f.batch)*u.In()])
		f.evaluate(u.frozen)
		copy(dst[lo*u.Out():], f.of(f.out, u.Out()))
	}
	u.flows.Put(f)
}

// eachOutput runs the frozen network backwards from every output in turn, for a chunk of points at a time: f is called
// with the first point, and ∂f_o/∂x at the points of the chunk, sample-major.
func (u *UNet) eachOutput(x []float64, n int, visit func(first, o int, slope []float32)) {
	f := u.flows.Get().(*flow)
	defer u.flows.Put(f)
	f.returning(unetChunk)
	for lo := 0; lo < n; lo += unetChunk {
		f.batch = min(unetChunk, n-lo)
		narrow(f.x, x[lo*u.In():(lo+f.batch)*u.In()])
		f.evaluate(u.frozen)
		for o := range u.Out() {
			unitRows(f.of(f.dout, u.Out()), u.Out(), o)
			visit(lo, o, f.derive(u.frozen, u.back))
		}
	}
}

// derive carries dout back to the input.
func (f *flow) derive(net *filters, back [][]float32) []float32 {
	last := len(net.convs) - 1
	f.exitBack(net)
	for j := last; j >= 0; j-- {
		n := outputs(net.convs[j].Convolution)
		simd.SwishBack(f.of(f.wide, n), f.of(f.slope[j], n), f.of(f.linear[j], n))
		f.leave(back, j)
	}
	return f.of(f.dx, net.convs[0].Length*net.convs[0].In)
}

// exitBack carries dout to the last activation.
func (f *flow) exitBack(net *filters) {
	h, last := net.head, len(f.slope)-1
	simd.DenseBackInput(f.of(f.slope[last], h.Length*h.In), f.of(f.dout, outputs(h.Convolution)), h.w, f.batch*h.Length, h.In, h.Out)
}

// JacobianTo writes ∂fₒ/∂xᵢ at each point of x to dst, Out×In numbers a point, row-major.
func (u *UNet) JacobianTo(dst, x []float64) {
	n := countJacobians(u, len(dst), len(x), u.Out()*u.In())
	u.eachOutput(x, n, func(first, o int, slope []float32) { scatterRows(dst, slope, first, o, u.Out(), u.In()) })
}

// DivergenceTo writes Σᵢ ∂fᵢ/∂xᵢ at each point of x to dst.
func (u *UNet) DivergenceTo(dst, x []float64) {
	n := countJacobians(u, len(dst), len(x), 1)
	clear(dst)
	u.eachOutput(x, n, func(first, o int, slope []float32) { addDiagonal(dst[first:], slope, o, u.In()) })
}
