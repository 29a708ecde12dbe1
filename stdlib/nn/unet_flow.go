package nn

import "scorebook/internal/simd"

// flow holds the activations of some samples on their way through a U-Net, sample-major, and the derivatives on their
// way back.
type flow struct {
	plan   *plan
	batch  int
	x, out []float32
	padded [][]float32 // inputs of the convolutions, with their padding
	linear [][]float32 // their outputs
	act    [][]float32 // after norm and swish
	halved [][]float32 // outputs of downs

	slope          [][]float32 // derivatives by act; nil until the way back is asked for
	wide, deep, dx []float32   // derivatives by a convolution's output, the same padded, and by its input
	dout           []float32
}

func newFlow(p *plan, batch int) *flow {
	f := &flow{plan: p}
	f.x, f.out = make([]float32, batch*p.convs[0].In*p.head.Length), make([]float32, batch*p.head.Out*p.head.Length)
	for _, c := range p.convs {
		f.padded = append(f.padded, make([]float32, batch*c.Rows()*c.In))
		f.linear = append(f.linear, make([]float32, batch*c.Length*c.Out))
		f.act = append(f.act, make([]float32, batch*c.Length*c.Out))
	}
	for _, c := range p.downs {
		f.halved = append(f.halved, make([]float32, batch*c.Length*c.Out))
	}
	return f
}

// returning allocates what the way back needs.
func (f *flow) returning(batch int) {
	if f.slope != nil {
		return
	}
	wide, deep, dx := 0, 0, 0
	for _, c := range f.plan.convs {
		f.slope = append(f.slope, make([]float32, batch*c.Length*c.Out))
		wide, deep, dx = max(wide, c.Length*c.Out), max(deep, c.Rows()*c.Out), max(dx, c.Length*c.In)
	}
	f.wide, f.deep, f.dx = make([]float32, batch*wide), make([]float32, batch*deep), make([]float32, batch*dx)
	f.dout = make([]float32, len(f.out))
}

// of is the part of a buffer that holds the samples at hand, with so many numbers each.
func (f *flow) of(buffer []float32, numbers int) []float32 { return buffer[:f.batch*numbers] }

func outputs(c simd.Convolution) int { return c.Length * c.Out }

// enter fills the padded input of convolution j from what comes before it.
func (f *flow) enter(net *filters, j int) {
	c := f.plan.convs[j]
	dst := f.of(f.padded[j], c.Rows()*c.In)
	switch skip := f.plan.skip(j); {
	case j == 0:
		f.pad(dst, f.x, c.In, c.Length)
	case j%2 == 1:
		f.pad(dst, f.act[j-1], c.In, c.Length)
	case skip < 0:
		d := net.downs[j/2-1]
		half := f.of(f.halved[j/2-1], outputs(d.Convolution))
		simd.Conv(half, f.of(f.act[j-1], 2*d.Length*d.In), d.w, d.bias, d.Convolution, f.batch)
		f.pad(dst, half, c.In, c.Length)
	default:
		f.join(dst, f.act[j-1], f.act[skip], f.plan.convs[j-1].Out, c)
	}
}

// pad copies each sample's rows of src between the rows from its other end.
func (f *flow) pad(dst, src []float32, in, length int) {
	for s := range f.batch {
		rows := src[s*length*in : (s+1)*length*in]
		edge := f.plan.half * in
		to := dst[s*(len(rows)+2*edge):][:len(rows)+2*edge]
		copy(to[edge:], rows)
		wrap(to, edge)
	}
}

// wrap fills both edges of a sample's rows from the opposite ends of its middle.
func wrap(to []float32, edge int) {
	copy(to[:edge], to[len(to)-2*edge:])
	copy(to[len(to)-edge:], to[edge:2*edge])
}

// join writes, for each position, the row below of half the length and the row of the skip, and pads.
func (f *flow) join(dst, below, skip []float32, width int, c simd.Convolution) {
	edge := f.plan.half * c.In
	other := c.In - width
	for s := range f.batch {
		to := dst[s*c.Rows()*c.In:][:c.Rows()*c.In]
		for l := range c.Length {
			row := to[edge+l*c.In:][:c.In]
			copy(row, below[(s*c.Length/2+l/2)*width:][:width])
			copy(row[width:], skip[(s*c.Length+l)*other:][:other])
		}
		wrap(to, edge)
	}
}

// leave carries the derivative by the output of convolution j, in wide, to the derivatives by what came before it.
func (f *flow) leave(back [][]float32, j int) {
	c := f.plan.convs[j]
	returned := simd.Convolution{Taps: c.Taps, Stride: 1, In: c.Out, Out: c.In, Length: c.Length}
	deep := f.of(f.deep, c.Rows()*c.Out)
	f.pad(deep, f.wide, c.Out, c.Length)
	to := f.dx
	if j%2 == 1 {
		to = f.slope[j-1]
	}
	dx := f.of(to, c.Length*c.In)
	simd.Conv(dx, deep, back[j], nil, returned, f.batch)
	switch skip := f.plan.skip(j); {
	case j == 0 || j%2 == 1:
	case skip < 0:
		d := f.plan.downs[j/2-1]
		simd.Gemm(f.of(f.slope[j-1], 2*d.Length*d.In), dx, back[len(f.plan.convs)+j/2-1], f.batch*d.Length, 2*d.In, d.Out, true)
	default:
		f.part(f.slope[j-1], f.slope[skip], dx, f.plan.convs[j-1].Out, c)
	}
}

// part undoes join: it adds up the derivatives of both copies of a row below.
func (f *flow) part(below, skip, dx []float32, width int, c simd.Convolution) {
	other := c.In - width
	for pair := range f.batch * c.Length / 2 {
		even, odd := dx[2*pair*c.In:][:c.In], dx[(2*pair+1)*c.In:][:c.In]
		row := below[pair*width:][:width]
		for i := range row {
			row[i] = even[i] + odd[i]
		}
		copy(skip[2*pair*other:][:other], even[width:])
		copy(skip[(2*pair+1)*other:][:other], odd[width:])
	}
}
