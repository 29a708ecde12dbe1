package native

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// abreastLoops is how many loops of a text run two turns abreast: each looks before its first turn and after every one.
func abreastLoops(t *testing.T, text string) int {
	t.Helper()
	return instructionsIn(t, text, 0xfd, v128Any) / 2
}

// TestLoopsAbreast says which loops run two turns at once.
func TestLoopsAbreast(t *testing.T) {
	for body, want := range map[string]int{
		"for i := range x { v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                                              1,
		"for i, v := range x { n := 0; for v+a > 1 { n++; if n > 40 { break } }; dst[i] = float64(n) }":                 1,
		"for i := range x { v := x[i]; for range 100 { v += 0.1*(a-v) }; x[i] = v }":                                    1,
		"for i := range x { v := x[i]; for k := range 100 { v += a*float64(k) }; x[i] = v }":                            1,
		"for i := range x { v := x[i]; for k := 0; k < 100; k++ { v += a*v }; x[i] = v }":                               1,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; x[i] = v }":                                                1,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; x[len(x)-1-i] = v }":                                       0, // the next turn may read it
		"for i := 0; i < len(x)-1; i++ { v := x[i]; for v > 1 { v *= a }; x[i+1] = v }":                                 0,
		"for i := range x { v := x[i]*a; for v > 1 { v *= 0.5 }; a += v }":                                              0,
		"for i := range x { v := x[i]; for v > a { v *= 0.5 }; a += v }":                                                0,
		"b := a\nfor i := range x { v := x[i]; for v > b { v *= 0.5 }; a += v }":                                        1,
		"for i := range x { v := x[i]; for v > 1 { v *= x[0] }; dst[i] = v }":                                           0, // reads memory
		"for i := range x { v := x[i]; for v > 1 { dst[0] = v; v *= a } }":                                              0,
		"for i := range x { v := x[i]; for v > 1 { v *= a; if v < 2 { continue }; v-- }; dst[i] = v }":                  1,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; if v < 0 { break }; dst[i] = v }":                          0,
		"for i := range x { if i == 3 { continue }; v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                      0,
		"for i := range x { v := x[i/len(dst)]; for v > 1 { v *= a }; dst[i] = v }":                                     0, // may fail
		"for i := range x { v := a; for v > 1 { v *= x[i] }; dst[i] = v }":                                              0,
		"for i := range x { v := 1.0; for k := 0; k < 4; k++ { v *= x[i] }; dst[i] = v }":                               0, // written out
		"for i := range x { v := x[i]; for v > 1 { v *= a }; for v < -1 { v *= a }; dst[i] = v }":                       0,
		"for i := range x { v := x[i]; for v > 1 { v = math.Log(v) }; dst[i] = v }":                                     1,
		"for i := range x { v := cube(a); for v > 1 { v = cube(v) - v }; dst[i] = v }":                                  0, // calls before it
		"for i := range x { v, ok := x[i], a > 0; for v > 1 { v *= a }; if ok { dst[i] = v } }":                         0,
		"for i := range x { var w [2]float64; w[0] = a; v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                  0,
		"for i := range 9 { v := x[i]; for v > 1 { v = cube(v)*a }; dst[2*i] += v }":                                    1,
		"for i := range x { n := i; for n > 1 { if n-2 < 4 { n-- } else { n -= 3 } }; dst[i] = float64(n) }":            1,
		"for i := range x { n := i; for n > 1 { n /= 2 }; dst[i] = float64(n) }":                                        0,
		"for i := range x { u, v := x[i], x[i]+1; for u < v && !(v == 2 || u != u) { u, v = v, u+a }; dst[i] = u - v }": 1,
	} {
		text := "package p\nimport \"math\"\nvar _ = math.Pi\nfunc cube(x float64) float64 { y := x*x; return y*x }\nfunc f(dst, x []float64, a float64) float64 {\n" + body + "\nreturn a\n}"
		if got := abreastLoops(t, text); got != want {
			t.Errorf("%d loops abreast, want %d: %s", got, want, body)
		}
	}
}

// BenchmarkAbreast runs an ensemble, and one member after the other.
func BenchmarkAbreast(b *testing.B) {
	for _, form := range []string{"abreast", "one by one"} {
		text := "package p\nfunc f(x []float64) int { k := 0; for m := range x { v := x[m]; for range 100 { v += 0.01*(v - v*v*v) }; x[m] = v }; return k }"
		if form != "abreast" {
			text = strings.Replace(text, "v := x[m];", "v := x[m]; k++;", 1)
		}
		n, x := 0, series(1<<10, 1)
		call := caller(build(b, text, nil)["f"], unsafe.Pointer(&n), unsafe.Pointer(&x))
		b.Run(form, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				call()
			}
		})
	}
}

func TestInterruptStopsLoopsAbreast(t *testing.T) {
	var stop atomic.Bool
	c, err := New(Options{Stopped: stop.Load})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	text := "package p\nfunc f(dst, x []float64) { for i := range x { v := x[i]; for v < 2 { v *= 0.5 }; dst[i] = v } }"
	if abreastLoops(t, text) != 1 {
		t.Fatal("the turns are not abreast")
	}
	p, err := c.Compile(check(t, text).sources...)
	if err != nil {
		t.Fatal(err)
	}
	fs, err := p.Bind()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan string)
	go func() {
		x := []float64{5, 5, 1, 5}
		done <- message(func() { fs[0].Interface().(func(dst, x []float64))(x, x) })
	}()
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
