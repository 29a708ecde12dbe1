package simd

// Convolution is the shape of a convolution along one axis. Each sample is a run of rows of In channels; an output row
// is made of Taps successive input rows, and the next one starts Stride rows further on. Padding is the caller's: a
// sample has (Length − 1)·Stride + Taps input rows for Length output rows.
type Convolution struct{ Taps, Stride, In, Out, Length int }

// Rows is the number of input rows of a sample.
func (c Convolution) Rows() int { return (c.Length-1)*c.Stride + c.Taps }

// window is the number of inputs that an output row sees.
func (c Convolution) window() int { return c.Taps * c.In }

// plain tells that windows do not overlap, so that the whole batch is one product.
func (c Convolution) plain() bool { return c.Taps == c.Stride || c.Taps == 1 && c.Stride == 1 }

// Windows of short samples are gathered first: a product of a few rows would read all the weights for each sample.
const (
	shortLength = 12
	gatherRows  = 192
)

func (c Convolution) check(kernel string, batch int, x, y, w []float32) {
	check(batch >= 0 && c.Taps > 0 && c.Stride > 0 && c.In > 0 && c.Out > 0 && c.Length > 0, kernel, "sizes must be positive")
	check(len(x) == batch*c.Rows()*c.In, kernel, "input is not batch×rows×in")
	check(len(y) == batch*c.Length*c.Out, kernel, "output is not batch×length×out")
	check(len(w) == c.window()*c.Out, kernel, "weights are not taps×in×out")
}

// Conv computes the convolution of each sample of a batch:
//
//	y[s,l,o] = bias[o] + Σ_t Σᵢ x[s, l·stride + t, i] · w[t,i,o]
//
// bias may be nil for none.
func Conv(y, x, w, bias []float32, c Convolution, batch int) { conv(best, y, x, w, bias, c, batch) }

func conv(set isa, y, x, w, bias []float32, c Convolution, batch int) {
	c.check("Conv", batch, x, y, w)
	check(bias == nil || len(bias) == c.Out, "Conv", "bias does not have out entries")
	g := product{c: y, init: bias, a: x, b: w, ldc: c.Out, ra: c.window(), ca: 1, ldb: c.Out, m: batch * c.Length, n: c.Out, k: c.window()}
	if c.plain() {
		g.run(set)
		return
	}
	c.eachBlock(x, batch, func(first, samples int, a []float32, stride int) {
		g.a, g.ra, g.m = a, stride, samples*c.Length
		g.c = y[first*c.Length*c.Out:]
		g.run(set)
	})
}

// ConvBackWeights gives the gradient of a convolution with respect to its weights, summed over the batch; it
// overwrites dw:
//
//	dw[t,i,o] = Σ_s Σ_l x[s, l·stride + t, i] · dy[s,l,o]
func ConvBackWeights(dw, x, dy []float32, c Convolution, batch int) {
	convBackWeights(best, dw, x, dy, c, batch)
}

func convBackWeights(set isa, dw, x, dy []float32, c Convolution, batch int) {
	c.check("ConvBackWeights", batch, x, dy, dw)
	g := product{c: dw, a: x, b: dy, ldc: c.Out, ldi: c.Out, ra: 1, ca: c.window(), ldb: c.Out, m: c.window(), n: c.Out, k: batch * c.Length}
	if c.plain() || batch == 0 {
		g.run(set)
		return
	}
	c.eachBlock(x, batch, func(first, samples int, a []float32, stride int) {
		g.a, g.ca, g.k = a, stride, samples*c.Length
		g.b = dy[first*c.Length*c.Out:]
		g.run(set)
		g.init = dw
	})
}

// eachBlock calls f with blocks of samples whose windows are a matrix with the given distance between rows: one sample
// at a time as it is, or several short ones gathered.
func (c Convolution) eachBlock(x []float32, batch int, f func(first, samples int, a []float32, stride int)) {
	span := c.Rows() * c.In
	if c.Length >= shortLength {
		for s := range batch {
			f(s, 1, x[s*span:(s+1)*span], c.Stride*c.In)
		}
		return
	}
	step := max(1, gatherRows/c.Length)
	t := borrow(min(step, batch) * c.Length * c.window())
	defer t.giveBack()
	for s := 0; s < batch; s += step {
		n := min(step, batch-s)
		c.gather(t.x, x[s*span:(s+n)*span])
		f(s, n, t.x[:n*c.Length*c.window()], c.window())
	}
}

// gather writes the windows of the samples x row after row.
func (c Convolution) gather(dst, x []float32) {
	span, wide := c.Rows()*c.In, c.window()
	for ; len(x) > 0; x = x[span:] {
		for l := range c.Length {
			copy(dst[:wide], x[l*c.Stride*c.In:])
			dst = dst[wide:]
		}
	}
}
