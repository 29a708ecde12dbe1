package simd

import (
	"syscall"
	"testing"
	"unsafe"
)

// guarded returns n values that end where memory ends: a kernel that touches one more faults.
func guarded(t *testing.T, n int) []float32 {
	page := syscall.Getpagesize()
	size := (4*n+page-1)/page*page + page
	m, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(m) })
	if err := syscall.Mprotect(m[size-page:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&m[size-page-4*n])), n)
}

func TestKernelsStayInTheirSlices(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		for _, s := range shapes {
			b, in, out := s[0], s[1], s[2]
			l := &layer{
				batch: b, in: in, out: out,
				x: guarded(t, b*in), w: guarded(t, in*out), bias: guarded(t, out), dy: guarded(t, b*out),
				y: guarded(t, b*out), pre: guarded(t, b*out), act: guarded(t, b*out),
				dx: guarded(t, b*in), dw: guarded(t, in*out), db: guarded(t, out),
			}
			l.compute(set)
			swishBack(set, l.y, l.dy, l.pre)
			tanh(set, l.y, l.dy)
			exp(set, l.y, l.dy)
			adam(set, l.y, l.pre, l.act, l.dy, newAdamRates(1, .9, .999, 1e-8, 1, 1))
		}
	})
}
