package native

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// instructionsIn is how often a code stands in what a text is lowered to.
func instructionsIn(t *testing.T, text string, code ...byte) int {
	t.Helper()
	u := newUnit(check(t, text).sources, false)
	if err := attempt(u.lower); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range u.fns {
		n += bytes.Count(f.code, code)
	}
	return n
}

// laneStores is how many times a text stores two lanes.
func laneStores(t *testing.T, text string) int {
	t.Helper()
	return instructionsIn(t, text, 0xfd, v128Store, 3)
}

// TestLoopsInLanes says which loops have a two-lane form.
func TestLoopsInLanes(t *testing.T) {
	for body, want := range map[string]bool{
		"for i := range x { dst[i] = 2*x[i] }":                                                                               true,
		"for i := 1; i < len(x)-1; i++ { dst[i] = x[i-1] + x[i+1] }":                                                         true,
		"for i := range x { x[i] += a*dst[i] }":                                                                              true,
		"for i := range x { v := x[i]; w := v*v; dst[i], x[i] = w, v-w }":                                                    true,
		"for i := range x { dst[i] = math.Sin(x[i])*math.Exp(-x[i]) }":                                                       true,
		"for i := range x { dst[i] = math.Sqrt(math.Abs(x[i])) + math.Floor(a) }":                                            true,
		"for i := range x { dst[i] = cube(x[i]) }":                                                                           true,
		"for i := range x { if x[i] > a { dst[i] = 1 } }":                                                                    false,
		"for i := range x { if x[i] > a { dst[i] = 1 } else if dst[i] < 0 { x[i] -= a; dst[i] = 0 } }":                       false,
		"for i := range x { if x[i] > a { continue }; dst[i] = min(x[i], 1) }":                                               false,
		"for i := range x { dst[i] = max(-a, min(x[i], a, 2)) }":                                                             true,
		"for i := range x { if x[i] > a { dst[0] = 1 } }":                                                                    false,
		"for i := range x { v := x[i]; if v > a { v = a } else { v = -v }; dst[i] = v }":                                     true,
		"for i := range x { v := x[i]; if v > a { v = math.Exp(v) }; dst[i] = v }":                                           false,
		"for i := range x { v, w := x[i], a; if v > a { t := v*v; v, w = t, -t } else { u := w*v; w = u }; dst[i] = v + w }": true,
		"for i := range x { v := x[i]; switch { case v > a: v = a; case v < -a: v = -a; default: v *= 2 }; dst[i] = v }":     true,
		"for i := range x { dst[i] = float64(i)*a }":                                                                         true,
		"for i := 1; i < len(x); i++ { x[i] = x[i-1] }":                                                                      false,
		"for i := 0; i < len(x)-1; i++ { x[i] = x[i+1] }":                                                                    true,
		"for i := 2; i < len(x); i++ { x[i] = a*x[i-2] }":                                                                    true,
		"for i := 0; i < len(x)-1; i++ { x[i+1] = a; dst[i] = x[i] }":                                                        true,
		"for i := 0; i < len(x)-1; i++ { x[i] = a; dst[i] = x[i+1] }":                                                        false,
		"for i := range dst { dst[i] = x[i] + x[i/10] }":                                                                     true,
		"n := len(x)\nfor i := range dst { dst[i] = x[i] + x[i/n] }":                                                         false,
		"for i := range x { a += x[i] }":                                                                                     false,
		"for i := range x { dst[i] = a; a = x[i] }":                                                                          false,
		"for i := range x { dst[2*i] = x[i] }":                                                                               false,
		"for i := range x { dst[i] = x[len(x)-1-i] }":                                                                        false,
		"for i := range x { dst[i] = math.Log1p(x[i]) }":                                                                     false,
		"for i := range x { if x[i] < 0 { break }; dst[i] = x[i] }":                                                          false,
		"n := len(x)\nfor j := 0; j < n; j++ { dst[j] = x[(j+1)%n]*(x[j]-x[(j+n-2)%n]) + a }":                                true,
	} {
		if strings.Contains(body, "math.Exp") && !ported["Exp"] {
			want = false // Go's own function decides its bits here
		}
		text := "package p\nimport \"math\"\nvar _ = math.Pi\nfunc cube(x float64) float64 { y := x*x; return y*x }\nfunc f(dst, x []float64, a float64) float64 {\n" + body + "\nreturn a\n}"
		if got := laneStores(t, text) > 0; got != want {
			t.Errorf("in lanes: %v, want %v: %s", got, want, body)
		}
	}
}

// TestLanesTakeScalars reads what loops in lanes take from outside them: variables, fields, elements of arrays.
func TestLanesTakeScalars(t *testing.T) {
	text := `package p
type law struct{ K, Q float64 }
var k float64
var n int
func f(dst, x []float64) float64 {
	p := law{K: 3, Q: k}
	a := [5]float64{1, 2, 3, 4, 5}
	for i, v := range a { dst[i] = v*p.Q + x[i]*float64(n) }
	p.K += k
	for i := range dst { dst[i] += p.K; k2 := k*k; dst[i] -= k2 }
	for i := range n { dst[i] *= k }
	k = dst[1]
	for i, v := range dst[1:] { dst[i] = v - k }
	return k
}`
	if got := laneStores(t, text); got < 4 {
		t.Errorf("%d stores in lanes", got)
	}
	k, n := 0.7, 6
	f := build(t, text, map[string]unsafe.Pointer{"k": unsafe.Pointer(&k), "n": unsafe.Pointer(&n)})["f"].Interface().(func(dst, x []float64) float64)
	dst, x := make([]float64, 7), []float64{1, 4, 9, 16, 25}
	want, was, three := make([]float64, 7), k, 3.0
	got := f(dst, x)
	for i := range 5 {
		want[i] = float64(i+1)*was + x[i]*6
	}
	for i := range want {
		want[i] += three + was
		want[i] -= was * was
		if i < 6 {
			want[i] *= was
		}
	}
	last := want[1]
	for i, v := range want[1:] {
		want[i] = v - last
	}
	if got != last || k != last || !sameMemory(dst, want, true) {
		t.Errorf("%v %v, want %v %v", got, dst, last, want)
	}
}

// A loopCase is a loop over dst and x, in Go and as text.
type loopCase struct {
	text string
	run  func(dst, x []float64, a float64)
}

// twin is the text with a statement that has no two-lane form.
func (c loopCase) texts() (lanes, scalar string) {
	head := "package p\nimport \"math\"\nvar _ = math.Pi\nfunc f(dst, x []float64, a float64) int {\nk := 0\n"
	return head + c.text + "\nreturn k\n}", head + strings.Replace(c.text, "{", "{ k++;", 1) + "\nreturn k\n}"
}

var loopCases = []loopCase{
	{"for i := 1; i < len(x)-1; i++ { dst[i] = 0.25*x[i-1] + 0.5*x[i] + 0.25*x[i+1] }", func(dst, x []float64, a float64) {
		for i := 1; i < len(x)-1; i++ {
			dst[i] = 0.25*x[i-1] + 0.5*x[i] + 0.25*x[i+1]
		}
	}},
	{"for i := range x { x[i] += a*dst[i] }", func(dst, x []float64, a float64) {
		for i := range x {
			x[i] += a * dst[i]
		}
	}},
	{"for i := 2; i < len(x); i++ { x[i] = x[i]/a - x[i-2]; dst[i] = -x[i] }", func(dst, x []float64, a float64) {
		for i := 2; i < len(x); i++ {
			x[i] = x[i]/a - x[i-2]
			dst[i] = -x[i]
		}
	}},
	{"for i := 0; i < len(x)-3; i++ { dst[i] = x[i+3]; dst[i+2] = a; x[i+1] = dst[i]*2 }", func(dst, x []float64, a float64) {
		for i := 0; i < len(x)-3; i++ {
			dst[i] = x[i+3]
			dst[i+2] = a
			x[i+1] = dst[i] * 2
		}
	}},
	{"for i, v := range x { w := v*a; dst[i] = w + float64(i); dst[i] -= v }", func(dst, x []float64, a float64) {
		for i, v := range x {
			w := v * a
			dst[i] = w + float64(i)
			dst[i] -= v
		}
	}},
	{"for i := 1; i < 9; i++ { v := x[i]; dst[i-1], x[i] = x[i], dst[i-1]; if v < a { v = -a }; dst[i+1] = v }", func(dst, x []float64, a float64) {
		for i := 1; i < 9; i++ {
			v := x[i]
			dst[i-1], x[i] = x[i], dst[i-1]
			if v < a {
				v = -a
			}
			dst[i+1] = v
		}
	}},
	{"for i := len(dst)/3 - 2; i < len(x)-1; i++ { dst[i] = x[i+1] - x[i] }", func(dst, x []float64, a float64) {
		for i := len(dst)/3 - 2; i < len(x)-1; i++ {
			dst[i] = x[i+1] - x[i]
		}
	}},
	{"for i := range x { v, w := x[i], a; if v > a { t := v*v; v, w = t, -t } else if v != v || v < -a { u := w*v; w = u } else { w++ }; dst[i] = v + w }", func(dst, x []float64, a float64) {
		for i := range x {
			v, w := x[i], a
			if v > a {
				t := v * v
				v, w = t, -t
			} else if v != v || v < -a {
				u := w * v
				w = u
			} else {
				w++
			}
			dst[i] = v + w
		}
	}},
	{"for i := range dst { dst[i] = x[i/3] + a*x[(i+1)/4] }", func(dst, x []float64, a float64) {
		for i := range dst {
			dst[i] = x[i/3] + a*x[(i+1)/4]
		}
	}},
	{"for i := range x { dst[i] = math.Sqrt(x[i]) + math.Abs(dst[i])*math.Floor(a) - math.Trunc(x[i]) + math.Ceil(-x[i]) }", func(dst, x []float64, a float64) {
		for i := range x {
			dst[i] = math.Sqrt(x[i]) + math.Abs(dst[i])*math.Floor(a) - math.Trunc(x[i]) + math.Ceil(-x[i])
		}
	}},
	{"for i := range x { dst[i] = math.Sin(x[i])*math.Exp(-a*x[i]) - math.Cos(2*x[i]) }", func(dst, x []float64, a float64) {
		for i := range x {
			dst[i] = math.Sin(x[i])*math.Exp(-a*x[i]) - math.Cos(2*x[i])
		}
	}},
}

func oddNumber(r *rand.Rand) float64 {
	switch r.IntN(12) {
	case 0:
		return math.Copysign(0, -1)
	case 1:
		return 0
	case 2:
		return math.Inf(1 - 2*r.IntN(2))
	case 3:
		return math.Float64frombits(0x7ff8<<48 | r.Uint64()>>14 | r.Uint64()&(1<<63))
	case 4:
		return math.Float64frombits(r.Uint64())
	}
	return r.NormFloat64() * 4
}

func sameMemory(a, b []float64, payloads bool) bool {
	for i := range a {
		x, y := a[i], b[i]
		if math.Float64bits(x) != math.Float64bits(y) && (payloads || x == x || y == y) {
			return false
		}
	}
	return true
}

// TestLanesOverlap runs loops over slices that lie in one piece of memory in every way, and compares what is there
// afterwards, and the panic, with Go's. A twin without lanes must have the same bits even in the payloads of NaN.
func TestLanesOverlap(t *testing.T) {
	const room = 40
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range loopCases {
		lanesText, twinText := c.texts()
		called := strings.Contains(c.text, "math.Exp") && !ported["Exp"]
		if laneStores(t, lanesText) == 0 && !called || laneStores(t, twinText) != 0 {
			t.Errorf("%s: not in lanes, or its twin is", c.text)
		}
		lanes, twin := build(t, lanesText, nil)["f"], build(t, twinText, nil)["f"]
		for at := range 12 {
			for length := range 22 {
				for short := range 3 {
					var all [3][]float64
					all[0] = make([]float64, room)
					for i := range all[0] {
						all[0][i] = oddNumber(r)
					}
					all[1], all[2] = append([]float64(nil), all[0]...), append([]float64(nil), all[0]...)
					a := oddNumber(r)
					var said [3]string
					for k, w := range all {
						dst, x := w[at:at+length], w[6:6+max(length-short, 0)]
						call := func(f *Func) func() {
							n := 0
							return caller(f, unsafe.Pointer(&n), unsafe.Pointer(&dst), unsafe.Pointer(&x), unsafe.Pointer(&a))
						}
						said[k] = message([]func(){call(lanes), call(twin), func() { c.run(dst, x, a) }}[k])
					}
					if said[0] != said[2] || said[1] != said[2] || !sameMemory(all[0], all[1], true) || !sameMemory(all[0], all[2], false) {
						t.Fatalf("%s\ndst from %d, x from 6, %d long: lanes %q\n%v\ntwin %q\n%v\nGo %q\n%v", c.text, at, length, said[0], all[0], said[1], all[1], said[2], all[2])
					}
				}
			}
		}
	}
}

// isStopped runs a function over two slices that does not end, and fails when an interrupt does not end it.
func isStopped(t *testing.T, text string, x []float64) {
	t.Helper()
	var stop atomic.Bool
	c, err := New(Options{Stopped: stop.Load})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	p, err := c.Compile(check(t, text).sources...)
	if err != nil {
		t.Fatal(err)
	}
	fs, err := p.Bind()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	go func() { done <- message(func() { fs[0].Interface().(func(dst, x []float64))(x, x) }) }()
	runtime.GC()
	stop.Store(true)
	select {
	case got := <-done:
		if got != "interrupted" {
			t.Error(got)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("goes on")
	}
}

func TestInterruptStopsLanes(t *testing.T) {
	isStopped(t, "package p\nfunc f(dst, x []float64) { for { for i := range x { dst[i] = 2*x[i] } } }", make([]float64, 1<<16))
}

// BenchmarkLanes runs some loops in lanes, and their twins.
func BenchmarkLanes(b *testing.B) {
	for _, k := range []int{0, 1, 9, 10} {
		lanes, twin := loopCases[k].texts()
		for form, text := range []string{lanes, twin} {
			n, a, dst, x := 0, 0.5, series(1<<12, 1), series(1<<12, 2)
			call := caller(build(b, text, nil)["f"], unsafe.Pointer(&n), unsafe.Pointer(&dst), unsafe.Pointer(&x), unsafe.Pointer(&a))
			b.Run(fmt.Sprintf("loop %d/%s", k, []string{"lanes", "scalar"}[form]), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					clear(dst)
					call()
				}
			})
		}
	}
}

// TestElementaryLanes compares the two-lane functions with package math, also with arguments in one lane that the functions
// leave to package math.
func TestElementaryLanes(t *testing.T) {
	fs := build(t, `package p
import "math"
func sin(dst, x []float64) { for i := range x { dst[i] = math.Sin(x[i]) } }
func cos(dst, x []float64) { for i := range x { dst[i] = math.Cos(x[i]) } }
func exp(dst, x []float64) { for i := range x { dst[i] = math.Exp(x[i]) } }
func log(dst, x []float64) { for i := range x { dst[i] = math.Log(x[i]) } }
func tanh(dst, x []float64) { for i := range x { dst[i] = math.Tanh(x[i]) } }
`, nil)
	special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 0x1p29, -0x1p29, 0x1p29 - 0x1p-23, 0x1p30, 1e300,
		math.Pi, -math.Pi / 2, math.Pi / 4, 709.78, -745.2, 699.999, -700, 0.625, -0.625, 44.0148, -44.0149, math.Sqrt2 / 2, math.Sqrt2, 2, 0.5, 0x1p-1074, -0x1p-1022, 1e-9, 25 * math.Pi / 4}
	r := rand.New(rand.NewPCG(5, 6))
	x, dst := make([]float64, 1<<10), make([]float64, 1<<10)
	for round := range 600 {
		for i := range x {
			switch (round + i/2) % 9 {
			case 0:
				x[i] = math.Float64frombits(r.Uint64())
			case 1:
				x[i] = special[r.IntN(len(special))]
			case 2:
				x[i] = r.NormFloat64() * 300
			case 3:
				x[i] = float64(r.IntN(4000)-2000) * (math.Pi / 4) * (1 + float64(r.IntN(5)-2)*0x1p-52)
			default:
				x[i] = r.NormFloat64() * 6
			}
			if r.IntN(40) == 0 {
				x[i] = oddNumber(r)
			}
		}
		for name, want := range map[string]func(float64) float64{"sin": math.Sin, "cos": math.Cos, "exp": math.Exp, "log": math.Log, "tanh": math.Tanh} {
			fs[name].Interface().(func(dst, x []float64))(dst, x)
			for i := range x {
				if w := want(x[i]); math.Float64bits(dst[i]) != math.Float64bits(w) && (dst[i] == dst[i] || w == w) {
					t.Fatalf("%s(%x) = %x, package math %x", name, x[i], dst[i], w)
				}
			}
		}
	}
}
