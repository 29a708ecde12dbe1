package markov

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"slices"
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
	r, err := ritz(ctx, newKoopman(q.P, q.Pi), q.Pi, k)
	if err != nil {
		return nil, err
	}
	var out []complex128
	for _, p := range r.pairs[:k] {
		out = append(out, p.value)
	}
	return out, nil
}

// leading sorts by falling modulus, the positive imaginary part first.
func leading(v []complex128) []complex128 {
	slices.SortStableFunc(v, compareLeading)
	return v
}

func compareLeading(a, b complex128) int {
	if d := cmplx.Abs(b) - cmplx.Abs(a); math.Abs(d) > 1e-14 {
		return cmp.Compare(d, 0)
	}
	return cmp.Compare(imag(b), imag(a))
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
		out[i] = impliedTime(v, q.Tau)
	}
	return out, nil
}
