package native

import (
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
	if got := message(func() { drift(dst[:2], x) }); got != "runtime error: index out of range [2] with length 2" {
		t.Error(got)
	}
	rho = 3
	drift(dst, x)
	if dst[1] != -2 {
		t.Errorf("got %v", dst)
	}
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
