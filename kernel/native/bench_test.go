package native

import (
	"os"
	"testing"
	"unsafe"
)

func kernels(t testing.TB) map[string]*Func {
	t.Helper()
	text, err := os.ReadFile("kernels_test.go")
	if err != nil {
		t.Fatal(err)
	}
	return build(t, string(text), nil)
}

// caller calls a Func with the addresses of its arguments and result.
func caller(f *Func, result unsafe.Pointer, args ...unsafe.Pointer) func() {
	var results []unsafe.Pointer
	if result != nil {
		results = []unsafe.Pointer{result}
	}
	return func() { f.Call(args, results) }
}

func series(n int, scale float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = scale * (float64((i*7919)%1000)/500 - 1)
	}
	return x
}

type race struct {
	name           string
	native, golang func()
	result, want   *float64
}

// races set up each kernel twice, on data of their own.
func races(t testing.TB) []race {
	fs := kernels(t)
	p := func(v any) unsafe.Pointer {
		switch v := v.(type) {
		case *[]float64:
			return unsafe.Pointer(v)
		case *float64:
			return unsafe.Pointer(v)
		}
		return unsafe.Pointer(v.(*int))
	}
	var rs []race
	add := func(name string, native func(), golang func(want *float64), result *float64) {
		want := new(float64)
		rs = append(rs, race{name, native, func() { golang(want) }, result, want})
	}
	{
		steps, dt, b, noise := 1000, 1e-3, 0.1, series(3000, 1)
		x, y, r := []float64{1, 1, 1}, []float64{1, 1, 1}, new(float64)
		add("lorenz63", caller(fs["lorenz63"], p(r), p(&x), p(&noise), p(&steps), p(&dt), p(&b)),
			func(w *float64) { *w = lorenz63(y, noise, steps, dt, b) }, r)
	}
	{
		steps, dt := 100, 1e-3
		x, y, d, r := series(44, 1), series(44, 1), make([]float64, 44), new(float64)
		add("lorenz96", caller(fs["lorenz96"], p(r), p(&x), p(&d), p(&steps), p(&dt)),
			func(w *float64) { *w = lorenz96(y, d, steps, dt) }, r)
	}
	{
		n, pos, force, r := 64, series(192, 1), make([]float64, 192), new(float64)
		add("nbody", caller(fs["nbody"], p(r), p(&pos), p(&force), p(&n)), func(w *float64) { *w = nbody(pos, force, n) }, r)
	}
	{
		w, h, limit, r, rf := 60, 40, 200, new(int), new(float64)
		call := caller(fs["mandelbrot"], p(r), p(&w), p(&h), p(&limit))
		add("mandelbrot", func() { call(); *rf = float64(*r) }, func(want *float64) { *want = float64(mandelbrot(w, h, limit)) }, rf)
	}
	{
		x, y, r := series(4096, 1), series(4096, 2), new(float64)
		add("dot", caller(fs["dot"], p(r), p(&x), p(&y)), func(w *float64) { *w = dot(x, y) }, r)
	}
	{
		x, d, e, r := series(4096, 1), make([]float64, 4096), make([]float64, 4096), new(float64)
		call := caller(fs["stencil"], nil, p(&d), p(&x))
		add("stencil", func() { call(); *r = d[77] }, func(w *float64) { stencil(e, x); *w = e[77] }, r)
	}
	{
		x, d, e, r := series(256, 3), make([]float64, 256), make([]float64, 256), new(float64)
		call := caller(fs["oscillators"], nil, p(&d), p(&x))
		add("oscillators", func() { call(); *r = d[77] }, func(w *float64) { oscillators(e, x); *w = e[77] }, r)
	}
	return rs
}

func TestKernelsHaveGoBits(t *testing.T) {
	for _, r := range races(t) {
		for range 3 {
			r.native()
			r.golang()
			if *r.result != *r.want {
				t.Errorf("%s: %v, compiled by Go %v", r.name, *r.result, *r.want)
			}
		}
	}
}

func BenchmarkKernels(b *testing.B) {
	for _, r := range races(b) {
		b.Run(r.name+"/native", func(b *testing.B) {
			for b.Loop() {
				r.native()
			}
		})
		b.Run(r.name+"/go", func(b *testing.B) {
			for b.Loop() {
				r.golang()
			}
		})
	}
}

// twenty is a function of twenty lines.
const twenty = `package p
import "math"
func drift(dst, x []float64, a, b float64) float64 {
	n := len(x)
	total := 0.0
	for i := 0; i < n; i++ {
		left, right := x[(i+n-1)%n], x[(i+1)%n]
		force := -a*(x[i]*x[i]*x[i]-x[i]) + b*(left+right-2*x[i])
		if math.Abs(force) > 100 {
			force = math.Copysign(100, force)
		}
		switch {
		case x[i] > 2:
			force -= math.Exp(x[i] - 2)
		case x[i] < -2:
			force += math.Exp(-2 - x[i])
		}
		dst[i] = force
		total += force * force
	}
	return math.Sqrt(total)
}`

func BenchmarkCompile(b *testing.B) {
	c := newCompiler(b)
	parsed := check(b, twenty)
	if _, err := c.Compile(parsed.sources...); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := c.Compile(parsed.sources...)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Bind(); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}

func BenchmarkElementary(b *testing.B) {
	for b.Loop() {
		c := newCompiler(b)
		if _, err := c.Compile(check(b, twenty).sources...); err != nil {
			b.Fatal(err)
		}
		c.Close()
	}
}
