package native

import (
	"testing"
	"unsafe"
)

// The variables of a compiled package lie outside the heap, and so outside the window.
var (
	farCells [8]float64
	farScale = 2.0
	farTrail []float64
)

func TestMemoryOutsideTheWindow(t *testing.T) {
	fs := build(t, `package p
var scale float64
var trail []float64
func drift(dst, x []float64) {
	for i := range x { dst[i] = scale*x[i] }
	scale++
	trail = append(trail, dst[0])
}
func tail(x []float64) []float64 { return x[2:] }
func sum(x []float64) float64 { s := scale; for _, v := range trail { s += v }; return s + x[9] }
`, map[string]unsafe.Pointer{"scale": unsafe.Pointer(&farScale), "trail": unsafe.Pointer(&farTrail)})
	for i := range farCells {
		farCells[i] = float64(i)
	}
	farTrail = farCells[7:7:8]
	drift := fs["drift"].Interface().(func(dst, x []float64))
	// dst and x overlap: element i is written before element i+1 is read from it.
	drift(farCells[1:5], farCells[:4])
	if want := [8]float64{0, 0, 0, 0, 0, 5, 6, 0}; farCells != want || farScale != 3 {
		t.Errorf("%v %v, want %v", farCells, farScale, want)
	}
	if len(farTrail) != 1 || &farTrail[0] != &farCells[7] {
		t.Error("append into far capacity moved the slice")
	}
	drift(make([]float64, 4), farCells[4:])
	if len(farTrail) != 2 || &farTrail[0] == &farCells[7] || farScale != 4 {
		t.Errorf("%v %v", farTrail, farScale)
	}
	y := fs["tail"].Interface().(func(x []float64) []float64)(farCells[:])
	if &y[0] != &farCells[2] {
		t.Error("a result points into the copy")
	}
	sum := fs["sum"].Interface().(func([]float64) float64)
	if got := message(func() { sum(farCells[:]) }); got != "runtime error: index out of range [9] with length 8" {
		t.Error(got)
	}
}
