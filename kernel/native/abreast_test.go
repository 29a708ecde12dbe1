package native

import (
	"strings"
	"testing"
	"unsafe"
)

// isAbreast reports a text with a loop that packs the variables of two turns in a vector.
func isAbreast(t *testing.T, text string) bool {
	t.Helper()
	return instructionsIn(t, text, 0xfd, f64x2Replace, 1)+instructionsIn(t, text, 0xfd, i64x2Replace, 1) > 0
}

// TestLoopsAbreast says which loops run several turns at once.
func TestLoopsAbreast(t *testing.T) {
	for body, want := range map[string]bool{
		"for i := range x { v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                                              true,
		"for i, v := range x { n := 0; for v+a > 1 { n++; if n > 40 { break } }; dst[i] = float64(n) }":                 true,
		"for i := range x { v := x[i]; for range 100 { v += 0.1*(a-v) }; x[i] = v }":                                    true,
		"for i := range x { v := x[i]; for k := range 100 { v += a*float64(k) }; x[i] = v }":                            true,
		"for i := range x { v := x[i]; for k := 0; k < 100; k++ { v += a*v }; x[i] = v }":                               true,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; x[i] = v }":                                                true,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; x[len(x)-1-i] = v }":                                       false, // the next turn may read it
		"for i := 0; i < len(x)-1; i++ { v := x[i]; for v > 1 { v *= a }; x[i+1] = v }":                                 false,
		"for i := range x { v := x[i]*a; for v > 1 { v *= 0.5 }; a += v }":                                              false,
		"for i := range x { v := x[i]; for v > a { v *= 0.5 }; a += v }":                                                false,
		"b := a\nfor i := range x { v := x[i]; for v > b { v *= 0.5 }; a += v }":                                        true,
		"for i := range x { v := x[i]; for v > 1 { v *= x[0] }; dst[i] = v }":                                           false, // reads memory
		"for i := range x { v := x[i]; for v > 1 { dst[0] = v; v *= a } }":                                              false,
		"for i := range x { v := x[i]; for v > 1 { v *= a; if v < 2 { continue }; v-- }; dst[i] = v }":                  true,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; if v < 0 { break }; dst[i] = v }":                          false,
		"for i := range x { if i == 3 { continue }; v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                      false,
		"for i := range x { v := x[i/len(dst)]; for v > 1 { v *= a }; dst[i] = v }":                                     false, // may fail
		"for i := range x { v := a; for v > 1 { v *= x[i] }; dst[i] = v }":                                              false,
		"for i := range x { v := 1.0; for k := 0; k < 4; k++ { v *= x[i] }; dst[i] = v }":                               false, // written out
		"for i := range x { v := x[i]; for k := range n { v += dst[k] }; x[i] = v }":                                    true,
		"for i := range x { v := x[i]; for k := range n { v += dst[i*n+k] - dst[k+i*n+1] }; x[i] = v }":                 true,
		"for i := range x { v, j := x[i], i/2; for k := 1; k < n; k++ { v = a*v + dst[k-1] + dst[n-j+k] }; x[i] = v }":  true,
		"for i := range x { v := x[i]; for k := range n { v += dst[k*n+i] }; x[i] = v }":                                false,
		"for i := range x { v := x[i]; for k := range n { v += dst[k-1] }; x[i] = v }":                                  false, // before the first
		"for i := range x { v := x[i]; for k := range n { v += dst[k] }; dst[i] = v }":                                  false,
		"for i := range x { v := x[i]; for k := range n { if v > 2 { break }; v += dst[k] }; x[i] = v }":                false,
		"for i := range x { v := x[i]; for k := range i { v += dst[k] }; x[i] = v }":                                    false,
		"for i := range x { v, j := x[i], 0; for k := range n { v += dst[k+j]; j++ }; x[i] = v }":                       false,
		"for i := range x { v := x[i]; for v > 1 { v *= a }; for v < -1 { v *= a }; dst[i] = v }":                       false,
		"for i := range x { v := x[i]; for v > 1 { v = math.Log(v) }; dst[i] = v }":                                     true,
		"for i := range x { v := cube(a); for v > 1 { v = cube(v) - v }; dst[i] = v }":                                  false, // calls before it
		"for i := range x { v, ok := x[i], a > 0; for v > 1 { v *= a }; if ok { dst[i] = v } }":                         false,
		"for i := range x { var w [2]float64; w[0] = a; v := x[i]; for v > 1 { v *= a }; dst[i] = v }":                  false,
		"for i := range 9 { v := x[i]; for v > 1 { v = cube(v)*a }; dst[2*i] += v }":                                    true,
		"for i := range x { n := i; for n > 1 { if n-2 < 4 { n-- } else { n -= 3 } }; dst[i] = float64(n) }":            true,
		"for i := range x { n := i; for n > 1 { n /= 2 }; dst[i] = float64(n) }":                                        false,
		"for i := range x { u, v := x[i], x[i]+1; for u < v && !(v == 2 || u != u) { u, v = v, u+a }; dst[i] = u - v }": true,
	} {
		text := "package p\nimport \"math\"\nvar _ = math.Pi\nfunc cube(x float64) float64 { y := x*x; return y*x }\nfunc f(dst, x []float64, a float64, n int) float64 {\n" + body + "\nreturn a\n}"
		if got := isAbreast(t, text); got != want {
			t.Errorf("abreast: %v, want %v: %s", got, want, body)
		}
	}
}

// TestEvenLoopsReadInside runs loops abreast that read rows of a slice, inside it and not, where another is set that may overlap,
// and compares what is there afterwards, and the panic, with Go's.
func TestEvenLoopsReadInside(t *testing.T) {
	text := "package p\nfunc f(dst, x []float64, n, off int) int { for i := range dst { v := 1.0; for k := range n { v = 0.5*v + x[off-i+k] - x[i*n+k] }; dst[i] = v }; return 0 }"
	if !isAbreast(t, text) {
		t.Fatal("the turns are not abreast")
	}
	f := build(t, text, nil)["f"]
	for at := range 90 {
		for off := -2; off < 50; off += 3 {
			for n := range 4 {
				var all [2][]float64
				var said [2]string
				var result int
				for k := range all {
					all[k] = series(90, 1)
					dst, x := all[k][at:min(at+17, 90)], all[k][30:70]
					said[k] = message([]func(){caller(f, unsafe.Pointer(&result), unsafe.Pointer(&dst), unsafe.Pointer(&x), unsafe.Pointer(&n), unsafe.Pointer(&off)), func() {
						for i := range dst {
							v := 1.0
							for k := range n {
								v = 0.5*v + x[off-i+k] - x[i*n+k]
							}
							dst[i] = v
						}
					}}[k])
				}
				if said[0] != said[1] || !sameMemory(all[0], all[1], true) {
					t.Fatalf("dst from %d, off %d, %d turns: %q\n%v\nGo %q\n%v", at, off, n, said[0], all[0], said[1], all[1])
				}
			}
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
	text := "package p\nfunc f(dst, x []float64) { for i := range x { v := x[i]; for v < 2 { v *= 0.5 }; dst[i] = v } }"
	if !isAbreast(t, text) {
		t.Fatal("the turns are not abreast")
	}
	isStopped(t, text, []float64{5, 5, 1, 5})
}
