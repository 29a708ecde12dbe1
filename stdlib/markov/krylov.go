package markov

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// operator is a linear map of ℝⁿ, here a transition operator in a basis that is
// orthonormal in the π-weighted inner product.
type operator interface {
	size() int
	applyTo(dst, x []float64)
}

// krylov is a band Arnoldi decomposition A V = V H: the columns of V, held as the
// slices of basis, span the block Krylov space of the starting vectors, in which
// vector number b+j is A times vector j made orthogonal to all before it.
// Vectors that depend on the earlier ones are left out.
type krylov struct {
	op    operator
	basis [][]float64
	h     [][]float64 // h[j] = Vᵀ A vⱼ, for the vectors already multiplied
	start *mat.Dense  // the starting vectors in the basis, one a row
}

// Below this fraction of its length a vector is held to depend on the earlier ones.
const dependent = 1e-11

// newKrylov begins with the given vectors, which it overwrites.
func newKrylov(op operator, x [][]float64) *krylov {
	k := &krylov{op: op}
	var rows [][]float64
	for _, v := range x {
		rows = append(rows, k.add(v, floats.Norm(v, 2)))
	}
	k.start = mat.NewDense(len(x), max(1, len(k.basis)), nil)
	for i, row := range rows {
		copy(k.start.RawRowView(i), row)
	}
	return k
}

// grow multiplies the next vector, and reports whether there was one.
func (k *krylov) grow() bool {
	j := len(k.h)
	if j == len(k.basis) {
		return false
	}
	w := make([]float64, k.op.size())
	k.op.applyTo(w, k.basis[j])
	k.h = append(k.h, k.add(w, 1))
	return true
}

// add orthogonalises w against the basis by classical Gram–Schmidt, done twice,
// appends what remains unless it is nothing beside scale, and returns the
// coefficients of w in the basis.
func (k *krylov) add(w []float64, scale float64) []float64 {
	coef := make([]float64, len(k.basis), len(k.basis)+1)
	for range 2 {
		for i, v := range k.basis {
			c := floats.Dot(v, w)
			floats.AddScaled(w, -c, v)
			coef[i] += c
		}
	}
	norm := blas64.Nrm2(blas64.Vector{N: len(w), Data: w, Inc: 1})
	if norm <= dependent*scale || math.IsNaN(norm) {
		return coef
	}
	floats.Scale(1/norm, w)
	k.basis = append(k.basis, w)
	return append(coef, norm)
}

// projected returns VᵀAV over the vectors multiplied so far.
func (k *krylov) projected() *mat.Dense {
	n := len(k.h)
	m := mat.NewDense(n, n, nil)
	for j, col := range k.h {
		for i, v := range col[:min(n, len(col))] {
			m.Set(i, j, v)
		}
	}
	return m
}

// started returns the starting vectors in the first n vectors of the basis, one a row.
func (k *krylov) started(n int) *mat.Dense {
	rows, cols := k.start.Dims()
	out := mat.NewDense(rows, n, nil)
	for i := range rows {
		copy(out.RawRowView(i), k.start.RawRowView(i)[:min(cols, n)])
	}
	return out
}
