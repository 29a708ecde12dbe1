package nn

import (
	"slices"

	"scorebook/internal/simd"
)

// evalChunk is the number of points that pass through the layers together: enough to fill the vector units, few
// enough for the activations to stay in the second-level cache.
const evalChunk = 64

// scratch holds a chunk's input, and the activations of two successive layers.
type scratch struct {
	in, out []float32
	hidden  [2][]float32
}

func newScratch(sizes []int) *scratch {
	widest := slices.Max(sizes)
	return &scratch{
		in:     make([]float32, evalChunk*sizes[0]),
		out:    make([]float32, evalChunk*sizes[len(sizes)-1]),
		hidden: [2][]float32{make([]float32, evalChunk*widest), make([]float32, evalChunk*widest)},
	}
}

// EvalTo writes f(x) to dst for the len(x)/In() points of x, sample-major. It panics on lengths that do not fit,
// and allocates nothing in steady state.
func (m *MLP) EvalTo(dst, x []float64) {
	n := countPoints(m, len(dst), len(x))
	s := m.pool.Get().(*scratch)
	for lo := 0; lo < n; lo += evalChunk {
		batch := min(evalChunk, n-lo)
		in, out := s.in[:batch*m.In()], s.out[:batch*m.Out()]
		narrow(in, x[lo*m.In():][:len(in)])
		m.forward(out, in, s, batch)
		widen(dst[lo*m.Out():], out)
	}
	m.pool.Put(s)
}

// Eval32To is [MLP.EvalTo] in float32 throughout.
func (m *MLP) Eval32To(dst, x []float32) {
	n := countPoints(m, len(dst), len(x))
	s := m.pool.Get().(*scratch)
	for lo := 0; lo < n; lo += evalChunk {
		batch := min(evalChunk, n-lo)
		m.forward(dst[lo*m.Out():][:batch*m.Out()], x[lo*m.In():][:batch*m.In()], s, batch)
	}
	m.pool.Put(s)
}

func (m *MLP) forward(dst, x []float32, s *scratch, batch int) {
	last := len(m.layers) - 1
	for i, l := range m.layers[:last] {
		h := s.hidden[i%2][:batch*l.out]
		simd.DenseSwish(h, nil, x, l.w, l.b, batch, l.in, l.out)
		x = h
	}
	l := m.layers[last]
	simd.Dense(dst, x, l.w, l.b, batch, l.in, l.out)
}
