package simd

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

var layers = [][3]int{{64, 128, 64}, {1024, 128, 64}, {64, 16, 128}, {64, 64, 16}, {64, 2, 128}, {64, 64, 2}, {1, 128, 64}}

// benchLayers runs f on each layer and each instruction set, and reports the rate of its 2·batch·in·out operations.
func benchLayers(b *testing.B, f func(set isa, l *layer)) {
	for _, s := range layers {
		for _, set := range sets() {
			b.Run(fmt.Sprintf("%dx%dx%d/%v", s[0], s[1], s[2], set), func(b *testing.B) {
				l := newLayer(1, s[0], s[1], s[2])
				b.ReportAllocs()
				for b.Loop() {
					f(set, l)
				}
				reportRate(b, s)
			})
		}
	}
}

func reportRate(b *testing.B, s [3]int) {
	operations := 2 * float64(s[0]) * float64(s[1]) * float64(s[2]) * float64(b.N)
	b.ReportMetric(operations/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
}

func BenchmarkDense(b *testing.B) {
	benchLayers(b, func(set isa, l *layer) { dense(set, l.y, l.x, l.w, l.bias, l.batch, l.in, l.out) })
}

func BenchmarkDenseSwish(b *testing.B) {
	benchLayers(b, func(set isa, l *layer) { denseSwish(set, l.act, l.pre, l.x, l.w, l.bias, l.batch, l.in, l.out) })
}

func BenchmarkDenseBackInput(b *testing.B) {
	benchLayers(b, func(set isa, l *layer) { denseBackInput(set, l.dx, l.dy, l.w, l.batch, l.in, l.out) })
}

func BenchmarkDenseBackWeights(b *testing.B) {
	benchLayers(b, func(set isa, l *layer) { denseBackWeights(set, l.dw, l.db, l.x, l.dy, l.batch, l.in, l.out) })
}

// BenchmarkGonum is Dense without its bias by gonum's pure Go BLAS, which uses every core for large products.
func BenchmarkGonum(b *testing.B) {
	for _, s := range layers {
		b.Run(fmt.Sprintf("%dx%dx%d", s[0], s[1], s[2]), func(b *testing.B) {
			l := newLayer(1, s[0], s[1], s[2])
			x := blas32.General{Rows: l.batch, Cols: l.in, Stride: l.in, Data: l.x}
			w := blas32.General{Rows: l.in, Cols: l.out, Stride: l.out, Data: l.w}
			y := blas32.General{Rows: l.batch, Cols: l.out, Stride: l.out, Data: l.y}
			for b.Loop() {
				blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, x, w, 0, y)
			}
			reportRate(b, s)
		})
	}
}

// benchElements runs f on 8192 values and reports the time of one.
func benchElements(b *testing.B, f func(set isa, l *layer)) {
	for _, set := range sets() {
		b.Run(set.String(), func(b *testing.B) {
			l := newLayer(1, 64, 128, 128)
			b.ReportAllocs()
			for b.Loop() {
				f(set, l)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(l.x)), "ns/value")
		})
	}
}

func BenchmarkExp(b *testing.B)   { benchElements(b, func(set isa, l *layer) { exp(set, l.y, l.x) }) }
func BenchmarkSwish(b *testing.B) { benchElements(b, func(set isa, l *layer) { swish(set, l.y, l.x) }) }
func BenchmarkTanh(b *testing.B)  { benchElements(b, func(set isa, l *layer) { tanh(set, l.y, l.x) }) }

func BenchmarkSwishBack(b *testing.B) {
	benchElements(b, func(set isa, l *layer) { swishBack(set, l.y, l.dy, l.x) })
}

func BenchmarkAdam(b *testing.B) {
	benchElements(b, func(set isa, l *layer) {
		clear(l.pre)
		adam(set, l.y, l.act, l.pre, l.x, newAdamRates(1e-3, .9, .999, 1e-8, 1, 1))
	})
}

// BenchmarkGemm covers products of the sizes of convolutions.
func BenchmarkGemm(b *testing.B) {
	for _, s := range [][3]int{{512, 512, 512}, {2048, 64, 1024}, {16384, 192, 64}, {96, 32768, 64}} { // m, k, n
		for _, set := range sets()[1:] {
			b.Run(fmt.Sprintf("%dx%dx%d/%v", s[0], s[1], s[2], set), func(b *testing.B) {
				l := newLayer(1, s[0], s[1], s[2])
				g := product{c: l.y, a: l.x, b: l.w, ldc: s[2], ldi: s[2], ra: s[1], ca: 1, ldb: s[2], m: s[0], n: s[2], k: s[1]}
				for b.Loop() {
					g.run(set)
				}
				reportRate(b, s)
			})
		}
	}
}
