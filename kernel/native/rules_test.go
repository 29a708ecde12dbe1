package native

import (
	"fmt"
	"go/ast"
	"go/types"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// message calls f and returns what it panicked with.
func message(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

func TestPanicsAreGos(t *testing.T) {
	fs := build(t, `package p
func index(x []float64) float64 { i := len(x); return x[i] }
func negative(x []float64) float64 { i := -1; return x[i] }
func high(x []float64) float64 { j := 9; return x[:j][0] }
func crossed(x []float64) float64 { i, j := 2, 1; return x[i:j][0] }
func divide(x []float64) float64 { n := len(x) - 3; return float64(1 / n) }
func shift(x []float64) float64 { n := -len(x); return float64(len(x) << n) }
func makeLen(x []float64) float64 { n := -len(x); return make([]float64, n)[0] }
func array(x []float64) float64 { var a [4]float64; i := len(x) + 1; return a[i] }
func thrown(x []float64) float64 { panic("no such state") }
func deep(x []float64) float64 { return deep(x) + 1 }
func stored(x []float64) float64 { x[0], x[len(x)] = 7, 8; return 0 }
`, nil)
	for name, want := range map[string]string{
		"index":    "runtime error: index out of range [3] with length 3",
		"negative": "runtime error: index out of range [-1]",
		"high":     "runtime error: slice bounds out of range [:9] with capacity 3",
		"crossed":  "runtime error: slice bounds out of range [2:1]",
		"divide":   "runtime error: integer divide by zero",
		"shift":    "runtime error: negative shift amount",
		"makeLen":  "runtime error: makeslice: len out of range",
		"array":    "runtime error: index out of range [4] with length 4",
		"thrown":   "no such state",
		"deep":     "stack overflow",
		"stored":   "runtime error: index out of range [3] with length 3",
	} {
		x := []float64{1, 2, 3}
		f := fs[name].Interface().(func([]float64) float64)
		if got := message(func() { f(x) }); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if name == "stored" && x[0] != 7 {
			t.Error("what was assigned before the panic is gone")
		}
	}
}

func TestPanicTellsWhere(t *testing.T) {
	c := check(t, "package p\nfunc f(x []float64) float64 {\n\ts := 0.0\n\ts += x[3]\n\treturn s\n}")
	p, err := newCompiler(t).Compile(c.sources...)
	if err != nil {
		t.Fatal(err)
	}
	fs, err := p.Bind()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		r, ok := recover().(*Panic)
		if !ok || c.fset.Position(r.Pos).Line != 4 || c.fset.Position(r.Pos).Column != 7 {
			t.Errorf("%v", r)
		}
		if _, ok := any(r).(runtime.Error); !ok {
			t.Error("not a runtime.Error")
		}
	}()
	fs[0].Interface().(func([]float64) float64)(nil)
}

func TestRefusalsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"func f(s string) {}":                                        "2: string is not a numeric type",
		"func f(m map[int]float64) {}":                               "2: map[int]float64 is not a numeric type",
		"func f() {\n\tgo func() {}()\n}":                            "3: a go statement",
		"func f() {\n\tdefer print()\n}":                             "3: a defer statement",
		"func f(x float64) *float64 {\n\treturn &x\n}":               "2: *float64 is not a numeric type",
		"func f() func() {\n\treturn func() {}\n}":                   "2: func() is not a numeric type",
		"func f() {\n\tprintln(1)\n}":                                "3: println",
		"func f(x ...float64) {}":                                    "2: a variadic function",
		"func f[T any](x T) {}":                                      "2: a generic function",
		"func f(x [][]float64) {\n\tx[0] = nil\n}":                   "3: a slice is stored into memory",
		"func f() {\n\tx := 0\n\tg := func() { x++ }\n\tg()\n}":      "4: func() is not a numeric type",
		"func f(e error) {\n\tpanic(e)\n}":                           "2: error is not a numeric type",
		"func f() []float64 {\n\tvar a [3]float64\n\treturn a[:]\n}": "4: a slice of a local array in a function that returns slices",
		"func f() {\nL:\n\tgoto L\n}":                                "4: goto",
	} {
		c := check(t, "package p\n"+text)
		err := Check(c.sources[0], nil)
		r, ok := err.(*Refusal)
		if !ok {
			t.Errorf("%q passes", text)
			continue
		}
		if got := fmt.Sprintf("%d: %s", c.fset.Position(r.Pos).Line, r.Why); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCheckTakesCalleesOnTrust(t *testing.T) {
	c := check(t, "package p\nfunc f(x float64) float64 { return 2*g(x) }\nfunc g(x float64) float64 { return x }")
	if err := Check(c.sources[0], nil); err == nil || !strings.Contains(err.Error(), "a call of g") {
		t.Error(err)
	}
	if err := Check(c.sources[0], func(o types.Object) bool { return o.Name() == "g" }); err != nil {
		t.Error(err)
	}
	if calls := c.sources[0].Calls(); len(calls) != 1 || calls[0].Name() != "g" {
		t.Error(calls)
	}
}

func TestInterruptStopsAtOnce(t *testing.T) {
	for _, body := range []string{"for {}", "for i := 0; i >= 0; i++ { n += i }", "for range 1 << 62 { n++ }", "for { if n == 3 { continue }; n++; n-- }",
		"for n < 1<<62 { inner() }"} {
		var stop atomic.Bool
		c, err := New(Options{Stopped: stop.Load})
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.Compile(check(t, "package p\nvar n int\nfunc f() {\n"+body+"\n}\nfunc inner() { for range 1000 { n++ } }").sources...)
		if err != nil {
			t.Fatal(err)
		}
		n := new(int)
		addrs := make([]unsafe.Pointer, len(p.Captured()))
		for i := range addrs {
			addrs[i] = unsafe.Pointer(n)
		}
		fs, err := p.Bind(addrs...)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan string)
		go func() { done <- message(fs[0].Run) }()
		runtime.GC() // would never return if compiled code gave no turn
		stop.Store(true)
		select {
		case got := <-done:
			if got != "interrupted" {
				t.Errorf("%s: %q", body, got)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("%s goes on", body)
		}
		c.Close()
	}
}

func TestManyGoroutines(t *testing.T) {
	scale := 3.0
	f := build(t, `package p
import "math"
var scale float64
func f(x []float64) float64 {
	y := make([]float64, len(x))
	for i := range x { y[i] = scale*math.Sin(x[i]) }
	s := 0.0
	for _, v := range y { s += v }
	return s
}`, map[string]unsafe.Pointer{"scale": unsafe.Pointer(&scale)})["f"].Interface().(func([]float64) float64)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			x := make([]float64, 50)
			want := 0.0
			for i := range x {
				x[i] = float64(g * i)
			}
			for i := range x {
				want += 3 * math.Sin(x[i])
			}
			for k := range 2000 {
				if got := f(x); got != want {
					t.Errorf("%v, want %v", got, want)
					return
				}
				if k%500 == 0 {
					runtime.GC()
				}
			}
		})
	}
	wg.Wait()
}

func TestSlicesMadeInsideSurvive(t *testing.T) {
	trail := []float64{}
	fs := build(t, `package p
var trail []float64
func grow(x []float64) []float64 {
	for i := range 1000 { trail = append(trail, float64(i)) }
	y := append(x[:1], 5)
	return y
}`, map[string]unsafe.Pointer{"trail": unsafe.Pointer(&trail)})
	x := []float64{1, 2, 3}
	y := fs["grow"].Interface().(func([]float64) []float64)(x)
	for range 5 {
		runtime.GC()
		_ = make([]float64, 1<<16)
	}
	for i, v := range trail {
		if v != float64(i) {
			t.Fatalf("trail[%d] = %v", i, v)
		}
	}
	if x[1] != 5 || &y[0] != &x[0] || cap(y) != 3 {
		t.Errorf("append wrote elsewhere than Go: %v %v", x, y)
	}
}

func TestLoopOfACell(t *testing.T) {
	c := check(t, `package p
var x []float64
var sum float64
func cell() {
	for i := range x { sum += x[i] * x[i] }
}`)
	loop := c.file.Decls[2].(*ast.FuncDecl).Body.List[0]
	p, err := newCompiler(t).Compile(&Source{Name: "loop", Node: loop, Info: c.info})
	if err != nil {
		t.Fatal(err)
	}
	x, sum := []float64{1, 2, 3}, 1.0
	at := map[string]unsafe.Pointer{"x": unsafe.Pointer(&x), "sum": unsafe.Pointer(&sum)}
	var addrs []unsafe.Pointer
	for _, v := range p.Captured() {
		addrs = append(addrs, at[v.Name()])
	}
	fs, err := p.Bind(addrs...)
	if err != nil {
		t.Fatal(err)
	}
	fs[0].Run()
	if sum != 15 {
		t.Error(sum)
	}
}

func TestTemplateRunsTheInnerLoop(t *testing.T) {
	fs := build(t, "package p\nfunc drift(dst, x []float64) { dst[0], dst[1] = x[1], -x[0] }", nil)
	euler, err := Template{Root: "euler", Texts: []string{`package template
func euler(drift func(dst, x []float64), x, dx, noise []float64, steps int, dt, b float64) {
	for k := range steps {
		drift(dx, x)
		for i := range x { x[i] += dt*dx[i] + b*noise[k*len(x)+i] }
	}
}`}}.Fill(map[string]*Func{"drift": fs["drift"]}, nil)
	if err != nil {
		t.Fatal(err)
	}
	steps, dt, b := 500, 0.01, 0.3
	noise, x, dx := series(1000, 1), []float64{1, 0}, make([]float64, 2)
	y := []float64{1, 0}
	for k := range steps {
		d := []float64{y[1], -y[0]}
		for i := range y {
			y[i] += dt*d[i] + b*noise[k*2+i]
		}
	}
	euler.Call([]unsafe.Pointer{unsafe.Pointer(&x), unsafe.Pointer(&dx), unsafe.Pointer(&noise), unsafe.Pointer(&steps), unsafe.Pointer(&dt), unsafe.Pointer(&b)}, nil)
	if x[0] != y[0] || x[1] != y[1] {
		t.Errorf("%v, want %v", x, y)
	}
}
