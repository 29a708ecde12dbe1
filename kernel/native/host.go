package native

import (
	"context"
	"unsafe"

	"github.com/tetratelabs/wazero/api"
)

// hostFunctions are what compiled code may ask for. Each gets the address of the instance first, except those
// that only compute.
var hostFunctions = []struct {
	name            string
	call            func(ctx context.Context, stack []uint64)
	params, results []api.ValueType
}{
	{"yield", yield, []byte{i32}, []byte{i32}},
	{"allocate", allocate, []byte{i32, i64}, []byte{i32}},
	{"grow", grow, []byte{i32, i32, i64, i64, i64, i64}, []byte{i32, i64}},
	{"setslice", setSlice, []byte{i32, i32, i32, i64, i64}, nil},
	{"quotient", hostQuotient, []byte{f64, f64, f64, f64}, []byte{f64, f64}},
}

// yield returns the turns until the next yield, or 0 to stop.
func yield(_ context.Context, stack []uint64) {
	in := (*instance)(at(stack[0]))
	stack[0] = in.turns
	if in.stop != nil && in.stop() {
		stack[0] = 0
	}
}

// allocate returns the address of zeroed memory, or 0 when there is none in the window.
func allocate(_ context.Context, stack []uint64) {
	in, size := (*instance)(at(stack[0])), stack[1]
	stack[0] = 0
	if size > windowSize {
		return
	}
	words := make([]uint64, max((size+7)/8, 1))
	p := unsafe.Pointer(unsafe.SliceData(words))
	if off, ok := offset(p, uintptr(size)); ok {
		in.keep = append(in.keep, p)
		stack[0] = off
	}
}

// grow appends to a slice by Go's own rule and returns its new address and capacity.
func grow(_ context.Context, stack []uint64) {
	in := (*instance)(at(stack[0]))
	h := sliceHeader{at(stack[1]), int(stack[2]), int(stack[3])}
	if h.cap == 0 {
		h.data = nil
	}
	length, size := int(stack[4]), stack[5]
	stack[0] = 0
	if uint64(length) > windowSize/size {
		return
	}
	switch size {
	case 1:
		h = grown[uint8](h, length)
	case 2:
		h = grown[uint16](h, length)
	case 4:
		h = grown[uint32](h, length)
	case 8:
		h = grown[uint64](h, length)
	case 16:
		h = grown[[2]uint64](h, length)
	}
	if off, ok := offset(h.data, uintptr(h.cap)*uintptr(size)); ok {
		in.keep = append(in.keep, h.data)
		stack[0], stack[1] = off, uint64(h.cap)
	}
}

func grown[T any](h sliceHeader, length int) sliceHeader {
	s := *(*[]T)(unsafe.Pointer(&h))
	s = append(s, make([]T, length-len(s))...)
	return *(*sliceHeader)(unsafe.Pointer(&s))
}

// setSlice writes a slice to a captured variable, in Go, so that the collector knows. What was there before
// may still be in use.
func setSlice(_ context.Context, stack []uint64) {
	in := (*instance)(at(stack[0]))
	v := (*sliceHeader)(at(stack[1]))
	if uint32(stack[2]) == 0 {
		in.keep = append(in.keep, v.data)
		*v = sliceHeader{}
		return
	}
	p := pointee(stack[2], stack[4])
	if p != v.data {
		in.keep = append(in.keep, v.data)
	}
	*v = sliceHeader{p, int(stack[3]), int(stack[4])}
}

func hostQuotient(_ context.Context, stack []uint64) {
	re, im := quotient(api.DecodeF64(stack[0]), api.DecodeF64(stack[1]), api.DecodeF64(stack[2]), api.DecodeF64(stack[3]))
	stack[0], stack[1] = api.EncodeF64(re), api.EncodeF64(im)
}
