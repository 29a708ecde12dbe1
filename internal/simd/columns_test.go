package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// grid holds random matrices and vectors of one shape.
type grid struct {
	rows, cols                          int
	x, y, dst, dpre, mixed              []float32
	a, b, c, sum, sqr, gradient, dotted []float32
}

func newGrid(rows, cols int) *grid {
	r := rand.New(rand.NewPCG(uint64(rows), uint64(cols)))
	m := func() []float32 { return noise(r, rows*cols) }
	v := func() []float32 { return noise(r, cols) }
	return &grid{rows: rows, cols: cols, x: m(), y: m(), dst: m(), dpre: m(), mixed: m(), a: v(), b: v(), c: v(), sum: v(), sqr: v(), gradient: v(), dotted: v()}
}

func (g *grid) compute(set isa) {
	moments(set, g.sum, g.sqr, g.x, g.c, g.rows, g.cols)
	affineSwish(set, g.dst, g.x, g.a, g.b, g.rows, g.cols)
	affineSwishBack(set, g.dpre, g.gradient, g.dotted, g.y, g.x, g.a, g.b, g.c, g.rows, g.cols)
	blend(set, g.mixed, g.x, g.y, g.a, g.b, g.c, g.rows, g.cols)
}

func swish64(z float64) (y, slope float64) {
	s := 1 / (1 + math.Exp(-z))
	return z * s, s * (1 + z*(1-s))
}

func TestColumnsAgainstDefinition(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		for _, shape := range [][2]int{{1, 1}, {5, 3}, {7, 8}, {32, 16}, {9, 17}, {4, 128}, {33, 61}} {
			start, g := newGrid(shape[0], shape[1]), newGrid(shape[0], shape[1])
			g.compute(set)
			g.expect(t, start)
		}
	})
}

func (g *grid) expect(t *testing.T, start *grid) {
	t.Helper()
	for j := range g.cols {
		terms := [4][]float64{{float64(start.sum[j])}, {float64(start.sqr[j])}, {float64(start.gradient[j])}, {float64(start.dotted[j])}}
		a, b, c := float64(g.a[j]), float64(g.b[j]), float64(g.c[j])
		for i := j; i < len(g.x); i += g.cols {
			x, dy := float64(g.x[i]), float64(g.y[i])
			d := float64(g.x[i] - g.c[j])
			y, slope := swish64(a*x + b)
			size := 1 + math.Abs(a*x) + math.Abs(b)
			if e := math.Abs(float64(g.dst[i]) - y); e > 8*0x1p-24*size {
				t.Fatalf("dst[%d] errs by %.2g", i, e)
			}
			if e := math.Abs(float64(g.dpre[i]) - dy*slope); e > 8*0x1p-24*size*math.Abs(dy) {
				t.Fatalf("dpre[%d] errs by %.2g", i, e)
			}
			if e := math.Abs(float64(g.mixed[i]) - (a*x + b*dy + c)); e > 4*0x1p-24*(math.Abs(a*x)+math.Abs(b*dy)+math.Abs(c)) {
				t.Fatalf("mixed[%d] errs by %.2g", i, e)
			}
			for k, v := range []float64{d, d * d, float64(g.dpre[i]), float64(g.dpre[i]) * d} {
				terms[k] = append(terms[k], v)
			}
		}
		for k, got := range []float32{g.sum[j], g.sqr[j], g.gradient[j], g.dotted[j]} {
			expectSum(t, fmt.Sprintf("sum %d of column %d", k, j), got, terms[k])
		}
	}
}

func TestColumnsSameBitsOnEverySet(t *testing.T) {
	for _, shape := range [][2]int{{3, 5}, {32, 16}, {11, 40}, {6, 129}} {
		want := newGrid(shape[0], shape[1])
		want.compute(portable)
		for _, set := range sets() {
			g := newGrid(shape[0], shape[1])
			g.compute(set)
			name := fmt.Sprint(set, shape)
			for i, pair := range [][2][]float32{{g.sum, want.sum}, {g.sqr, want.sqr}, {g.dst, want.dst}, {g.dpre, want.dpre},
				{g.gradient, want.gradient}, {g.dotted, want.dotted}, {g.mixed, want.mixed}} {
				expectBits(t, fmt.Sprint(name, " ", i), pair[0], pair[1])
			}
		}
	}
}

func TestSumRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	x, dst := noise(r, 7*50), make([]float32, 33)
	SumRows(dst, x[10:], 0.25, 6, 50)
	for j, got := range dst {
		var terms []float64
		for i := range 6 {
			terms = append(terms, 0.25*float64(x[10+50*i+j]))
		}
		expectSum(t, "row sum", got, terms)
	}
}

func BenchmarkColumns(b *testing.B) {
	for name, f := range map[string]func(set isa, g *grid){
		"moments":     func(set isa, g *grid) { moments(set, g.sum, g.sqr, g.x, g.c, g.rows, g.cols) },
		"affineSwish": func(set isa, g *grid) { affineSwish(set, g.dst, g.x, g.a, g.b, g.rows, g.cols) },
		"affineSwishBack": func(set isa, g *grid) {
			affineSwishBack(set, g.dpre, g.sum, g.sqr, g.y, g.x, g.a, g.b, g.c, g.rows, g.cols)
		},
		"blend": func(set isa, g *grid) { blend(set, g.dst, g.x, g.y, g.a, g.b, g.c, g.rows, g.cols) },
	} {
		for _, set := range sets()[1:] {
			b.Run(fmt.Sprint(name, "/", set), func(b *testing.B) {
				g := newGrid(512, 16)
				b.ReportAllocs()
				for b.Loop() {
					f(set, g)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(g.x)), "ns/value")
			})
		}
	}
}
