package mobility

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Symmetry is a group of orthogonal transformations under which the statistics of the process do not change, so that
// U C(τ) Uᵀ = C(τ) for each U of it, LD (55), and with it Ċ(0⁺), V and Φ.
type Symmetry interface {
	// Average returns the mean of U A Uᵀ over the group: the matrix with the symmetry that is nearest to A in the Frobenius
	// norm. It panics when the group does not act on matrices of A's size.
	Average(a *mat.Dense) *mat.Dense
	// Fits reports whether the group acts on n coordinates.
	Fits(n int) bool
	// String names the group.
	String() string
}

// Circulant is the symmetry of a ring of equivalent sites under shifts, with the coordinates in the order of the ring: the
// average depends on the difference of the sites alone.
type Circulant struct{}

// Average averages each diagonal, wrapped around.
func (Circulant) Average(a *mat.Dense) *mat.Dense {
	n := size(a)
	out := mat.NewDense(n, n, nil)
	for shift := range n {
		mean := 0.0
		for i := range n {
			mean += a.At(i, (i+shift)%n) / float64(n)
		}
		for i := range n {
			out.Set(i, (i+shift)%n, mean)
		}
	}
	return out
}

// Fits is true: any number of sites makes a ring.
func (Circulant) Fits(int) bool { return true }

func (Circulant) String() string { return "shifts around a ring" }

// Rotations is the symmetry under simultaneous rotations of the pairs (x₁, x₂), (x₃, x₄), …, SO(2), as of the real and
// imaginary parts of Fourier modes of one wave number: each 2×2 block becomes αI + βJ, J = [[0, −1], [1, 0]], LD (56).
type Rotations struct{}

// Average keeps α and β of each block.
func (Rotations) Average(a *mat.Dense) *mat.Dense { return blocks(a, true) }

// Fits is true for pairs.
func (Rotations) Fits(n int) bool { return n%2 == 0 }

func (Rotations) String() string { return "SO(2) on pairs" }

// RotationsAndReflections is the symmetry of the same pairs under O(2), which forces β = 0, LD (56).
type RotationsAndReflections struct{}

// Average keeps α of each block.
func (RotationsAndReflections) Average(a *mat.Dense) *mat.Dense { return blocks(a, false) }

// Fits is true for pairs.
func (RotationsAndReflections) Fits(n int) bool { return n%2 == 0 }

func (RotationsAndReflections) String() string { return "O(2) on pairs" }

// blocks replaces each 2×2 block by αI + βJ, or by αI.
func blocks(a *mat.Dense, turns bool) *mat.Dense {
	n := size(a)
	if n%2 != 0 {
		panic(fmt.Sprintf("mobility: %d coordinates do not make pairs", n))
	}
	out := mat.NewDense(n, n, nil)
	for i := 0; i < n; i += 2 {
		for j := 0; j < n; j += 2 {
			alpha := (a.At(i, j) + a.At(i+1, j+1)) / 2
			out.Set(i, j, alpha)
			out.Set(i+1, j+1, alpha)
			if turns {
				beta := (a.At(i+1, j) - a.At(i, j+1)) / 2
				out.Set(i+1, j, beta)
				out.Set(i, j+1, -beta)
			}
		}
	}
	return out
}

// Finite is a group given by all its orthogonal matrices, the identity among them.
type Finite []mat.Matrix

// Average returns Σ U A Uᵀ over the group, by its number.
func (f Finite) Average(a *mat.Dense) *mat.Dense {
	n := size(a)
	out, one := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for _, u := range f {
		one.Product(u, a, u.T())
		out.Add(out, one)
	}
	out.Scale(1/float64(len(f)), out)
	return out
}

// Fits is true when every matrix is n×n.
func (f Finite) Fits(n int) bool {
	for _, u := range f {
		if r, c := u.Dims(); r != n || c != n {
			return false
		}
	}
	return len(f) > 0
}

func (f Finite) String() string { return fmt.Sprintf("a group of %d", len(f)) }

func size(a *mat.Dense) int {
	r, c := a.Dims()
	if r != c {
		panic(fmt.Sprintf("mobility: a %d×%d matrix has no symmetry", r, c))
	}
	return r
}

// Defect returns ‖A − Average(A)‖_F/‖A‖_F, the share of A that breaks the symmetry: 0 for a matrix that has it.
func Defect(s Symmetry, a *mat.Dense) float64 {
	var d mat.Dense
	d.Sub(a, s.Average(a))
	norm := mat.Norm(a, 2)
	if norm == 0 {
		return 0
	}
	return mat.Norm(&d, 2) / norm
}
