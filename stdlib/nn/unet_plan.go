package nn

import (
	"fmt"

	"scorebook/internal/simd"
)

// plan is the geometry of a U-Net with n levels. Its convolutions with norms are numbered as a sample meets them: 2i and
// 2i+1 on level i of the way down, 2n and 2n+1 at the bottom, and two for each level on the way up.
type plan struct {
	levels int
	half   int // rows of padding on either side
	convs  []simd.Convolution
	downs  []simd.Convolution
	head   simd.Convolution
	names  []string // of convs, downs and head
}

func newPlan(o UNetOptions) *plan {
	n := len(o.Multipliers)
	p := &plan{levels: n, half: o.Kernel / 2}
	block := func(name string, in, out, length int) {
		p.names = append(p.names, name+".0", name+".1")
		p.convs = append(p.convs, simd.Convolution{Taps: o.Kernel, Stride: 1, In: in, Out: out, Length: length},
			simd.Convolution{Taps: o.Kernel, Stride: 1, In: out, Out: out, Length: length})
	}
	in := o.Channels
	for i, m := range o.Multipliers {
		block(fmt.Sprintf("down%d", i), in, o.Base*m, o.Length>>i)
		in = o.Base * m
		p.downs = append(p.downs, simd.Convolution{Taps: 2, Stride: 2, In: in, Out: in, Length: o.Length >> (i + 1)})
	}
	block("bottom", in, 2*in, o.Length>>n)
	in *= 2
	for i := n - 1; i >= 0; i-- {
		width := o.Base * o.Multipliers[i]
		block(fmt.Sprintf("up%d", i), in+width, width, o.Length>>i)
		in = width
	}
	p.head = simd.Convolution{Taps: 1, Stride: 1, In: in, Out: o.Channels, Length: o.Length}
	for i := range p.downs {
		p.names = append(p.names, fmt.Sprintf("halve%d", i))
	}
	p.names = append(p.names, "head")
	return p
}

// skip is the convolution of the way down whose output joins the input of convolution j on the way up, or −1.
func (p *plan) skip(j int) int {
	if j%2 == 1 || j <= 2*p.levels {
		return -1
	}
	return 4*p.levels + 1 - j
}

// filter is a convolution with its parameters; gamma and beta are those of its norm, if it has one.
type filter struct {
	simd.Convolution
	w, bias, gamma, beta []float32
}

// filters are views into a vector of parameters, or of derivatives by them.
type filters struct {
	convs, downs []filter
	head         filter
}

func (f *filters) all() []filter {
	return append(append(append([]filter(nil), f.convs...), f.downs...), f.head)
}

// norm is the running mean and variance of a batch norm.
type norm struct{ mean, variance []float32 }

func weightCount(c simd.Convolution) int { return c.Taps * c.In * c.Out }

// sizes are the numbers of parameters and of running means and variances.
func (p *plan) sizes() (params, state int) {
	for _, c := range p.convs {
		params += weightCount(c) + 3*c.Out
		state += 2 * c.Out
	}
	for _, c := range append(append([]simd.Convolution(nil), p.downs...), p.head) {
		params += weightCount(c) + c.Out
	}
	return params, state
}

// cutter hands out successive parts of a vector.
type cutter struct{ rest []float32 }

func (c *cutter) cut(n int) []float32 {
	part := c.rest[:n:n]
	c.rest = c.rest[n:]
	return part
}

func (p *plan) filters(params []float32) *filters {
	c := &cutter{params}
	f := &filters{}
	plain := func(s simd.Convolution) filter {
		return filter{Convolution: s, w: c.cut(weightCount(s)), bias: c.cut(s.Out)}
	}
	for _, s := range p.convs {
		g := plain(s)
		g.gamma, g.beta = c.cut(s.Out), c.cut(s.Out)
		f.convs = append(f.convs, g)
	}
	for _, s := range p.downs {
		f.downs = append(f.downs, plain(s))
	}
	f.head = plain(p.head)
	return f
}

func (p *plan) norms(state []float32) []norm {
	c := &cutter{state}
	var norms []norm
	for _, s := range p.convs {
		norms = append(norms, norm{mean: c.cut(s.Out), variance: c.cut(s.Out)})
	}
	return norms
}

// backFilters allocates what flip writes: for each of convs and downs.
func (p *plan) backFilters() [][]float32 {
	var back [][]float32
	for _, c := range append(append([]simd.Convolution(nil), p.convs...), p.downs...) {
		back = append(back, make([]float32, weightCount(c)))
	}
	return back
}

// flip writes filters that carry derivatives by outputs to those by inputs: for convs, the convolution with the order
// of taps reversed and channels exchanged; for downs, out×(2·in) matrices.
func (f *filters) flip(back [][]float32, i int) {
	dst, n := back[i], len(f.convs)
	if i >= n {
		d := f.downs[i-n]
		exchange(dst, d.w, d.Taps*d.In, d.Out)
		return
	}
	c := f.convs[i]
	size := c.In * c.Out
	for t := range c.Taps {
		exchange(dst[(c.Taps-1-t)*size:][:size], c.w[t*size:(t+1)*size], c.In, c.Out)
	}
}

// exchange writes the transpose of the rows×cols matrix src.
func exchange(dst, src []float32, rows, cols int) {
	for i := range rows {
		for j, v := range src[i*cols : (i+1)*cols] {
			dst[j*rows+i] = v
		}
	}
}
