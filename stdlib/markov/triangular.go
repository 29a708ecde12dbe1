package markov

import (
	"math/cmplx"

	"gonum.org/v1/gonum/integrate/quad"
)

// Above this distance from the identity the Padé approximant of degree
// len(padeNodes) to the logarithm is not exact to working precision, so roots
// are taken first (Higham, Functions of Matrices, table 11.1).
const (
	padeDegree = 7
	padeRadius = 0.264
)

// logTriangular replaces the upper triangular t (n×n, by rows) by its principal
// logarithm: inverse scaling and squaring, then the Padé approximant in its
// partial-fraction form log(I+X) ≈ Σ wₖ X (I+xₖX)⁻¹, the nodes and weights those
// of Gauss–Legendre on [0, 1]. No eigenvalue may be zero or negative.
func logTriangular(t []complex128, n int) {
	diagonal := make([]complex128, n)
	for i := range diagonal {
		diagonal[i] = cmplx.Log(t[i*n+i])
	}
	scale := complex(1, 0)
	for distance(t, n) > padeRadius {
		sqrtTriangular(t, n)
		scale *= 2
	}
	for i := range n {
		t[i*n+i]--
	}
	var x, w [padeDegree]float64
	quad.Legendre{}.FixedLocations(x[:], w[:], 0, 1)
	sum, row := make([]complex128, n*n), make([]complex128, n)
	for k := range x {
		addFraction(sum, t, row, n, complex(x[k], 0), complex(w[k], 0)*scale)
	}
	copy(t, sum)
	for i, d := range diagonal {
		t[i*n+i] = d
	}
}

// distance returns the 1-norm of t − I.
func distance(t []complex128, n int) float64 {
	largest := 0.0
	for j := range n {
		sum := cmplx.Abs(t[j*n+j] - 1)
		for i := range j {
			sum += cmplx.Abs(t[i*n+j])
		}
		largest = max(largest, sum)
	}
	return largest
}

// sqrtTriangular replaces t by its principal square root, column by column
// (Björck and Hammarling's recurrence).
func sqrtTriangular(t []complex128, n int) {
	col := make([]complex128, n)
	for j := range n {
		col[j] = cmplx.Sqrt(t[j*n+j])
		for i := j - 1; i >= 0; i-- {
			sum := t[i*n+j]
			row := t[i*n : i*n+j]
			for k := i + 1; k < j; k++ {
				sum -= row[k] * col[k]
			}
			col[i] = sum / (row[i] + col[j])
		}
		for i := range j + 1 {
			t[i*n+j] = col[i]
		}
	}
}

// addFraction adds w·X(I+xX)⁻¹ to sum by forward substitution on each row.
func addFraction(sum, t, row []complex128, n int, x, w complex128) {
	for i := range n {
		copy(row[i:], t[i*n+i:i*n+n])
		for k := i; k < n; k++ {
			y := row[k] / (1 + x*t[k*n+k])
			sum[i*n+k] += w * y
			y *= x
			for j := k + 1; j < n; j++ {
				row[j] -= y * t[k*n+j]
			}
		}
	}
}
