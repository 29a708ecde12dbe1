package native

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"unsafe"
)

const spring = `package p
import "math"
var k, calls float64
func soft(dst, x []float64) { dst[0] = -k * x[0] }
func counted(dst, x []float64) { calls++; dst[0] = calls * x[0] }
func far(dst, x []float64) { dst[0] = x[int(x[0])] }
func field(x []float64) []float64 { return x }
func wave(x float64) float64 { return math.Sqrt(x) }
func sum(x []float64) float64 { return x[0] }
func two(x, y float64) float64 { return x + y }
`

func TestCompiledFunctionsAreFoundBehindTheirValues(t *testing.T) {
	var k, calls float64
	fs := build(t, spring, map[string]unsafe.Pointer{"k": unsafe.Pointer(&k), "calls": unsafe.Pointer(&calls)})
	for name, f := range fs {
		if Of(f.Interface()) != f {
			t.Errorf("%s is not found", name)
		}
	}
	type observable func(x []float64) float64
	named := fs["sum"].Make(reflect.TypeFor[observable]()).Interface()
	if Of(named) != fs["sum"] || Of(math.Sqrt) != nil || Of((func())(nil)) != nil || Of(func() float64 { return k }) != nil || Of(3) != nil {
		t.Error("a value of a named type is not found, or something else is")
	}
	var l Latest
	l.Set(reflect.ValueOf(math.Sqrt), nil)
	f := l.Make(reflect.TypeFor[func(float64) float64]()).Interface().(func(float64) float64)
	if Of(f) != nil || f(4) != 2 {
		t.Error("an interpreted form is not what it is")
	}
	l.Set(reflect.ValueOf(fs["wave"].Interface()), fs["wave"])
	if Of(f) != fs["wave"] || f(9) != 3 {
		t.Error("the latest form is not found")
	}
}

func TestManySeesAndSetsVariables(t *testing.T) {
	k, calls := 1.0, 0.0
	fs := build(t, spring, map[string]unsafe.Pointer{"k": unsafe.Pointer(&k), "calls": unsafe.Pointer(&calls)})
	many := func(name string) func(dst, x []float64) {
		return Many(fs[name].Interface().(func(dst, x []float64)), 1, 1)
	}
	dst, x := make([]float64, 3), []float64{1, 2, 3}
	// Where nothing sets variables, a template reads them once.
	alone := build(t, "package p\nvar k float64\nfunc soft(dst, x []float64) { dst[0] = -k * x[0] }", map[string]unsafe.Pointer{"k": unsafe.Pointer(&k)})
	soft := Many(alone["soft"].Interface().(func(dst, x []float64)), 1, 1)
	for _, k = range []float64{2, -3} {
		if soft(dst, x); !slices.Equal(dst, []float64{-k, -2 * k, -3 * k}) {
			t.Errorf("k = %v: %v", k, dst)
		}
	}
	if many("counted")(dst, x); calls != 3 || !slices.Equal(dst, []float64{1, 4, 9}) {
		t.Errorf("%v calls, %v", calls, dst)
	}
	if got := message(func() { many("far")(dst, []float64{0, 0, 7}) }); got != "runtime error: index out of range [7] with length 1" {
		t.Error(got)
	}
	if message(func() { soft(dst[:2], x) }) == "" {
		t.Error("a destination of the wrong length")
	}
	if Many(func(dst, x []float64) {}, 1, 1) != nil {
		t.Error("a function of Go's is taken for compiled")
	}
	k = 2
	soft(farCells[:3], x) // outside the window
	if !slices.Equal(farCells[:3], []float64{-2, -4, -6}) {
		t.Errorf("%v", farCells)
	}
	first, _ := Template{Texts: []string{Batch}, Root: "batch", Constants: map[string]int{"dim": 1, "width": 1}}.Fill(map[string]*Func{"drift": fs["soft"]}, nil)
	again, _ := Template{Texts: []string{Batch}, Root: "batch", Constants: map[string]int{"dim": 1, "width": 1}}.Fill(map[string]*Func{"drift": fs["soft"]}, nil)
	if first == nil || first != again {
		t.Error("a template is filled twice")
	}
}

func BenchmarkMany(b *testing.B) {
	fs := build(b, lorenz, map[string]unsafe.Pointer{"sigma": unsafe.Pointer(new(float64)), "rho": unsafe.Pointer(new(float64)), "beta": unsafe.Pointer(new(float64))})
	many := Many(fs["drift"].Interface().(func(dst, x []float64)), 3, 3)
	dst, x := make([]float64, 3*256), series(3*256, 1)
	b.ReportAllocs()
	for b.Loop() {
		many(dst, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/256, "ns/point")
}
