package nn

import (
	"math"
	"sync"
	"testing"
)

// Glorot: uniform on ±√(6/(in+out)), so the variance is 2/(in+out); the mean of n squares of a uniform variable
// deviates by √(4/5n) relatively.
func TestGlorotVarianceAndZeroBias(t *testing.T) {
	m := NewMLP(5, 30, 100, 50)
	for _, l := range m.layers {
		limit, sum := math.Sqrt(6/float64(l.in+l.out)), 0.0
		for _, v := range l.w {
			if math.Abs(float64(v)) > limit*(1+1e-6) {
				t.Fatalf("weight %v beyond %v", v, limit)
			}
			sum += float64(v) * float64(v)
		}
		n := float64(len(l.w))
		if got := sum / n * float64(l.in+l.out) / 2; math.Abs(got-1) > 5*math.Sqrt(0.8/n) {
			t.Errorf("variance·(in+out)/2 is %v, want 1", got)
		}
		for _, v := range l.b {
			if v != 0 {
				t.Fatal("bias is not zero")
			}
		}
	}
	if m.Params() != 31*100+101*50 || m.In() != 30 || m.Out() != 50 {
		t.Errorf("%v has wrong sizes", m)
	}
}

func TestScaleOutput(t *testing.T) {
	m := NewMLP(1, 2, 16, 3)
	randomise(m, 2)
	x, before, after := normals(20, 3), make([]float64, 30), make([]float64, 30)
	m.EvalTo(before, x)
	m.ScaleOutput(-4)
	m.EvalTo(after, x)
	for i := range after {
		if after[i] != -4*before[i] {
			t.Fatalf("output %v, want %v", after[i], -4*before[i])
		}
	}
}

func TestEvaluationIsConcurrentAndDoesNotAllocate(t *testing.T) {
	m := NewMLP(1, 2, 32, 16, 2)
	x := normals(2*300, 2)
	want := make([]float64, len(x))
	m.EvalTo(want, x)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got := make([]float64, len(x))
			for range 20 {
				m.EvalTo(got, x)
				for i, v := range want {
					if got[i] != v {
						t.Errorf("concurrent evaluation differs at %d", i)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	got := make([]float64, len(x))
	// The scratch may be lost to the garbage collector now and then; anything regular would show once a chunk and layer.
	if n := testing.AllocsPerRun(50, func() { m.EvalTo(got, x) }); n > 3 {
		t.Errorf("%v allocations per evaluation", n)
	}
}

func TestMisusePanics(t *testing.T) {
	m := NewMLP(1, 2, 4, 3)
	for name, f := range map[string]func(){
		"sizes":   func() { NewMLP(1, 3) },
		"zero":    func() { NewMLP(1, 3, 0, 2) },
		"lengths": func() { m.EvalTo(make([]float64, 3), make([]float64, 4)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func BenchmarkEval(b *testing.B) {
	m := NewMLP(1, 2, 128, 64, 2)
	const n = 4096
	x, dst := normals(2*n, 2), make([]float64, 2*n)
	b.ReportAllocs()
	for b.Loop() {
		m.EvalTo(dst, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/point")
}
