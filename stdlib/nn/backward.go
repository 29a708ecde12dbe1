package nn

import "scorebook/internal/simd"

// mlpShard is the most samples that go through an MLP together in training.
const mlpShard = 128

// mlpTape holds the shards of a minibatch.
type mlpTape struct {
	net    *MLP
	shards []*mlpPass
	grads  []float32 // a row of Params for each shard
	losses [][2]float64
}

func (m *MLP) newTape(batch int) tape {
	n := (batch + mlpShard - 1) / mlpShard
	t := &mlpTape{net: m, grads: make([]float32, n*len(m.params)), losses: make([][2]float64, n)}
	for i := range n {
		p := newMLPPass(m, min(batch, mlpShard))
		p.grad = views(m.sizes, t.grads[i*len(m.params):(i+1)*len(m.params)])
		t.shards = append(t.shards, p)
	}
	return t
}

func (t *mlpTape) rows() []float32 { return t.grads }

func (t *mlpTape) gradient(load loader, first, n int) (loss, weight float64, rows int) {
	rows = (n + mlpShard - 1) / mlpShard
	forEach(rows, func(i int) {
		lo, hi := share(i, rows, n)
		p := t.shards[i]
		p.batch = hi - lo
		load(p.x[:p.batch*t.net.In()], p.y[:p.batch*t.net.Out()], p.w[:p.batch], first+lo)
		p.forward(t.net)
		f, y, w := p.out[:p.batch*t.net.Out()], p.y[:p.batch*t.net.Out()], p.w[:p.batch]
		t.losses[i][0], t.losses[i][1] = squareErrorBack(p.delta[:len(f)], f, y, w)
		p.backward(t.net, true, false)
	})
	for _, l := range t.losses[:rows] {
		loss, weight = loss+l[0], weight+l[1]
	}
	return loss, weight, rows
}

// mlpPass records some samples' way through the layers and back.
type mlpPass struct {
	batch        int
	x, y, w      []float32   // inputs, targets, weights
	pre, post    [][]float32 // linear values and activations of each hidden layer
	out          []float32   // f(x)
	delta, below []float32   // derivatives by the layer at hand, and by the one below
	grad         []layer     // derivatives by the parameters
}

func newMLPPass(m *MLP, batch int) *mlpPass {
	p := &mlpPass{}
	widest := max(m.In(), m.Out())
	for _, l := range m.layers[:len(m.layers)-1] {
		p.pre = append(p.pre, make([]float32, batch*l.out))
		p.post = append(p.post, make([]float32, batch*l.out))
		widest = max(widest, l.out)
	}
	p.x, p.y, p.w = make([]float32, batch*m.In()), make([]float32, batch*m.Out()), make([]float32, batch)
	p.out = make([]float32, batch*m.Out())
	p.delta, p.below = make([]float32, batch*widest), make([]float32, batch*widest)
	return p
}

// forward fills the record.
func (p *mlpPass) forward(m *MLP) {
	x := p.x[:p.batch*m.In()]
	last := len(m.layers) - 1
	for i, l := range m.layers[:last] {
		n := p.batch * l.out
		simd.DenseSwish(p.post[i][:n], p.pre[i][:n], x, l.w, l.b, p.batch, l.in, l.out)
		x = p.post[i][:n]
	}
	l := m.layers[last]
	simd.Dense(p.out[:p.batch*l.out], x, l.w, l.b, p.batch, l.in, l.out)
}

// backward carries delta, a derivative by the output, down the layers: to grad when parameters is set, and to x when
// inputs is, where delta then is that by x.
func (p *mlpPass) backward(m *MLP, parameters, inputs bool) {
	delta, below := p.delta, p.below
	for i := len(m.layers) - 1; i >= 0; i-- {
		l := m.layers[i]
		dy := delta[:p.batch*l.out]
		input := p.x
		if i > 0 {
			input = p.post[i-1]
		}
		if parameters {
			simd.DenseBackWeights(p.grad[i].w, p.grad[i].b, input[:p.batch*l.in], dy, p.batch, l.in, l.out)
		}
		if i > 0 || inputs {
			dx := below[:p.batch*l.in]
			simd.DenseBackInput(dx, dy, l.w, p.batch, l.in, l.out)
			if i > 0 {
				simd.SwishBack(dx, dx, p.pre[i-1][:len(dx)])
			}
			delta, below = below, delta
		}
	}
	p.delta, p.below = delta, below
}
