package markov

import (
	"context"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// operator is a linear map of ℝⁿ, here a transition operator in a basis that is
// orthonormal in the π-weighted inner product.
type operator interface {
	size() int
	applyTo(dst, x []float64)
}

// krylov is a band Arnoldi decomposition A V = V H: the columns of V, held as the slices of basis, span the block Krylov
// space of the starting vectors, in which A times each vector, made orthogonal to all before it, makes a new one.
//
// A vector that depends on the earlier ones is left out, and so is one that is mostly noise: when A is known from counts,
// A v carries noise of power noise·(1 − |A v|²), because a function's variance over the states that follow one state is
// averaged over the transitions from it, and |A v|² is what of the unit variance of v the average keeps.
type krylov struct {
	op    operator
	noise float64   // n/N for an operator on n states known from N transitions; 0 for an exact one
	aside []float64 // unit vector that the space is kept orthogonal to: the constants; nil for none
	basis [][]float64
	h     [][]float64 // h[j] = Vᵀ A vⱼ, for the vectors already multiplied
	start *mat.Dense  // the starting vectors in the basis, one a row

	follow []bool // when not nil, which vectors shall make new ones, whatever the noise
	kept   []bool // for each vector multiplied, whether it made a new one
	noisy  int    // vectors left out as noise
}

const (
	dependent = 1e-11 // length, beside the vector it is left from, below which a vector depends on the earlier ones
	clarity   = 3     // power of a new vector in units of its noise below which it is left out
)

// newKrylov begins with the given vectors, which it overwrites.
func newKrylov(op operator, x [][]float64, aside []float64, noise float64) *krylov {
	k := &krylov{op: op, noise: noise, aside: aside}
	var rows [][]float64
	for _, v := range x {
		length := floats.Norm(v, 2)
		row, rest := k.orthogonalize(v)
		if rest > dependent*length {
			row = append(row, rest)
			k.append(v, rest)
		}
		rows = append(rows, row)
	}
	k.start = mat.NewDense(len(x), max(1, len(k.basis)), nil)
	for i, row := range rows {
		copy(k.start.RawRowView(i), row)
	}
	return k
}

// growBlock multiplies the vectors that the last block added, and reports whether there were any. It stops between two of them
// when ctx ends.
func (k *krylov) growBlock(ctx context.Context) bool {
	end := len(k.basis)
	if len(k.h) == end {
		return false
	}
	for len(k.h) < end && ctx.Err() == nil {
		k.grow()
	}
	return true
}

// grow multiplies the next vector.
func (k *krylov) grow() {
	w := make([]float64, k.op.size())
	k.op.applyTo(w, k.basis[len(k.h)])
	left := k.noise * max(0, 1-floats.Dot(w, w))
	coef, rest := k.orthogonalize(w)
	keep := rest > dependent && rest*rest > clarity*left
	if k.follow != nil {
		keep = rest > dependent && len(k.kept) < len(k.follow) && k.follow[len(k.kept)]
	}
	if keep {
		coef = append(coef, rest)
		k.append(w, rest)
	} else if rest > dependent {
		k.noisy++
	}
	k.kept = append(k.kept, keep)
	k.h = append(k.h, coef)
}

// orthogonalize makes w orthogonal to the basis by classical Gram–Schmidt, done twice, and returns its coefficients there
// and the length of what is left.
func (k *krylov) orthogonalize(w []float64) (coef []float64, rest float64) {
	coef = make([]float64, len(k.basis), len(k.basis)+1)
	for range 2 {
		if k.aside != nil {
			floats.AddScaled(w, -floats.Dot(k.aside, w), k.aside)
		}
		for i, v := range k.basis {
			c := floats.Dot(v, w)
			floats.AddScaled(w, -c, v)
			coef[i] += c
		}
	}
	return coef, floats.Norm(w, 2)
}

func (k *krylov) append(w []float64, length float64) {
	floats.Scale(1/length, w)
	k.basis = append(k.basis, w)
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
