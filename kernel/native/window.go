package native

import (
	"unsafe"

	"github.com/tetratelabs/wazero/experimental"
)

// The linear memory of compiled code is a window on Go's own heap: its address 0 lies a little below the heap, and
// it is as long as WebAssembly's addresses reach. A slice is passed by its address, nothing is copied, and slices
// that overlap do so as they do in Go. This rests on what wazero's compiler rests on, too: Go's collector does not
// move objects. What is below the heap belongs to nobody, so address 0 can stand for nil and the collector takes no
// interest in the window's start.
const (
	windowPages = 65535
	windowSize  = windowPages << 16
	arenaSize   = 64 << 20
	// emptyAddress stands for the address of a slice that has no capacity and is not nil.
	emptyAddress = 8
)

// anchor is among the first objects of the heap: in its first arena or, since the heap begins at a random place of
// that, in one of the next.
var anchor = new([64]byte)

var windowBase = uintptr(unsafe.Pointer(anchor))&^(arenaSize-1) - 4*arenaSize - 1<<16

// bytesHeader is how Go holds a slice.
type bytesHeader struct {
	data     uintptr
	len, cap int
}

type window struct{}

func (window) Reallocate(size uint64) []byte {
	h := bytesHeader{windowBase, int(size), int(size)}
	return *(*[]byte)(unsafe.Pointer(&h))
}

func (window) Free() {}

func allocateWindow(uint64, uint64) experimental.LinearMemory { return window{} }

// offset is an address in the window, and whether size bytes from there lie in it.
func offset(p unsafe.Pointer, size uintptr) (uint64, bool) {
	off := uintptr(p) - windowBase
	return uint64(off), off < windowSize && size <= windowSize-off
}

// at is the Go address of an address in the window. The caller keeps what is there alive.
func at(off uint64) unsafe.Pointer {
	p := windowBase + uintptr(uint32(off))
	return *(*unsafe.Pointer)(unsafe.Pointer(&p))
}

// sliceHeader is a slice whose pointer the collector sees.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}
