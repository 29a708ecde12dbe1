package langevin

import (
	"fmt"
	"math"
	"sync"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

const root2 = math.Sqrt2

// StateDependent is the model whose diffusion and rotation depend on the state,
//
//	ẋ = M(x) s(x) + ∇·M(x) + √2 Σ(x) ξ,   M = D + R,   D = ΣΣᵀ,   LD (8),
//
// in Itô's sense, with (∇·M)ᵢ = Σⱼ ∂Mᵢⱼ/∂xⱼ. Its stationary density is that of the score, whatever M with a positive definite
// symmetric part.
type StateDependent struct {
	Score score.Score
	// Mobility writes M(x) by rows (D×D) to dst. It is called from several goroutines at once.
	Mobility func(dst, x []float64)
	// Divergence writes (∇·M)(x) to dst; nil means central differences of Mobility.
	Divergence func(dst, x []float64)
	// Scale tells the normalised coordinates that all is written in; nil means physical ones.
	Scale *trajectory.Scale
	Names []string
}

// SDE returns the equation, with the lower Cholesky factor of D for Σ. It is an error when D at the state `at` is not positive
// definite; at a later state where it is not, the noise becomes NaN and the simulation ends as a blow-up.
func (m *StateDependent) SDE(at []float64) (sde.SDE, error) {
	d := m.Score.Dim()
	if len(at) != d {
		panic(fmt.Sprintf("langevin: a state of %d coordinates for a score of %d", len(at), d))
	}
	f := &fields{StateDependent: m, dim: d}
	f.pool.New = func() any { return newWorkspace(d) }
	b := make([]float64, d*d)
	if f.noiseTo(b, at); math.IsNaN(b[0]) {
		return sde.SDE{}, fmt.Errorf("langevin: the symmetric part of M at x = %.4g is not positive definite: a diffusion is", at)
	}
	noise := sde.MultiplicativeMatrix(d, f.noiseTo)
	if d == 1 {
		noise = sde.Multiplicative(f.noiseTo)
	}
	return sde.SDE{Dim: d, Drifts: f.driftTo, Noise: noise, Names: m.Names, Scale: m.Scale}, nil
}

// fields evaluates drift and noise. It is safe for concurrent use.
type fields struct {
	*StateDependent
	dim  int
	pool sync.Pool // *workspace
}

type workspace struct {
	m, up, down []float64 // D×D
	x, s        []float64
	d           *mat.SymDense
}

func newWorkspace(d int) *workspace {
	room := func(n int) []float64 { return make([]float64, n) }
	return &workspace{m: room(d * d), up: room(d * d), down: room(d * d), x: room(d), s: room(d), d: mat.NewSymDense(d, nil)}
}

// driftTo writes M s + ∇·M for each point of x.
func (f *fields) driftTo(dst, x []float64) {
	w := f.pool.Get().(*workspace)
	f.Score.ScoreTo(dst, x)
	for k := 0; k < len(x); k += f.dim {
		at, out := x[k:k+f.dim:k+f.dim], dst[k:k+f.dim:k+f.dim]
		copy(w.s, out)
		f.divergenceTo(out, at, w)
		f.Mobility(w.m, at)
		for i := range out {
			for j, s := range w.s {
				out[i] += w.m[i*f.dim+j] * s
			}
		}
	}
	f.pool.Put(w)
}

func (f *fields) divergenceTo(dst, x []float64, w *workspace) {
	if f.Divergence != nil {
		f.Divergence(dst, x)
		return
	}
	clear(dst)
	copy(w.x, x)
	for j, v := range x {
		h := differences * (1 + math.Abs(v))
		w.x[j] = v + h
		f.Mobility(w.up, w.x)
		w.x[j] = v - h
		f.Mobility(w.down, w.x)
		w.x[j] = v
		for i := range dst {
			dst[i] += (w.up[i*f.dim+j] - w.down[i*f.dim+j]) / (2 * h)
		}
	}
}

// noiseTo writes √2 Σ(x) by rows.
func (f *fields) noiseTo(dst, x []float64) {
	w := f.pool.Get().(*workspace)
	f.Mobility(w.m, x)
	for i := range f.dim {
		for j := range i + 1 {
			w.d.SetSym(i, j, (w.m[i*f.dim+j]+w.m[j*f.dim+i])/2)
		}
	}
	if !sources(w.d, dst) {
		for i := range dst {
			dst[i] = math.NaN()
		}
	}
	f.pool.Put(w)
}

// sources is √2 times the lower Cholesky factor of a positive definite D.
func sources(d *mat.SymDense, dst []float64) bool {
	n := d.SymmetricDim()
	var factor mat.Cholesky
	if !factor.Factorize(d) {
		return false
	}
	var lower mat.TriDense
	factor.LTo(&lower)
	for i := range n {
		for j := range n {
			dst[i*n+j] = 0
			if j <= i {
				dst[i*n+j] = root2 * lower.At(i, j)
			}
		}
	}
	return true
}
