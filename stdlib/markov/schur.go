package markov

import (
	"fmt"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/lapack"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/mat"
)

// schur is a real Schur form A = Z T Zᵀ, T quasi-triangular with its 2×2 blocks
// in standard form (equal diagonal, off-diagonal of opposite signs); both are
// n×n by rows.
type schur struct {
	n    int
	t, z []float64
}

// newSchur reduces a square matrix to Schur form.
func newSchur(a mat.Matrix) (*schur, error) {
	n, _ := a.Dims()
	s := &schur{n: n, t: make([]float64, n*n), z: make([]float64, n*n)}
	mat.NewDense(n, n, s.t).Copy(a)
	if n == 1 {
		s.z[0] = 1
		return s, nil
	}
	var impl lapackgonum.Implementation
	work := make([]float64, max(64*n, 256))
	tau, wr, wi := make([]float64, n-1), make([]float64, n), make([]float64, n)
	impl.Dgehrd(n, 0, n-1, s.t, n, tau, work, len(work))
	copy(s.z, s.t)
	impl.Dorghr(n, 0, n-1, s.z, n, tau, work, len(work))
	for i := 2; i < n; i++ {
		clear(s.t[i*n : i*n+i-1])
	}
	if impl.Dhseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, 0, n-1, s.t, n, wr, wi, s.z, n, work, len(work)) > 0 {
		return nil, fmt.Errorf("markov: the QR iteration for the %d eigenvalues of a transition matrix did not converge", n)
	}
	return s, nil
}

// paired reports whether rows i and i+1 form a 2×2 block.
func (s *schur) paired(i int) bool { return i+1 < s.n && s.t[(i+1)*s.n+i] != 0 }

// eigenvalues returns the eigenvalues in the order of the diagonal.
func (s *schur) eigenvalues() []complex128 {
	out := make([]complex128, 0, s.n)
	for i := 0; i < s.n; i++ {
		d := s.t[i*s.n+i]
		if !s.paired(i) {
			out = append(out, complex(d, 0))
			continue
		}
		w := math.Sqrt(-s.t[i*s.n+i+1] * s.t[(i+1)*s.n+i])
		out = append(out, complex(d, w), complex(d, -w))
		i++
	}
	return out
}

// complex returns the complex Schur form: T upper triangular, Z unitary, by rows.
func (s *schur) complex() (t, z []complex128) {
	n := s.n
	t, z = make([]complex128, n*n), make([]complex128, n*n)
	for k := range t {
		t[k], z[k] = complex(s.t[k], 0), complex(s.z[k], 0)
	}
	for i := 0; i+1 < n; i++ {
		if !s.paired(i) {
			continue
		}
		w := cmplx.Sqrt(complex(s.t[i*n+i+1]*s.t[(i+1)*n+i], 0))
		low := t[(i+1)*n+i]
		r := complex(math.Hypot(cmplx.Abs(w), cmplx.Abs(low)), 0)
		rotate(t, z, n, i, w/r, low/r)
		t[(i+1)*n+i] = 0
	}
	return t, z
}

// rotate applies the unitary G = [[c̄, s], [−s, c]] (s real) to rows i, i+1 of t,
// and Gᴴ to columns i, i+1 of t and of z.
func rotate(t, z []complex128, n, i int, c, s complex128) {
	for j := i; j < n; j++ {
		a, b := t[i*n+j], t[(i+1)*n+j]
		t[i*n+j], t[(i+1)*n+j] = cmplx.Conj(c)*a+s*b, c*b-s*a
	}
	for _, m := range []struct {
		x    []complex128
		rows int
	}{{t, i + 2}, {z, n}} {
		for j := range m.rows {
			a, b := m.x[j*n+i], m.x[j*n+i+1]
			m.x[j*n+i], m.x[j*n+i+1] = a*c+b*s, b*cmplx.Conj(c)-a*s
		}
	}
}
