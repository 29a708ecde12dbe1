package nn

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"scorebook/internal/rng"
)

// MLP is a fully connected network. Evaluation is safe for concurrent use; training is not, nor is evaluation
// while it trains.
type MLP struct {
	sizes  []int
	params []float32 // of all layers, one after the other
	layers []layer
	pool   *sync.Pool // of *scratch
	passes *sync.Pool // of *mlpPass, for derivatives
}

// layer is a view into the parameters: y = wᵀx + b with w in×out, row-major.
type layer struct {
	in, out int
	w, b    []float32
}

// NewMLP returns a network with the given layer sizes: inputs, hidden layers, outputs. Its weights are drawn from
// Glorot's uniform distribution on ±√(6/(in+out)) by the given seed; its biases are zero. It panics on fewer than
// two sizes or one below 1.
func NewMLP(seed uint64, sizes ...int) *MLP {
	m := &MLP{sizes: append([]int(nil), sizes...)}
	m.params = make([]float32, paramCount(sizes))
	m.layers = views(sizes, m.params)
	m.pool = &sync.Pool{New: func() any { return newScratch(m.sizes) }}
	m.passes = &sync.Pool{New: func() any { return newMLPPass(m, evalChunk) }}
	for i, l := range m.layers {
		draw := rng.New(seed, "nn: weights", uint64(i))
		limit := math.Sqrt(6 / float64(l.in+l.out))
		for k := range l.w {
			l.w[k] = float32(limit * (2*draw.Float64() - 1))
		}
	}
	return m
}

func paramCount(sizes []int) int {
	if len(sizes) < 2 {
		panic(fmt.Sprintf("nn: layer sizes %v lack an input or an output", sizes))
	}
	n := 0
	for i, size := range sizes {
		if size < 1 {
			panic(fmt.Sprintf("nn: layer sizes %v are not all positive", sizes))
		}
		if i > 0 {
			n += (sizes[i-1] + 1) * size
		}
	}
	return n
}

// views cuts a parameter vector, or a gradient of the same shape, into layers.
func views(sizes []int, params []float32) []layer {
	layers := make([]layer, len(sizes)-1)
	for i := range layers {
		in, out := sizes[i], sizes[i+1]
		layers[i] = layer{in: in, out: out, w: params[: in*out : in*out], b: params[in*out : (in+1)*out : (in+1)*out]}
		params = params[(in+1)*out:]
	}
	return layers
}

// In returns the number of inputs.
func (m *MLP) In() int { return m.sizes[0] }

// Out returns the number of outputs.
func (m *MLP) Out() int { return m.sizes[len(m.sizes)-1] }

// Sizes returns the layer sizes, inputs first.
func (m *MLP) Sizes() []int { return append([]int(nil), m.sizes...) }

// Params returns the number of weights and biases.
func (m *MLP) Params() int { return len(m.params) }

// ScaleOutput multiplies f by the given factor, exactly, in the last layer.
func (m *MLP) ScaleOutput(factor float64) {
	last := m.layers[len(m.layers)-1]
	for _, p := range [][]float32{last.w, last.b} {
		for i := range p {
			p[i] = float32(factor * float64(p[i]))
		}
	}
}

// String names the layers and the number of parameters.
func (m *MLP) String() string {
	sizes := strings.Trim(strings.ReplaceAll(fmt.Sprint(m.sizes), " ", " → "), "[]")
	return fmt.Sprintf("MLP %s, swish, %d parameters", sizes, m.Params())
}

// Copy returns an independent network with the same values.
func (m *MLP) Copy() Network {
	c := NewMLP(0, m.sizes...)
	copy(c.params, m.params)
	return c
}

func (m *MLP) weights() []float32 { return m.params }

func (m *MLP) settle() {}

func (m *MLP) architecture() (kind string, sizes any) { return "mlp", m.sizes }

func (m *MLP) tensors() []tensor {
	var t []tensor
	for i, l := range m.layers {
		t = append(t, tensor{name: fmt.Sprintf("layer%d.weight", i), shape: []int{l.in, l.out}, f32: l.w},
			tensor{name: fmt.Sprintf("layer%d.bias", i), shape: []int{l.out}, f32: l.b})
	}
	return t
}
