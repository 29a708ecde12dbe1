package simd

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// layer is one random layer with its gradients.
type layer struct {
	batch, in, out          int
	x, w, bias, dy          []float32
	y, pre, act, dx, dw, db []float32
}

func newLayer(seed uint64, batch, in, out int) *layer {
	r := rand.New(rand.NewPCG(seed, 1))
	return &layer{
		batch: batch, in: in, out: out,
		x: noise(r, batch*in), w: noise(r, in*out), bias: noise(r, out), dy: noise(r, batch*out),
		y: noise(r, batch*out), pre: noise(r, batch*out), act: noise(r, batch*out),
		dx: noise(r, batch*in), dw: noise(r, in*out), db: noise(r, out),
	}
}

func (l *layer) compute(set isa) {
	dense(set, l.y, l.x, l.w, l.bias, l.batch, l.in, l.out)
	denseSwish(set, l.act, l.pre, l.x, l.w, l.bias, l.batch, l.in, l.out)
	denseBackInput(set, l.dx, l.dy, l.w, l.batch, l.in, l.out)
	denseBackWeights(set, l.dw, l.db, l.x, l.dy, l.batch, l.in, l.out)
}

func TestDenseAgainstSums(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		for n, s := range shapes {
			t.Run(fmt.Sprint(s), func(t *testing.T) {
				l := newLayer(uint64(n), s[0], s[1], s[2])
				l.compute(set)
				l.expectForwards(t)
				l.expectBackwards(t)
				expectBits(t, "pre", l.pre, l.y)
			})
		}
	})
}

func (l *layer) expectForwards(t *testing.T) {
	for b := range l.batch {
		for o := range l.out {
			terms := []float64{float64(l.bias[o])}
			for i := range l.in {
				terms = append(terms, float64(l.x[b*l.in+i])*float64(l.w[i*l.out+o]))
			}
			expectSum(t, "y", l.y[b*l.out+o], terms)
		}
		for i := range l.in {
			var terms []float64
			for o := range l.out {
				terms = append(terms, float64(l.dy[b*l.out+o])*float64(l.w[i*l.out+o]))
			}
			expectSum(t, "dx", l.dx[b*l.in+i], terms)
		}
	}
}

func (l *layer) expectBackwards(t *testing.T) {
	for o := range l.out {
		var terms []float64
		for b := range l.batch {
			terms = append(terms, float64(l.dy[b*l.out+o]))
		}
		expectSum(t, "db", l.db[o], terms)
		for i := range l.in {
			var terms []float64
			for b := range l.batch {
				terms = append(terms, float64(l.x[b*l.in+i])*float64(l.dy[b*l.out+o]))
			}
			expectSum(t, "dw", l.dw[i*l.out+o], terms)
		}
	}
}

func TestDenseSameBitsOnEverySet(t *testing.T) {
	for n, s := range shapes {
		want := newLayer(uint64(n), s[0], s[1], s[2])
		want.compute(portable)
		for _, set := range sets() {
			l := newLayer(uint64(n), s[0], s[1], s[2])
			l.compute(set)
			name := fmt.Sprint(set, s)
			expectBits(t, name+" y", l.y, want.y)
			expectBits(t, name+" pre", l.pre, want.pre)
			expectBits(t, name+" act", l.act, want.act)
			expectBits(t, name+" dx", l.dx, want.dx)
			expectBits(t, name+" dw", l.dw, want.dw)
			expectBits(t, name+" db", l.db, want.db)
		}
	}
}

func TestDenseSwishWithoutPre(t *testing.T) {
	l := newLayer(1, 300, 5, 70)
	l.compute(best)
	act := make([]float32, len(l.act))
	DenseSwish(act, nil, l.x, l.w, l.bias, l.batch, l.in, l.out)
	expectBits(t, "act", act, l.act)
}

// A sample's output does not depend on the batch it is in.
func TestDenseIndependentOfBatch(t *testing.T) {
	eachSet(t, func(t *testing.T, set isa) {
		l := newLayer(2, 29, 37, 41)
		l.compute(set)
		y := make([]float32, l.out)
		for b := range l.batch {
			dense(set, y, l.x[b*l.in:(b+1)*l.in], l.w, l.bias, 1, l.in, l.out)
			expectBits(t, "y", y, l.y[b*l.out:(b+1)*l.out])
		}
	})
}

func TestGemmAccumulates(t *testing.T) {
	l := newLayer(3, 20, 210, 50)
	c := make([]float32, 20*50)
	Gemm(c, l.x, l.w, 20, 50, 210, false)
	half := make([]float32, 20*50)
	left, right := make([]float32, 20*100), make([]float32, 20*110)
	for i := range 20 {
		copy(left[i*100:], l.x[i*210:i*210+100])
		copy(right[i*110:], l.x[i*210+100:(i+1)*210])
	}
	Gemm(half, left, l.w[:100*50], 20, 50, 100, false)
	Gemm(half, right, l.w[100*50:], 20, 50, 110, true)
	expectBits(t, "c", half, c)
}

func TestEmptyBatch(t *testing.T) {
	dw, db := []float32{1, 2}, []float32{3, 4}
	Dense(nil, nil, dw, db, 0, 1, 2)
	DenseBackInput(nil, nil, dw, 0, 1, 2)
	DenseBackWeights(dw, db, nil, nil, 0, 1, 2)
	expectBits(t, "dw", append(dw, db...), make([]float32, 4))
}

func TestMisusePanics(t *testing.T) {
	for name, f := range map[string]func(){
		"dst":  func() { Dense(make([]float32, 3), make([]float32, 2), make([]float32, 2), make([]float32, 2), 2, 1, 2) },
		"bias": func() { Dense(make([]float32, 4), make([]float32, 2), make([]float32, 2), nil, 2, 1, 2) },
		"pre": func() {
			DenseSwish(make([]float32, 2), make([]float32, 1), make([]float32, 1), make([]float32, 2), make([]float32, 2), 1, 1, 2)
		},
		"in":     func() { Dense(nil, nil, nil, nil, 0, 0, 0) },
		"length": func() { Exp(make([]float32, 1), nil) },
		"gemm":   func() { Gemm(nil, nil, nil, 1, 1, 1, false) },
	} {
		func() {
			defer func() {
				if r, _ := recover().(string); len(r) < 6 || r[:6] != "simd: " {
					t.Errorf("%s: recovered %v", name, r)
				}
			}()
			f()
		}()
	}
}
