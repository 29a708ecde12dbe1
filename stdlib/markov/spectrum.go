package markov

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"slices"

	"scorebook/internal/rng"
)

// Spectrum returns the k eigenvalues of P of largest modulus, after the 1 of the stationary state, largest first; complex
// ones come in pairs. Those of a large chain are found on a Krylov space of random functions, and it is an error when
// they do not settle there.
func (q *RateMatrix) Spectrum(ctx context.Context, k int) ([]complex128, error) {
	n := q.P.Cols
	if k < 1 || k > n-1 {
		return nil, fmt.Errorf("markov: %d eigenvalues of a chain of %d states; ask for 1 to %d", k, n, n-1)
	}
	if n <= maxDense {
		s, err := newSchur(q.P)
		if err != nil {
			return nil, err
		}
		return leading(s.eigenvalues())[1 : k+1], nil
	}
	return q.ritz(ctx, k)
}

const (
	ritzSettled = 1e-6 // change of the leading eigenvalues below which they have settled
	ritzBlock   = 16   // steps between two looks at them
)

// ritz grows the space until the leading eigenvalues settle.
func (q *RateMatrix) ritz(ctx context.Context, k int) ([]complex128, error) {
	op := newKoopman(q.P, q.Pi)
	start, noise := make([]float64, op.size()), rng.New(0, "spectrum")
	noise.Normals(start)
	for j, p := range q.Pi {
		start[j] *= math.Sqrt(p)
	}
	space := newKrylov(op, [][]float64{start}, nil, 0)
	var last []complex128
	for len(space.basis) <= maxVectors {
		for range ritzBlock {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("markov: spectrum interrupted: %w", err)
			}
			space.growBlock()
		}
		s, err := newSchur(space.projected())
		if err != nil {
			return nil, err
		}
		if s.n <= k {
			continue
		}
		values := leading(s.eigenvalues())[1 : k+1]
		if last != nil && furthest(values, last) < ritzSettled {
			return values, nil
		}
		last = values
	}
	return nil, fmt.Errorf("markov: the %d leading eigenvalues did not settle with %d Krylov vectors: ask for fewer, or take a longer lag", k, maxVectors)
}

// leading sorts by falling modulus, the positive imaginary part first.
func leading(v []complex128) []complex128 {
	slices.SortStableFunc(v, func(a, b complex128) int {
		if d := cmplx.Abs(b) - cmplx.Abs(a); math.Abs(d) > 1e-14 {
			return cmp.Compare(d, 0)
		}
		return cmp.Compare(imag(b), imag(a))
	})
	return v
}

func furthest(a, b []complex128) float64 {
	d := 0.0
	for i, v := range a {
		d = max(d, cmplx.Abs(v-b[i]))
	}
	return d
}

// Timescales returns the k slowest implied timescales −τ/ln|λ|, longest first, in units of time. For a Markov process
// they do not depend on the lag.
func (q *RateMatrix) Timescales(ctx context.Context, k int) ([]float64, error) {
	values, err := q.Spectrum(ctx, k)
	if err != nil {
		return nil, err
	}
	out := make([]float64, k)
	for i, v := range values {
		out[i] = -q.Tau / math.Log(cmplx.Abs(v))
	}
	return out, nil
}
