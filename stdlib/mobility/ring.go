package mobility

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// CirculantAndReflections is the symmetry of a ring of equivalent sites under shifts and under its mirror image, with or
// without a change of sign: x_i → ±x_{−i}. It turns a matrix that depends on j − i alone into its transpose, so that the
// average is symmetric, and Φ_A = 0 as in LD (56). A field on a ring whose law has no direction has it, such as the
// Kuramoto–Sivashinsky equation.
type CirculantAndReflections struct{}

// Average averages each diagonal, wrapped around, with its transpose.
func (CirculantAndReflections) Average(a *mat.Dense) *mat.Dense {
	c := Circulant{}.Average(a)
	out := mat.DenseCopyOf(c.T())
	out.Add(out, c)
	out.Scale(0.5, out)
	return out
}

// Fits is true: any number of sites makes a ring.
func (CirculantAndReflections) Fits(int) bool { return true }

func (CirculantAndReflections) String() string {
	return fmt.Sprintf("%v and its mirror image", Circulant{})
}
