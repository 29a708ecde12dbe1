package sde

import "math"

// increments turns draws ζ into the noise increments of the state, √δt B(x) ζ.
type increments struct {
	dim, sources int
	root         float64   // √δt
	amplitude    []float64 // √δt·B when B is constant and diagonal
	matrix       []float64 // √δt·B, D×M by rows, when it is constant otherwise
	field        Drift     // B(x) when it depends on the state: D amplitudes when diagonal, else D×M by rows
	diagonal     bool
	b            []float64 // B(x) of one state
}

func newIncrements(e equation) *increments {
	n := &increments{dim: e.dim, sources: e.noise.Components(e.dim), root: math.Sqrt(e.dt)}
	switch {
	case n.sources == 0:
	case e.noise.field != nil:
		n.field, n.diagonal = e.noise.field, e.noise.sources == 0
		n.b = make([]float64, e.dim*max(1, e.noise.sources))
	default:
		n.setConstant(e.noise)
	}
	return n
}

func (n *increments) setConstant(noise Noise) {
	if b, ok := noise.diagonal(n.dim); ok {
		n.amplitude = b
		for i := range b {
			b[i] *= n.root
		}
		return
	}
	for i := range n.dim {
		for j := range n.sources {
			n.matrix = append(n.matrix, n.root*noise.B.At(i, j))
		}
	}
}

// none tells whether there is no noise.
func (n *increments) none() bool { return n.sources == 0 }

// to writes √δt B(x) ζ for each state of x to dst.
func (n *increments) to(dst, x []float64, z draws) {
	if n.none() {
		clear(dst)
		return
	}
	for m, k := 0, 0; k < len(dst); m, k = m+1, k+n.dim {
		at := m * z.stride
		n.one(dst[k:k+n.dim:k+n.dim], x[k:k+n.dim:k+n.dim], z.z[at:at+n.sources])
	}
}

// one is to for one state.
func (n *increments) one(dst, x, z []float64) {
	switch {
	case n.amplitude != nil:
		scaled(dst, n.amplitude, z)
	case n.matrix != nil:
		product(dst, n.matrix, z, 1)
	case n.diagonal:
		n.field(n.b, x)
		for i, b := range n.b {
			dst[i] = n.root * b * z[i]
		}
	default:
		n.field(n.b, x)
		product(dst, n.b, z, n.root)
	}
}

// scaled writes a∘z to dst.
func scaled(dst, a, z []float64) {
	a, z = a[:len(dst)], z[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * z[i]
	}
}

// product writes c·A z to dst, with A by rows.
func product(dst, a, z []float64, c float64) {
	for i := range dst {
		sum := 0.0
		for j, v := range a[i*len(z) : (i+1)*len(z)] {
			sum += v * z[j]
		}
		dst[i] = c * sum
	}
}
