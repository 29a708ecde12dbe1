package native

import (
	"reflect"
	"testing"
	"unsafe"
)

func TestBatchIsTheDriftManyTimes(t *testing.T) {
	c := check(t, "package p\nfunc drift(dst, x []float64) { dst[0], dst[1] = x[1], -x[0]*x[1] }")
	sources, err := Template(Batch, c.sources, map[string]*Source{"drift": c.sources[0]})
	if err != nil {
		t.Fatal(err)
	}
	p, err := newCompiler(t).Compile(sources...)
	if err != nil {
		t.Fatal(err)
	}
	fs, err := p.Bind()
	if err != nil {
		t.Fatal(err)
	}
	x, dst, want, dim := series(20, 1), make([]float64, 20), make([]float64, 20), 2
	fs[1].Call([]unsafe.Pointer{unsafe.Pointer(&dst), unsafe.Pointer(&x), unsafe.Pointer(&dim)}, nil)
	drift := fs[0].Interface().(func(dst, x []float64))
	for k := 0; k < len(x); k += dim {
		drift(want[k:k+dim], x[k:k+dim])
	}
	if !reflect.DeepEqual(dst, want) {
		t.Errorf("%v, want %v", dst, want)
	}
}

// An interpreter's types have other names than the user's and the same layout.
func TestMakeSpeaksAnyTypeOfTheLayout(t *testing.T) {
	fs := build(t, `package p
type state struct { q, p float64; n int8 }
func step(s state, dt float32, k [3]int16) (state, bool, [3]int16) {
	s.q += s.p * float64(dt)
	s.n--
	k[1] += int16(s.n)
	return s, s.q > 1, k
}`, nil)
	type other struct {
		Xq, Xp float64
		Xn     int8
	}
	step := fs["step"].Make(reflect.TypeFor[func(other, float32, [3]int16) (other, bool, [3]int16)]()).
		Interface().(func(other, float32, [3]int16) (other, bool, [3]int16))
	s, over, k := step(other{1, 2, -128}, 0.5, [3]int16{1, 2, 3})
	if (s != other{2, 2, 127}) || !over || k != [3]int16{1, 129, 3} {
		t.Errorf("%v %v %v", s, over, k)
	}
}
