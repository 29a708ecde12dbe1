package markov

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/rng"
)

// mode is an eigenvalue of the transition operator with its right eigenvector, a function ψ with T ψ = λ ψ, and its left one,
// a density φ over π: Σ wⱼ πⱼ P[i,j] = λ wᵢ πᵢ.
type mode struct {
	value       complex128
	right, left []complex128
}

// modes returns the k of largest modulus after the stationary one, on Krylov spaces of random functions and of random
// densities.
func (q *RateMatrix) modes(ctx context.Context, k int) ([]mode, error) {
	n := q.P.Cols
	if k < 1 || k > n-2 {
		return nil, fmt.Errorf("%d timescales of a chain of %d states; ask for 1 to %d", k, n, n-2)
	}
	op := newKoopman(q.P, q.Pi)
	functions, err := ritz(ctx, op, q.Pi, k)
	if err != nil {
		return nil, err
	}
	densities, err := ritz(ctx, &koopman{p: op.p.transposed()}, q.Pi, k)
	if err != nil {
		return nil, err
	}
	var out []mode
	for _, f := range functions.pairs[:k] {
		nearest := slices.MinFunc(densities.pairs, func(a, b ritzPair) int {
			return cmpDistance(a.value, b.value, f.value)
		})
		out = append(out, mode{f.value, q.unweighted(functions.vector(f)), q.unweighted(densities.vector(nearest))})
	}
	return out, nil
}

func cmpDistance(a, b, to complex128) int {
	switch d := cmplx.Abs(a-to) - cmplx.Abs(b-to); {
	case d < 0:
		return -1
	case d > 0:
		return 1
	}
	return 0
}

// unweighted divides by √π, which turns a vector of the orthonormal basis into values on the states.
func (q *RateMatrix) unweighted(v []complex128) []complex128 {
	for j, p := range q.Pi {
		if p > 0 {
			v[j] /= complex(math.Sqrt(p), 0)
		}
	}
	return v
}

const (
	ritzSettled = 1e-6 // change of the leading eigenvalues below which they have settled
	ritzBlock   = 16   // steps between two looks at them
)

// ritzSpace is a Krylov space with the eigenvalues in it after the stationary one, leading first.
type ritzSpace struct {
	space *krylov
	pairs []ritzPair
}

// ritzPair is an eigenvalue with its coefficients in the space.
type ritzPair struct {
	value  complex128
	coeffs []complex128
}

// ritz grows the space until the leading eigenvalues settle or it is complete.
func ritz(ctx context.Context, op operator, pi []float64, k int) (*ritzSpace, error) {
	start, noise := make([]float64, op.size()), rng.New(0, "spectrum")
	noise.Normals(start)
	for j, p := range pi {
		start[j] *= math.Sqrt(p)
	}
	out := &ritzSpace{space: newKrylov(op, [][]float64{start}, nil, 0)}
	var last []complex128
	for grown := true; ; {
		for range ritzBlock {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("markov: spectrum interrupted: %w", err)
			}
			grown = grown && out.space.growBlock(ctx)
		}
		s, err := newSchur(out.space.projected())
		if err != nil {
			return nil, err
		}
		values := leading(s.eigenvalues())
		if len(values) > k {
			values = values[1 : k+1]
			if !grown || last != nil && furthest(values, last) < ritzSettled {
				return out, out.setPairs()
			}
			last = values
		}
		if !grown || len(out.space.basis) > maxVectors {
			return nil, fmt.Errorf("markov: the %d leading eigenvalues did not settle with %d Krylov vectors: ask for fewer, or take a longer lag", k, len(out.space.h))
		}
	}
}

// setPairs takes the eigenvectors in the space.
func (r *ritzSpace) setPairs() error {
	h := r.space.projected()
	var e mat.Eigen
	if !e.Factorize(h, mat.EigenRight) {
		return fmt.Errorf("markov: the QR iteration for the %d eigenvalues of a transition matrix did not converge", len(r.space.h))
	}
	values := e.Values(nil)
	var vectors mat.CDense
	e.VectorsTo(&vectors)
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareLeading(values[a], values[b]) })
	for _, i := range order[1:] {
		p := ritzPair{value: values[i]}
		for row := range values {
			p.coeffs = append(p.coeffs, vectors.At(row, i))
		}
		r.pairs = append(r.pairs, p)
	}
	return nil
}

// vector returns the eigenvector in the basis of the states.
func (r *ritzSpace) vector(p ritzPair) []complex128 {
	out := make([]complex128, r.space.op.size())
	for i, c := range p.coeffs {
		for j, v := range r.space.basis[i] {
			out[j] += c * complex(v, 0)
		}
	}
	return out
}
