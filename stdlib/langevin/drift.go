package langevin

import (
	"sync"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
)

// few is the largest number of coordinates that a score on the stack has room for.
const few = 32

// drift is x ↦ Φ s(x). It is safe for concurrent use.
type drift struct {
	s    score.Score
	dim  int
	phi  []float64 // D×D by rows
	pool sync.Pool // *[]float64, one score, for more than `few` coordinates
}

func newDrift(s score.Score, phi *mat.Dense) *drift {
	n, _ := phi.Dims()
	d := &drift{s: s, dim: n, phi: make([]float64, 0, n*n)}
	for i := range n {
		d.phi = append(d.phi, phi.RawRowView(i)...)
	}
	d.pool.New = func() any { one := make([]float64, n); return &one }
	return d
}

// driftTo writes Φ s(x) for each point of x (sample-major) to dst.
func (d *drift) driftTo(dst, x []float64) {
	d.s.ScoreTo(dst, x)
	if d.dim == 2 {
		d.apply2(dst)
		return
	}
	if d.dim <= few {
		var s [few]float64
		d.apply(dst, s[:d.dim])
		return
	}
	s := d.pool.Get().(*[]float64)
	d.apply(dst, *s)
	d.pool.Put(s)
}

// apply multiplies each point of dst by Φ, with room for one in s.
func (d *drift) apply(dst, s []float64) {
	for k := 0; k < len(dst); k += d.dim {
		f := dst[k : k+d.dim]
		copy(s, f)
		for i := range f {
			sum := 0.0
			for j, v := range d.phi[i*d.dim : (i+1)*d.dim] {
				sum += v * s[j]
			}
			f[i] = sum
		}
	}
}

// apply2 multiplies each pair of f by Φ.
func (d *drift) apply2(f []float64) {
	a, b, c, e := d.phi[0], d.phi[1], d.phi[2], d.phi[3]
	for k := 0; k+1 < len(f); k += 2 {
		f[k], f[k+1] = a*f[k]+b*f[k+1], c*f[k]+e*f[k+1]
	}
}
