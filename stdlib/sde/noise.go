package sde

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Noise is the constant noise matrix B of dX = F dt + B dW, in units of x/√t. LD writes B = √2 Σ.
// The zero value is no noise.
type Noise struct {
	// B is D×M: M independent Wiener processes drive D coordinates. A 1×1 matrix b stands for b·I in any dimension.
	B *mat.Dense
}

// Isotropic is the noise B = b·I in any dimension: independent noise of amplitude b on each coordinate.
func Isotropic(b float64) Noise { return Noise{B: mat.NewDense(1, 1, []float64{b})} }

// Diagonal is the noise B = diag(b): independent noise of amplitude b[i] on coordinate i.
func Diagonal(b ...float64) Noise {
	m := mat.NewDense(len(b), len(b), nil)
	for i, v := range b {
		m.Set(i, i, v)
	}
	return Noise{B: m}
}

// Matrix is the noise with the D×M matrix B.
func Matrix(b *mat.Dense) Noise { return Noise{B: b} }

// Components is M, the number of independent Wiener processes that drive dim coordinates.
func (n Noise) Components(dim int) int {
	if n.B == nil {
		return 0
	}
	if n.scalar() {
		return dim
	}
	_, c := n.B.Dims()
	return c
}

// String is B, to four digits.
func (n Noise) String() string {
	switch {
	case n.B == nil:
		return "no noise"
	case n.scalar():
		return fmt.Sprintf("B = %.4g·I", n.B.At(0, 0))
	}
	return fmt.Sprintf("B = %.4g", mat.Formatted(n.B, mat.Prefix("    ")))
}

// scalar tells whether B is 1×1 and so stands for b·I.
func (n Noise) scalar() bool {
	r, c := n.B.Dims()
	return r == 1 && c == 1
}

func (n Noise) validate(dim int) error {
	if n.B == nil {
		return nil
	}
	r, c := n.B.Dims()
	if r != dim && !n.scalar() {
		return fmt.Errorf("sde: the noise matrix B is %d×%d; an equation of %d coordinates needs %d rows", r, c, dim, dim)
	}
	for i := range r {
		for j := range c {
			if v := n.B.At(i, j); v-v != 0 {
				return fmt.Errorf("sde: the noise matrix B has B[%d,%d] = %g", i, j, v)
			}
		}
	}
	return nil
}

// diagonal returns the amplitudes of independent noise on each coordinate, when B is of that kind.
func (n Noise) diagonal(dim int) ([]float64, bool) {
	r, c := n.B.Dims()
	amplitude := make([]float64, dim)
	if n.scalar() {
		for i := range amplitude {
			amplitude[i] = n.B.At(0, 0)
		}
		return amplitude, true
	}
	if r != c {
		return nil, false
	}
	for i := range r {
		for j := range c {
			if i != j && n.B.At(i, j) != 0 {
				return nil, false
			}
		}
		amplitude[i] = n.B.At(i, i)
	}
	return amplitude, true
}
