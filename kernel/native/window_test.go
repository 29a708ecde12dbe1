package native

import (
	"testing"
	"unsafe"
)

func TestHeapIsInTheWindow(t *testing.T) {
	for i := range 200_000 {
		p := unsafe.Pointer(unsafe.SliceData(make([]byte, 16+i%3000)))
		if _, ok := offset(p, 3016); !ok {
			t.Fatalf("%p is outside the window from %#x", p, windowBase)
		}
	}
}
