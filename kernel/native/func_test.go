package native

import (
	"reflect"
	"testing"
)

func TestBatchIsTheDriftManyTimes(t *testing.T) {
	fs := build(t, "package p\nfunc drift(dst, x []float64) { dst[0], dst[1], dst[2] = x[1], -x[0]*x[1], x[0] }", nil)
	drift := fs["drift"].Interface().(func(dst, x []float64))
	x, dst, want := series(20, 1), make([]float64, 30), make([]float64, 30)
	Many(drift, 2, 3)(dst, x)
	for k := range 10 {
		drift(want[3*k:3*k+3], x[2*k:2*k+2])
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
