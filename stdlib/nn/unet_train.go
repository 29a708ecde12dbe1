package nn

import (
	"math"

	"scorebook/internal/simd"
)

// A minibatch of a U-Net is cut into unetShards, or fewer of at least leastShard samples.
const (
	unetShards = 8
	leastShard = 16
	momentum   = 0.1 // share of a minibatch in the running means
)

// unetTape holds the shards of a minibatch. The norms tie them together: every convolution is a phase of its own, and
// its sums over all the samples are made between phases.
type unetTape struct {
	u      *UNet
	shards []*unetShard
	grads  []float32
	norms  []batchNorm
	back   [][]float32
}

// unetShard is some samples of a minibatch.
type unetShard struct {
	*flow
	y, w         []float32
	grad         *filters
	loss, weight float64
	sum, sqr     []float32 // of a norm's inputs on the way there; of derivatives and their products on the way back
}

// batchNorm is a norm over one minibatch: z = a·y + b of the convolution's output y, and its derivative
// ∂y = p·∂z + q·y + r.
type batchNorm struct {
	mean, a, b, p, q, r []float32
	inverse             []float64 // 1/√(variance + ε)
}

func shardsOf(n int) int { return max(1, min(unetShards, n/leastShard)) }

func (u *UNet) newTape(batch int) tape {
	n := shardsOf(batch)
	t := &unetTape{u: u, grads: make([]float32, n*len(u.params)), back: u.plan.backFilters()}
	size, widest := 0, 0
	for k := 1; k <= n; k++ { // fewer shards may hold more samples each
		size = max(size, (min(batch, (k+1)*leastShard-1)+k-1)/k)
	}
	size = max(size, (batch+n-1)/n)
	for _, c := range u.plan.convs {
		widest = max(widest, c.Out)
		v := func() []float32 { return make([]float32, c.Out) }
		t.norms = append(t.norms, batchNorm{v(), v(), v(), v(), v(), v(), make([]float64, c.Out)})
	}
	for i := range n {
		s := &unetShard{flow: newFlow(u.plan, size), y: make([]float32, size*u.Out()), w: make([]float32, size)}
		s.returning(size)
		s.grad = u.plan.filters(t.grads[i*len(u.params) : (i+1)*len(u.params)])
		s.sum, s.sqr = make([]float32, widest), make([]float32, widest)
		t.shards = append(t.shards, s)
	}
	return t
}

func (t *unetTape) rows() []float32 { return t.grads }

func (t *unetTape) gradient(load loader, first, n int) (loss, weight float64, rows int) {
	rows = shardsOf(n)
	shards := t.shards[:rows]
	last := len(t.norms) - 1
	for j := range t.norms {
		forEach(rows, func(i int) {
			s := shards[i]
			if j == 0 {
				lo, hi := share(i, rows, n)
				s.batch = hi - lo
				load(s.of(s.x, t.u.In()), s.of(s.y, t.u.Out()), s.w[:s.batch], first+lo)
			} else {
				s.activate(t.norms[j-1], j-1)
			}
			s.convolve(t.u, j)
		})
		t.normalise(shards, j, n)
	}
	forEach(len(t.back), func(i int) { t.u.net.flip(t.back, i) })
	forEach(rows, func(i int) {
		shards[i].activate(t.norms[last], last)
		shards[i].compare(t.u)
		shards[i].unswish(t.norms[last], last)
	})
	for j := last; j >= 0; j-- {
		t.unnormalise(shards, j, n)
		forEach(rows, func(i int) { shards[i].retreat(t, j) })
	}
	for _, s := range shards {
		loss, weight = loss+s.loss, weight+s.weight
	}
	return loss, weight, rows
}

// convolve does convolution j, and sums its outputs around the running mean.
func (s *unetShard) convolve(u *UNet, j int) {
	c := u.net.convs[j]
	s.enter(u.net, j)
	linear := s.of(s.linear[j], outputs(c.Convolution))
	simd.Conv(linear, s.of(s.padded[j], c.Rows()*c.In), c.w, c.bias, c.Convolution, s.batch)
	clear(s.sum)
	clear(s.sqr)
	simd.Moments(s.sum[:c.Out], s.sqr[:c.Out], linear, u.norms[j].mean, s.batch*c.Length, c.Out)
}

func (s *unetShard) activate(b batchNorm, j int) {
	c := s.plan.convs[j]
	simd.AffineSwish(s.of(s.act[j], outputs(c)), s.of(s.linear[j], outputs(c)), b.a, b.b, s.batch*c.Length, c.Out)
}

// normalise makes norm j of the shards' sums, and moves the running mean and variance towards the minibatch's.
func (t *unetTape) normalise(shards []*unetShard, j, n int) {
	c, b, running := t.u.net.convs[j], t.norms[j], t.u.norms[j]
	m := float64(n * c.Length)
	for o := range c.Out {
		sum, sqr := 0.0, 0.0
		for _, s := range shards {
			sum, sqr = sum+float64(s.sum[o]), sqr+float64(s.sqr[o])
		}
		shift := sum / m
		mean, variance := float64(running.mean[o])+shift, max(0, sqr/m-shift*shift)
		b.inverse[o] = 1 / math.Sqrt(variance+normEpsilon)
		a := float64(c.gamma[o]) * b.inverse[o]
		b.mean[o], b.a[o], b.b[o] = float32(mean), float32(a), float32(float64(c.beta[o])-a*mean)
		unbiased := variance * m / max(1, m-1)
		running.mean[o] += momentum * float32(shift)
		running.variance[o] += momentum * float32(unbiased-float64(running.variance[o]))
	}
}

// compare makes the output, its error, and the derivatives by the last convolution and what it saw.
func (s *unetShard) compare(u *UNet) {
	s.exit(u.net)
	out, dout, y, w := s.of(s.out, u.Out()), s.of(s.dout, u.Out()), s.of(s.y, u.Out()), s.w[:s.batch]
	s.loss, s.weight = squareErrorBack(dout, out, y, w)
	h, g := u.net.head, s.grad.head
	simd.DenseBackWeights(g.w, g.bias, s.of(s.act[len(s.act)-1], h.Length*h.In), dout, s.batch*h.Length, h.In, h.Out)
	s.exitBack(u.net)
}

// unswish carries the derivative by activation j to that by the norm's output, and sums what the norm's own needs.
func (s *unetShard) unswish(b batchNorm, j int) {
	c := s.plan.convs[j]
	clear(s.sum)
	clear(s.sqr)
	slope := s.of(s.slope[j], outputs(c))
	simd.AffineSwishBack(slope, s.sum[:c.Out], s.sqr[:c.Out], slope, s.of(s.linear[j], outputs(c)), b.a, b.b, b.mean, s.batch*c.Length, c.Out)
}

// unnormalise makes the derivative of norm j: with y′ = (y − mean)·inverse,
//
//	∂y = γ·inverse·(∂z − ⟨∂z⟩ − y′⟨∂z·y′⟩),   ∂γ = Σ ∂z·y′,   ∂β = Σ ∂z
//
// They go to the first shard's row; the convolution's bias has no effect on z, and its derivative stays 0.
func (t *unetTape) unnormalise(shards []*unetShard, j, n int) {
	c, b, g := t.u.net.convs[j], t.norms[j], shards[0].grad.convs[j]
	m := float64(n * c.Length)
	for o := range c.Out {
		sum, dot := 0.0, 0.0
		for _, s := range shards {
			sum, dot = sum+float64(s.sum[o]), dot+float64(s.sqr[o])
		}
		inverse := b.inverse[o]
		g.gamma[o], g.beta[o] = float32(dot*inverse), float32(sum)
		p := float64(c.gamma[o]) * inverse
		q := -p * inverse * inverse * dot / m
		b.p[o], b.q[o], b.r[o] = float32(p), float32(q), float32(-p*sum/m-q*float64(b.mean[o]))
	}
}

// retreat carries derivatives through norm and convolution j, and through the activation before it.
func (s *unetShard) retreat(t *unetTape, j int) {
	c, b := s.plan.convs[j], t.norms[j]
	wide := s.of(s.wide, outputs(c))
	simd.Blend(wide, s.of(s.slope[j], outputs(c)), s.of(s.linear[j], outputs(c)), b.p, b.q, b.r, s.batch*c.Length, c.Out)
	simd.ConvBackWeights(s.grad.convs[j].w, s.of(s.padded[j], c.Rows()*c.In), wide, c, s.batch)
	if j == 0 {
		return
	}
	s.leave(t.back, j)
	if skip := s.plan.skip(j); j%2 == 0 && skip < 0 {
		d, g := s.plan.downs[j/2-1], s.grad.downs[j/2-1]
		simd.DenseBackWeights(g.w, g.bias, s.of(s.act[j-1], 2*d.Length*d.In), s.of(s.dx, outputs(d)), s.batch*d.Length, 2*d.In, d.Out)
	}
	s.unswish(t.norms[j-1], j-1)
}
