package nn

import "scorebook/internal/simd"

// tape records a minibatch's way through the layers, and holds the gradient it leads to.
type tape struct {
	batch      int
	x, y, w    []float32   // inputs, targets, weights of the minibatch
	pre, post  [][]float32 // linear values and activations of each hidden layer
	out, delta []float32   // f(x), and ∂loss/∂ of the layer at hand
	below      []float32   // ∂loss/∂ of the layer below
	grad       []float32   // as MLP.params
	layers     []layer     // views into grad
}

func newTape(m *MLP, batch int) *tape {
	t := &tape{grad: make([]float32, len(m.params))}
	t.layers = views(m.sizes, t.grad)
	widest := m.Out()
	for _, l := range m.layers[:len(m.layers)-1] {
		t.pre = append(t.pre, make([]float32, batch*l.out))
		t.post = append(t.post, make([]float32, batch*l.out))
		widest = max(widest, l.out)
	}
	t.x, t.y, t.w = make([]float32, batch*m.In()), make([]float32, batch*m.Out()), make([]float32, batch)
	t.out = make([]float32, batch*m.Out())
	t.delta, t.below = make([]float32, batch*widest), make([]float32, batch*widest)
	return t
}

// load gathers the samples listed in order.
func (t *tape) load(d Data, in, out int, order []int) {
	t.batch = len(order)
	for b, k := range order {
		for i, v := range d.X[k*in : (k+1)*in] {
			t.x[b*in+i] = float32(v)
		}
		for i, v := range d.Y[k*out : (k+1)*out] {
			t.y[b*out+i] = float32(v)
		}
		t.w[b] = float32(d.weight(k))
	}
}

// forward fills the tape and returns Σ_b w_b |f(x_b) − y_b|².
func (t *tape) forward(m *MLP) float64 {
	x := t.x[:t.batch*m.In()]
	last := len(m.layers) - 1
	for i, l := range m.layers[:last] {
		n := t.batch * l.out
		simd.DenseSwish(t.post[i][:n], t.pre[i][:n], x, l.w, l.b, t.batch, l.in, l.out)
		x = t.post[i][:n]
	}
	l := m.layers[last]
	simd.Dense(t.out[:t.batch*l.out], x, l.w, l.b, t.batch, l.in, l.out)
	loss := 0.0
	for b := range t.batch {
		sum := 0.0
		for i := b * l.out; i < (b+1)*l.out; i++ {
			r := float64(t.out[i] - t.y[i])
			sum += r * r
		}
		loss += float64(t.w[b]) * sum
	}
	return loss
}

// backward writes to grad the gradient of scale·Σ_b w_b |f(x_b) − y_b|².
func (t *tape) backward(m *MLP, scale float32) {
	last := len(m.layers) - 1
	out := m.layers[last].out
	delta, below := t.delta, t.below
	for b := range t.batch {
		c := 2 * scale * t.w[b]
		for i := b * out; i < (b+1)*out; i++ {
			delta[i] = c * (t.out[i] - t.y[i])
		}
	}
	for i := last; i >= 0; i-- {
		l, g := m.layers[i], t.layers[i]
		dy := delta[:t.batch*l.out]
		input := t.x
		if i > 0 {
			input = t.post[i-1]
		}
		input = input[:t.batch*l.in]
		simd.DenseBackWeights(g.w, g.b, input, dy, t.batch, l.in, l.out)
		if i > 0 {
			dx := below[:t.batch*l.in]
			simd.DenseBackInput(dx, dy, l.w, t.batch, l.in, l.out)
			simd.SwishBack(dx, dx, t.pre[i-1][:len(dx)])
			delta, below = below, delta
		}
	}
}
