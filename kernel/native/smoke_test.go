package native

import (
	"math"
	"runtime"
	"testing"
	"unsafe"
)

const lorenz = `package p
var sigma, rho, beta = 10.0, 28.0, 8.0/3
func drift(dst, x []float64) {
	dst[0] = sigma*(x[1]-x[0])
	dst[1] = x[0]*(rho-x[2]) - x[1]
	dst[2] = x[0]*x[1] - beta*x[2]
}`

func TestLorenz(t *testing.T) {
	sigma, rho, beta := 10.0, 28.0, 8.0/3
	fs := build(t, lorenz, map[string]unsafe.Pointer{"sigma": unsafe.Pointer(&sigma), "rho": unsafe.Pointer(&rho), "beta": unsafe.Pointer(&beta)})
	drift := fs["drift"].Interface().(func(dst, x []float64))
	dst, x := make([]float64, 3), []float64{1, 2, 3}
	drift(dst, x)
	if want := []float64{10, 1*(28.-3) - 2, 1*2 - beta*3}; dst[0] != want[0] || dst[1] != want[1] || dst[2] != want[2] {
		t.Errorf("got %v, want %v", dst, want)
	}
	func() {
		defer func() { t.Log(recover()) }()
		drift(dst[:2], x)
	}()
	rho = 3
	drift(dst, x)
	if dst[1] != -2 {
		t.Errorf("got %v", dst)
	}
}

func TestMisc(t *testing.T) {
	total, n := 0.0, 0
	var trail []float64
	fs := build(t, `package p
import "math"
type P struct { A, B float64; N int8 }
var total float64
var n int
var trail []float64
func (p P) eval(x float64) float64 { return p.A*x + p.B + float64(p.N) }
func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x { s += v }
	for i := range x { s += math.Sin(x[i]) }
	return s
}
func fib(n float64) float64 { if n < 2 { return n }; return fib(n-1) + fib(n-2) }
func run() {
	p := P{A: 2, B: 1}
	p.N = 3
	var a [4]float64
	for i := 0; i < 10; i++ {
		a[i%4] += p.eval(float64(i))
		total += a[i&3]
		n++
		trail = append(trail, total)
	}
}
func deep(x float64) float64 { return deep(x+1)+1 }
func field(x []float64) []float64 { y := make([]float64, len(x)); for i := range y { y[i] = 2*x[i] }; return y }
func endless() { for { } }
`, map[string]unsafe.Pointer{"total": unsafe.Pointer(&total), "n": unsafe.Pointer(&n), "trail": unsafe.Pointer(&trail)})
	sum := fs["sum"].Interface().(func([]float64) float64)
	if got := sum([]float64{1, 2}); got != 1+2+math.Sin(1)+math.Sin(2) {
		t.Error(got)
	}
	if got := fs["fib"].Interface().(func(float64) float64)(20); got != 6765 {
		t.Error(got)
	}
	fs["run"].Run()
	runtime.GC()
	t.Log(total, n, trail)
	t.Log(fs["field"].Interface().(func([]float64) []float64)([]float64{1, 2, 3}))
	func() {
		defer func() { t.Log(recover()) }()
		fs["deep"].Interface().(func(float64) float64)(1)
	}()
}

func BenchmarkDrift(b *testing.B) {
	sigma, rho, beta := 10.0, 28.0, 8.0/3
	fs := build(b, lorenz, map[string]unsafe.Pointer{"sigma": unsafe.Pointer(&sigma), "rho": unsafe.Pointer(&rho), "beta": unsafe.Pointer(&beta)})
	drift := fs["drift"].Interface().(func(dst, x []float64))
	dst, x := make([]float64, 3), []float64{1, 2, 3}
	b.ReportAllocs()
	for b.Loop() {
		drift(dst, x)
	}
}
