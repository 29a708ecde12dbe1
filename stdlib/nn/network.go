package nn

import (
	"fmt"

	"scorebook/internal/simd"
)

// Network is a function f: ℝᴵⁿ → ℝᴼᵘᵗ with parameters that [Train] fits: an [MLP] or a [UNet]. Evaluation is safe for
// concurrent use and allocates nothing in steady state; it may not run while the network trains. Lengths that do not fit
// panic.
type Network interface {
	// In and Out are the numbers of inputs and outputs, Params that of trained parameters.
	In() int
	Out() int
	Params() int
	// EvalTo writes f(x) to dst for the len(x)/In points of x, sample-major. Eval32To is the same in float32 throughout.
	EvalTo(dst, x []float64)
	Eval32To(dst, x []float32)
	// JacobianTo writes ∂fₒ/∂xᵢ at each point to dst, Out×In numbers a point, row-major.
	JacobianTo(dst, x []float64)
	// DivergenceTo writes Σᵢ ∂fᵢ/∂xᵢ at each point to dst; In and Out must be equal.
	DivergenceTo(dst, x []float64)
	// ScaleOutput multiplies f by the given factor, in the last layer.
	ScaleOutput(factor float64)
	// Copy returns an independent network with the same values.
	Copy() Network
	String() string

	weights() []float32                     // what Adam moves
	tensors() []tensor                      // all that a file keeps, as views
	settle()                                // follows a change of the tensors
	newTape(batch int) tape                 // for minibatches of so many samples
	architecture() (kind string, sizes any) // what a file needs to build it again
}

var _, _ Network = (*MLP)(nil), (*UNet)(nil)

// tape carries minibatches forwards and backwards. A minibatch is cut into shards by its size alone, and what the
// shards find is added up in their order: results do not depend on the number of cores.
type tape interface {
	// gradient loads samples first … first+n−1 and returns Σ_b w_b |f(x_b) − y_b|² and Σ_b w_b. It leaves the gradient of the
	// former in as many rows of Params numbers as it says: the gradient is their sum.
	gradient(load loader, first, n int) (loss, weight float64, rows int)
	rows() []float32
}

// loader writes samples first … first+len(w)−1 of an epoch, sample-major.
type loader func(x, y, w []float32, first int)

// countPoints checks the lengths of a batch and returns the number of points in it.
func countPoints(n Network, dst, x int) int {
	points := x / n.In()
	if points*n.In() != x || points*n.Out() != dst {
		panic(fmt.Sprintf("nn: %d inputs and %d outputs do not fit a network with %d and %d", x, dst, n.In(), n.Out()))
	}
	return points
}

// countJacobians is countPoints for derivatives, each points' part of dst being size numbers.
func countJacobians(n Network, dst, x, size int) int {
	points := x / n.In()
	if points*n.In() != x || points*size != dst {
		panic(fmt.Sprintf("nn: %d inputs and %d derivatives do not fit a network with %d inputs and %d outputs", x, dst, n.In(), n.Out()))
	}
	return points
}

func checkSquare(n Network) {
	if n.In() != n.Out() {
		panic(fmt.Sprintf("nn: a divergence needs as many outputs as inputs; the network has %d and %d", n.Out(), n.In()))
	}
}

// narrow and widen convert between the precisions.
func narrow(dst []float32, x []float64) {
	if len(x) >= 8 { // shorter ones are not worth the call
		simd.Narrow(dst[:len(x)], x)
		return
	}
	for i, v := range x {
		dst[i] = float32(v)
	}
}

func widen(dst []float64, x []float32) {
	for i, v := range x {
		dst[i] = float64(v)
	}
}

// squareError returns Σ_b w_b |f_b − y_b|² and Σ_b w_b.
func squareError(f, y, w []float32) (loss, weight float64) {
	out := len(f) / len(w)
	for b, wb := range w {
		sum := 0.0
		for i := b * out; i < (b+1)*out; i++ {
			r := float64(f[i] - y[i])
			sum += r * r
		}
		loss += float64(wb) * sum
		weight += float64(wb)
	}
	return loss, weight
}

// squareErrorBack is squareError, and writes its gradient with respect to f.
func squareErrorBack(delta, f, y, w []float32) (loss, weight float64) {
	out := len(f) / len(w)
	for b, wb := range w {
		f, y, delta := f[b*out:(b+1)*out], y[b*out:(b+1)*out], delta[b*out:(b+1)*out]
		sum := 0.0
		for i, v := range f {
			r := v - y[i]
			sum += float64(r) * float64(r)
			delta[i] = 2 * wb * r
		}
		loss += float64(wb) * sum
		weight += float64(wb)
	}
	return loss, weight
}
