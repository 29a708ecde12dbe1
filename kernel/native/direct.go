package native

import (
	"math"
	"runtime"
	"unsafe"
)

// passSlice writes a slice to three places of the stack.
func (f *Func) passSlice(in *instance, stack []uint64, x []float64) {
	p := unsafe.Pointer(unsafe.SliceData(x))
	off := uintptr(p) - windowBase
	if off >= windowSize || cap(x) == 0 {
		f.pass(in, stack, float64s, unsafe.Pointer(&x))
		return
	}
	_ = stack[2]
	stack[0], stack[1], stack[2] = uint64(off), uint64(len(x)), uint64(cap(x))
}

var float64s = &shape{leaves: []leaf{{val: i32, size: 8, role: pointer}, {val: i64, off: 8, size: 8}, {val: i64, off: 16, size: 8}}}

func (f *Func) drift() func(dst, x []float64) {
	p, i := f.program, f.index
	return func(dst, x []float64) {
		in := p.take(f.env)
		s := in.stack(p, i)
		f.passSlice(in, s, dst)
		f.passSlice(in, s[3:], x)
		in.run(p, i)
		runtime.KeepAlive(dst)
		runtime.KeepAlive(x)
		p.give(in)
	}
}

func (f *Func) real() func(float64) float64 {
	p, i := f.program, f.index
	return func(x float64) float64 {
		in := p.take(f.env)
		s := in.stack(p, i)
		s[0] = math.Float64bits(x)
		in.run(p, i)
		y := math.Float64frombits(s[0])
		p.give(in)
		return y
	}
}

func (f *Func) real2() func(x, y float64) float64 {
	p, i := f.program, f.index
	return func(x, y float64) float64 {
		in := p.take(f.env)
		s := in.stack(p, i)
		s[0], s[1] = math.Float64bits(x), math.Float64bits(y)
		in.run(p, i)
		z := math.Float64frombits(s[0])
		p.give(in)
		return z
	}
}

func (f *Func) observable() func(x []float64) float64 {
	p, i := f.program, f.index
	return func(x []float64) float64 {
		in := p.take(f.env)
		s := in.stack(p, i)
		f.passSlice(in, s, x)
		in.run(p, i)
		y := math.Float64frombits(s[0])
		runtime.KeepAlive(x)
		p.give(in)
		return y
	}
}

func (f *Func) field() func(x []float64) []float64 {
	return func(x []float64) (y []float64) {
		f.Call([]unsafe.Pointer{unsafe.Pointer(&x)}, []unsafe.Pointer{unsafe.Pointer(&y)})
		return y
	}
}
