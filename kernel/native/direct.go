package native

import (
	"math"
	"runtime"
	"unsafe"
)

// passSlice writes a slice to three places of the stack; it reports false when it is out of reach.
func passSlice(stack []uint64, x []float64) bool {
	off := uintptr(unsafe.Pointer(unsafe.SliceData(x))) - windowBase
	_ = stack[2]
	stack[1], stack[2] = uint64(len(x)), uint64(cap(x))
	if cap(x) > 0 {
		stack[0] = uint64(off)
		return off < windowSize && uintptr(cap(x))*8 <= windowSize-off
	}
	stack[0] = 0
	if x != nil {
		stack[0] = emptyAddress
	}
	return true
}

func (f *Func) drift(dst, x []float64) {
	p, i := f.program, f.index
	in := p.take(f.env)
	if in == nil {
		f.farDrift(dst, x)
		return
	}
	s := in.stack(p, i)
	if !passSlice(s, dst) || !passSlice(s[3:], x) || !f.env.near() {
		p.give(in)
		f.farDrift(dst, x)
		return
	}
	in.run(p, i)
	runtime.KeepAlive(dst)
	runtime.KeepAlive(x)
	p.give(in)
}

// pairing is drift with a number for its result.
func (f *Func) pairing(x, y []float64) float64 {
	p, i := f.program, f.index
	in := p.take(f.env)
	if in == nil {
		return f.farPairing(x, y)
	}
	s := in.stack(p, i)
	if !passSlice(s, x) || !passSlice(s[3:], y) || !f.env.near() {
		p.give(in)
		return f.farPairing(x, y)
	}
	in.run(p, i)
	z := math.Float64frombits(s[0])
	runtime.KeepAlive(x)
	runtime.KeepAlive(y)
	p.give(in)
	return z
}

func (f *Func) real(x float64) float64 {
	if !f.env.near() {
		return f.farReal(x)
	}
	p, i := f.program, f.index
	in := p.take(f.env)
	if in == nil {
		return f.farReal(x)
	}
	s := in.stack(p, i)
	s[0] = math.Float64bits(x)
	in.run(p, i)
	y := math.Float64frombits(s[0])
	p.give(in)
	return y
}

func (f *Func) real2(x, y float64) float64 {
	if !f.env.near() {
		return f.farReal(x, y)
	}
	p, i := f.program, f.index
	in := p.take(f.env)
	if in == nil {
		return f.farReal(x, y)
	}
	s := in.stack(p, i)
	s[0], s[1] = math.Float64bits(x), math.Float64bits(y)
	in.run(p, i)
	z := math.Float64frombits(s[0])
	p.give(in)
	return z
}

func (f *Func) observable(x []float64) float64 {
	p, i := f.program, f.index
	in := p.take(f.env)
	if in == nil {
		return f.farObservable(x)
	}
	s := in.stack(p, i)
	if !passSlice(s, x) || !f.env.near() {
		p.give(in)
		return f.farObservable(x)
	}
	in.run(p, i)
	y := math.Float64frombits(s[0])
	runtime.KeepAlive(x)
	p.give(in)
	return y
}

func (f *Func) field(x []float64) (y []float64) {
	f.Call([]unsafe.Pointer{unsafe.Pointer(&x)}, []unsafe.Pointer{unsafe.Pointer(&y)})
	return y
}

// The addresses of arguments are taken here and not above, so that near calls allocate nothing.

func (f *Func) farDrift(dst, x []float64) {
	f.callFar([]unsafe.Pointer{unsafe.Pointer(&dst), unsafe.Pointer(&x)}, nil)
}

func (f *Func) farPairing(x, y []float64) (z float64) {
	f.callFar([]unsafe.Pointer{unsafe.Pointer(&x), unsafe.Pointer(&y)}, []unsafe.Pointer{unsafe.Pointer(&z)})
	return z
}

func (f *Func) farObservable(x []float64) (y float64) {
	f.callFar([]unsafe.Pointer{unsafe.Pointer(&x)}, []unsafe.Pointer{unsafe.Pointer(&y)})
	return y
}

func (f *Func) farReal(x ...float64) (y float64) {
	args := make([]unsafe.Pointer, len(x))
	for i := range x {
		args[i] = unsafe.Pointer(&x[i])
	}
	f.callFar(args, []unsafe.Pointer{unsafe.Pointer(&y)})
	return y
}
