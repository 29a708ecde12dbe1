package simd

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// filters are one of each way through: whole batches, single samples, gathered ones, and tails of all.
var filters = []Convolution{
	{Taps: 5, Stride: 1, In: 3, Out: 16, Length: 32}, {Taps: 5, Stride: 1, In: 64, Out: 128, Length: 4}, {Taps: 5, Stride: 1, In: 1, Out: 7, Length: 8},
	{Taps: 2, Stride: 2, In: 16, Out: 16, Length: 16}, {Taps: 1, Stride: 1, In: 16, Out: 1, Length: 32}, {Taps: 3, Stride: 2, In: 5, Out: 9, Length: 13},
}

// filtered is a random convolution with its results.
type filtered struct {
	Convolution
	batch                 int
	x, w, bias, dy, y, dw []float32
}

func newFiltered(c Convolution, batch int) *filtered {
	r := rand.New(rand.NewPCG(uint64(c.In), uint64(c.Length)))
	return &filtered{c, batch, noise(r, batch*c.Rows()*c.In), noise(r, c.window()*c.Out), noise(r, c.Out), noise(r, batch*c.Length*c.Out),
		noise(r, batch*c.Length*c.Out), noise(r, c.window()*c.Out)}
}

func (f *filtered) compute(set isa) {
	conv(set, f.y, f.x, f.w, f.bias, f.Convolution, f.batch)
	convBackWeights(set, f.dw, f.x, f.dy, f.Convolution, f.batch)
}

func TestConvAgainstSums(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		for _, c := range filters {
			f := newFiltered(c, 53)
			f.compute(set)
			f.expect(t)
		}
	})
}

func (f *filtered) expect(t *testing.T) {
	t.Helper()
	gradients := make([][]float64, len(f.dw))
	for s := range f.batch {
		for l := range f.Length {
			for o := range f.Out {
				at := (s*f.Length+l)*f.Out + o
				terms := []float64{float64(f.bias[o])}
				for t := range f.window() {
					x := float64(f.x[(s*f.Rows()+l*f.Stride)*f.In+t])
					terms = append(terms, x*float64(f.w[t*f.Out+o]))
					gradients[t*f.Out+o] = append(gradients[t*f.Out+o], x*float64(f.dy[at]))
				}
				expectSum(t, fmt.Sprint(f.Convolution, " y"), f.y[at], terms)
			}
		}
	}
	for i, terms := range gradients {
		expectSum(t, fmt.Sprint(f.Convolution, " dw"), f.dw[i], terms)
	}
}

func TestConvSameBitsOnEverySet(t *testing.T) {
	for _, c := range filters {
		want := newFiltered(c, 50)
		want.compute(portable)
		for _, set := range sets() {
			f := newFiltered(c, 50)
			f.compute(set)
			expectBits(t, fmt.Sprint(set, c, " y"), f.y, want.y)
			expectBits(t, fmt.Sprint(set, c, " dw"), f.dw, want.dw)
		}
	}
}

func BenchmarkConv(b *testing.B) {
	for _, c := range []Convolution{{5, 1, 16, 16, 32}, {5, 1, 48, 16, 32}, {5, 1, 32, 32, 16}, {5, 1, 64, 64, 8}, {5, 1, 192, 64, 8}, {5, 1, 128, 128, 4}} {
		f := newFiltered(c, 64)
		operations := 2 * float64(f.batch*c.Length*c.window()*c.Out)
		for name, run := range map[string]func(){
			"forward": func() { Conv(f.y, f.x, f.w, f.bias, c, f.batch) },
			"weights": func() { ConvBackWeights(f.dw, f.x, f.dy, c, f.batch) },
		} {
			b.Run(fmt.Sprintf("%s/%dx%dx%d", name, c.In, c.Out, c.Length), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					run()
				}
				b.ReportMetric(operations*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
			})
		}
	}
}
