package sde

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Noise is the noise matrix B of dX = F dt + B dW, in units of x/√t: constant (additive noise), or a function of the
// state (multiplicative noise). LD writes B = √2 Σ. The zero value is no noise.
type Noise struct {
	// B is D×M: M independent Wiener processes drive D coordinates. A 1×1 matrix b stands for b·I in any dimension.
	B *mat.Dense
	// Calculus says how the integral of a noise that depends on the state is meant. Its zero value is Ito.
	Calculus Calculus

	field   Drift // B(x), in place of B
	sources int   // M of field, which then writes D×M by rows; 0 means diagonal: it writes D amplitudes
}

// Calculus is the meaning of ∫ B(X) dW when B depends on the state.
type Calculus int

const (
	// Ito takes B at the beginning of each time increment.
	Ito Calculus = iota
	// Stratonovich takes B in the middle: the limit of smooth noise, with the ordinary chain rule. It is Itô's equation
	// with the drift Fᵢ + ½ Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ.
	Stratonovich
)

// String is the calculus's name.
func (c Calculus) String() string {
	if c == Stratonovich {
		return "Stratonovich"
	}
	return "Itô"
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

// Multiplicative is independent noise on each coordinate whose amplitudes depend on the state: b writes the D values
// bᵢ(x) to dst. Like a drift it is called from several goroutines at once.
func Multiplicative(b func(dst, x []float64)) Noise { return Noise{field: b} }

// MultiplicativeMatrix is noise from m sources whose D×m matrix depends on the state: b writes B(x) to dst by rows.
func MultiplicativeMatrix(m int, b func(dst, x []float64)) Noise {
	if m < 1 {
		panic(fmt.Sprintf("sde: noise from %d sources", m))
	}
	return Noise{field: b, sources: m}
}

// IsZero tells whether there is no noise.
func (n Noise) IsZero() bool { return n.B == nil && n.field == nil }

// Components is M, the number of independent Wiener processes that drive dim coordinates.
func (n Noise) Components(dim int) int {
	switch {
	case n.field != nil && n.sources > 0:
		return n.sources
	case n.field != nil:
		return dim
	case n.B == nil:
		return 0
	case n.scalar():
		return dim
	}
	_, c := n.B.Dims()
	return c
}

// String is B, to four digits.
func (n Noise) String() string {
	switch {
	case n.field != nil && n.sources > 0:
		return fmt.Sprintf("B(x) from %d sources, %v", n.sources, n.Calculus)
	case n.field != nil:
		return fmt.Sprintf("B(x) diagonal, %v", n.Calculus)
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
	if n.B != nil && n.field != nil {
		return errors.New("sde: the noise has both a constant B and one that depends on the state; keep one")
	}
	if n.Calculus != Ito && n.Calculus != Stratonovich {
		return fmt.Errorf("sde: Noise.Calculus is %d; it is Ito or Stratonovich", int(n.Calculus))
	}
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
