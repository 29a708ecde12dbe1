package langevin

import (
	"fmt"
	"math"
	"sync"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

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
	f := m.fields()
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

func (m *StateDependent) fields() *fields {
	f := &fields{StateDependent: m, dim: m.Score.Dim()}
	f.pool.New = func() any { return newWorkspace(f.dim) }
	return f
}

type workspace struct {
	m, up, down []float64 // D×D
	x, s        []float64
}

func newWorkspace(d int) *workspace {
	room := func(n int) []float64 { return make([]float64, n) }
	return &workspace{m: room(d * d), up: room(d * d), down: room(d * d), x: room(d), s: room(d)}
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
	if !factor(dst, w.m, f.dim) {
		for i := range dst {
			dst[i] = math.NaN()
		}
	}
	f.pool.Put(w)
}

// factor sets l to √2 times the lower Cholesky factor of the symmetric part of m, both n×n by rows, and reports whether that
// is positive definite.
func factor(l, m []float64, n int) bool {
	clear(l)
	for i := range n {
		for j := range i + 1 {
			sum := m[i*n+j] + m[j*n+i] // twice the symmetric part: the square of √2
			for k := range j {
				sum -= l[i*n+k] * l[j*n+k]
			}
			switch {
			case i > j:
				l[i*n+j] = sum / l[j*n+j]
			case sum > 0:
				l[i*n+i] = math.Sqrt(sum)
			default:
				return false
			}
		}
	}
	return true
}
