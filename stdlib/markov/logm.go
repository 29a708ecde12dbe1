package markov

import (
	"fmt"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/mat"
)

// Treatment says what was done to the eigenvalues of a transition matrix before its logarithm was taken. The rule: an
// eigenvalue of modulus below Floor, which cannot be told from the noise of the counts, becomes Floor (its
// process is only known to decay at least that fast); a negative real one becomes its modulus (its argument π is noise
// too, and has no real logarithm).
type Treatment struct {
	Floor    float64 // smallest modulus kept, ¼ √(n/N) for n states and N transitions
	Floored  int     // eigenvalues raised to Floor
	Negative int     // negative real eigenvalues above Floor, turned positive
}

// treat applies the rule of Treatment to the diagonal blocks.
func (s *schur) treat(floor float64) Treatment {
	facts := Treatment{Floor: floor}
	n := s.n
	for i, v := range s.eigenvalues() {
		at := i*n + i
		switch {
		case cmplx.Abs(v) < floor:
			facts.Floored++
			s.t[at] = floor
			if imag(v) > 0 {
				s.t[at+1], s.t[at+n] = 0, 0
			}
		case imag(v) == 0 && real(v) < 0:
			facts.Negative++
			s.t[at] = math.Abs(s.t[at])
		}
	}
	return facts
}

// log returns the principal logarithm of the matrix, whose negative real eigenvalues must have been treated. A zero
// eigenvalue is an error.
func (s *schur) log() (*mat.Dense, error) {
	t, z := s.complex()
	for i := range s.n {
		if t[i*s.n+i] == 0 {
			return nil, fmt.Errorf("markov: the transition matrix of %d states has a zero eigenvalue and so no logarithm: take a shorter lag", s.n)
		}
	}
	logTriangular(t, s.n)
	return conjugated(t, z, s.n), nil
}

// conjugated returns the real part of Z T Zᴴ for upper triangular T.
func conjugated(t, z []complex128, n int) *mat.Dense {
	out := mat.NewDense(n, n, nil)
	row := make([]complex128, n)
	for i := range n {
		clear(row)
		for k, v := range z[i*n : i*n+n] {
			for j := k; j < n; j++ {
				row[j] += v * t[k*n+j]
			}
		}
		for j := range n {
			sum := 0.0
			for k, v := range z[j*n : j*n+n] {
				sum += real(row[k])*real(v) + imag(row[k])*imag(v)
			}
			out.Set(i, j, sum)
		}
	}
	return out
}
