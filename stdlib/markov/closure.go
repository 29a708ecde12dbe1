package markov

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Closure returns −C(0) K⁻¹ C(0), in place of Ċ(0⁺), from K = ∫₀^∞ C(t) dt = −X Q^# Π Xᵀ with the group inverse Q^# of the
// generator of method m. For linear dynamics it is Ċ(0⁺). Q^# is not formed: on the Krylov space of the coordinates, which
// is orthogonal to the constants, the generator has an inverse. Coordinates that depend on others linearly, as those of a
// ring of zero mean do, are left out of the inverse: the result has the rank of C(0).
func (q *RateMatrix) Closure(m Method) (*mat.Dense, error) {
	if m == Logarithm || m == CellLogarithm {
		p, err := q.projected(m)
		if err != nil {
			return nil, err
		}
		return p.closure()
	}
	rates, err := q.Rates(m)
	if err != nil {
		return nil, err
	}
	c, err := q.ofRates(rates).settle(context.Background(), (*projection).closure)
	if err != nil {
		return nil, fmt.Errorf("markov: the group inverse by %q: %w: take fewer cells, or a logarithm", m, err)
	}
	return c, nil
}

// closure returns −C(0) K⁻¹ C(0) with K = −⟨(G⁻¹ x) xᵀ⟩.
func (p *projection) closure() (*mat.Dense, error) {
	var gx, k mat.Dense
	if err := gx.Solve(p.generator, p.start.T()); err != nil {
		return nil, fmt.Errorf("markov: the generator has no inverse on the coordinates: %w", err)
	}
	k.Mul(gx.T(), p.start.T())
	k.Scale(-1, &k)
	return closed(p.correlation(0), &k)
}

// closed returns −C K⁻¹ C, on the range of C: with C = UΛUᵀ over its r eigenvalues that are not rounding, −UΛ(UᵀKU)⁻¹ΛUᵀ.
func closed(c, k *mat.Dense) (*mat.Dense, error) {
	values, u, err := rangeOf(c)
	if err != nil {
		return nil, err
	}
	var inside, x, out mat.Dense
	inside.Product(u.T(), k, u)
	scale := mat.NewDiagDense(len(values), values)
	if err := x.Solve(&inside, scale); err != nil {
		return nil, fmt.Errorf("markov: the integrated correlation K = ∫C(t)dt is singular (%w) although the %d directions of the coordinates are independent: "+
			"some motion integrates to zero, as an oscillation does; set Cutoff to a time at which the correlations have died out, or take the method Logarithm", err, len(values))
	}
	out.Product(u, scale, &x, u.T())
	out.Scale(-1, &out)
	return &out, nil
}

// rangeOf returns the eigenvalues of the symmetric part of c that are not rounding, and their eigenvectors (D×r).
func rangeOf(c *mat.Dense) (values []float64, u *mat.Dense, err error) {
	d, _ := c.Dims()
	symmetric := mat.NewSymDense(d, nil)
	for a := range d {
		for b := range a + 1 {
			symmetric.SetSym(a, b, (c.At(a, b)+c.At(b, a))/2)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(symmetric, true) {
		return nil, nil, fmt.Errorf("markov: the eigenvalues of the covariance of the coordinates do not converge: look for NaN or Inf in the data")
	}
	all := eigen.Values(nil)
	first := 0
	for first < d && !(all[first] > insignificant*all[d-1]) {
		first++
	}
	if first == d {
		return nil, nil, fmt.Errorf("markov: every coordinate is constant: nothing moves")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	return all[first:], mat.DenseCopyOf(vectors.Slice(0, d, first, d)), nil
}
