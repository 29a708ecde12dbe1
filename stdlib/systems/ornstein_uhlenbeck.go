package systems

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// OrnsteinUhlenbeck is the linear process dx = −A x dt + B dW in D dimensions. Its density is Gaussian with mean zero, and
// everything the method estimates is known exactly:
//
//	C(0):  A C(0) + C(0) Aᵀ = B Bᵀ
//	C(τ) = e^{−Aτ} C(0),  τ ≥ 0
//	s(x) = −C(0)⁻¹ x
//	Φ    = −Ċ(0⁺) = A C(0), with symmetric part B Bᵀ/2.
//
// The zero value is dx = −x dt + √2 dW, with C(τ) = e^{−|τ|}.
type OrnsteinUhlenbeck struct {
	a, b, covariance *mat.Dense
}

// NewOrnsteinUhlenbeck returns the process with the D×D matrix A, all of whose eigenvalues must have positive real part,
// and the D×M noise matrix B, which must drive every direction.
func NewOrnsteinUhlenbeck(a, b *mat.Dense) (*OrnsteinUhlenbeck, error) {
	d, c := a.Dims()
	rows, _ := b.Dims()
	if d != c || rows != d {
		return nil, fmt.Errorf("systems: A is %d×%d and B has %d rows; A must be square and B as high", d, c, rows)
	}
	if s := mat.Sum(a) + mat.Sum(b); s-s != 0 {
		return nil, errors.New("systems: A and B must be finite")
	}
	covariance, err := lyapunov(a, b)
	if err != nil {
		return nil, err
	}
	return &OrnsteinUhlenbeck{a: mat.DenseCopyOf(a), b: mat.DenseCopyOf(b), covariance: covariance}, nil
}

// matrices returns A, B and C(0).
func (o *OrnsteinUhlenbeck) matrices() (a, b, covariance *mat.Dense) {
	if o.a == nil {
		scalar := func(v float64) *mat.Dense { return mat.NewDense(1, 1, []float64{v}) }
		return scalar(1), scalar(math.Sqrt2), scalar(1)
	}
	return o.a, o.b, o.covariance
}

// Dim is D.
func (o *OrnsteinUhlenbeck) Dim() int { a, _, _ := o.matrices(); d, _ := a.Dims(); return d }

// String names the process and its matrices.
func (o *OrnsteinUhlenbeck) String() string {
	a, b, _ := o.matrices()
	show := func(m *mat.Dense) fmt.Formatter { return mat.Formatted(m, mat.Prefix("    "), mat.Squeeze()) }
	return fmt.Sprintf("Ornstein–Uhlenbeck: dx = −A x dt + B dW\nA = %.4g\nB = %.4g", show(a), show(b))
}

// Names is nil: the coordinates are x₁, x₂, ….
func (*OrnsteinUhlenbeck) Names() []string { return nil }

// Covariance is C(0) = ⟨x xᵀ⟩, D×D.
func (o *OrnsteinUhlenbeck) Covariance() *mat.Dense {
	_, _, c := o.matrices()
	return mat.DenseCopyOf(c)
}

// Correlation is C(τ) = ⟨x(t+τ) x(t)ᵀ⟩ = e^{−Aτ} C(0), LD (46), with C(−τ) = C(τ)ᵀ.
func (o *OrnsteinUhlenbeck) Correlation(tau float64) *mat.Dense {
	a, _, c := o.matrices()
	var scaled, propagator, corr mat.Dense
	scaled.Scale(-math.Abs(tau), a)
	propagator.Exp(&scaled)
	corr.Mul(&propagator, c)
	if tau < 0 {
		return mat.DenseCopyOf(corr.T())
	}
	return &corr
}

// Mobility is Φ = A C(0), LD (12).
func (o *OrnsteinUhlenbeck) Mobility() *mat.Dense {
	a, _, c := o.matrices()
	var phi mat.Dense
	phi.Mul(a, c)
	return &phi
}

// Score is s(x) = −C(0)⁻¹ x.
func (o *OrnsteinUhlenbeck) Score() score.Score {
	_, _, c := o.matrices()
	var precision mat.Dense
	if err := precision.Inverse(c); err != nil {
		panic("systems: the covariance was checked to be regular: " + err.Error())
	}
	f := linear(&precision)
	precision.Scale(-1, &precision)
	return score.Func{D: o.Dim(), F: f, J: func(dst, _ []float64) { copy(dst, precision.RawMatrix().Data) }}
}

// SDE is the equation with drift −A x and noise B.
func (o *OrnsteinUhlenbeck) SDE() sde.SDE {
	a, b, _ := o.matrices()
	return sde.SDE{Dim: o.Dim(), Drift: linear(a), Noise: sde.Matrix(mat.DenseCopyOf(b))}
}

// linear is the function x ↦ −m x.
func linear(m *mat.Dense) func(dst, x []float64) {
	d, _ := m.Dims()
	rows := mat.DenseCopyOf(m).RawMatrix().Data
	return func(dst, x []float64) {
		for i := range d {
			sum := 0.0
			for j, v := range rows[i*d : (i+1)*d] {
				sum -= v * x[j]
			}
			dst[i] = sum
		}
	}
}
