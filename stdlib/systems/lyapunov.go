package systems

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// lyapunov returns the C that solves A C + C Aᵀ = B Bᵀ, by the Cayley transform and Smith's doubling: with q > 0,
// V = (A+qI)⁻¹(qI−A) and M = (A+qI)⁻¹, C = Σₖ Vᵏ (2q M B Bᵀ Mᵀ) Vᵏᵀ, whose partial sums double in length each time.
func lyapunov(a, b *mat.Dense) (*mat.Dense, error) {
	if err := checkStable(a); err != nil {
		return nil, err
	}
	d, _ := a.Dims()
	q := mat.Norm(a, 2)
	var plus, minus, v, mb, c mat.Dense
	shift := diagonal(d, q)
	plus.Add(a, shift)
	minus.Sub(shift, a)
	if err := v.Solve(&plus, &minus); err != nil {
		return nil, fmt.Errorf("systems: covariance of the process: %w", err)
	}
	if err := mb.Solve(&plus, b); err != nil {
		return nil, fmt.Errorf("systems: covariance of the process: %w", err)
	}
	c.Mul(&mb, mb.T())
	c.Scale(2*q, &c)
	for range 64 {
		var vc, add, square mat.Dense
		vc.Mul(&v, &c)
		add.Mul(&vc, v.T())
		c.Add(&c, &add)
		if mat.Norm(&add, 2) <= 1e-17*mat.Norm(&c, 2) {
			break
		}
		square.Mul(&v, &v)
		v.Copy(&square)
	}
	c.Add(&c, mat.DenseCopyOf(c.T())) // rounding leaves an antisymmetric part
	c.Scale(0.5, &c)
	if mat.Cond(&c, 2) > 1e13 {
		return nil, errors.New("systems: the noise B leaves a direction without variance; give every direction noise")
	}
	return &c, nil
}

func diagonal(d int, v float64) *mat.Dense {
	m := mat.NewDense(d, d, nil)
	for i := range d {
		m.Set(i, i, v)
	}
	return m
}

// checkStable is an error unless every eigenvalue of A has a positive real part.
func checkStable(a *mat.Dense) error {
	var e mat.Eigen
	if !e.Factorize(a, mat.EigenNone) {
		return errors.New("systems: the eigenvalues of A do not converge")
	}
	for _, v := range e.Values(nil) {
		if !(real(v) > 0) {
			return fmt.Errorf("systems: dx = −A x dt + B dW is not stationary: A has the eigenvalue %.4g", v)
		}
	}
	return nil
}
