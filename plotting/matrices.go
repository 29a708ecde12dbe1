package plotting

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"gonum.org/v1/plot/vg"
)

// Named is a matrix with the name it is shown under.
type Named struct {
	Name   string
	Matrix mat.Matrix
}

// MatrixOptions may be left zero.
type MatrixOptions struct {
	Style
	Names []string // of the rows and columns of square matrices, as many as have room; nil = none
	Limit float64  // colours reach from −Limit to Limit; 0 = the largest magnitude of an entry
	Label string   // of the colour bar
}

// Matrix shows one matrix as a heat map; the entries of a small one are written in it.
func Matrix(name string, m mat.Matrix, o MatrixOptions) (*Figure, error) {
	return Matrices([]Named{{name, m}}, o)
}

// Matrices shows matrices of one shape side by side with one colour range, symmetric about zero: Φ, D, R, Σ and V, say.
func Matrices(matrices []Named, o MatrixOptions) (*Figure, error) {
	if len(matrices) == 0 {
		return nil, errors.New("plotting: no matrices to show")
	}
	rows, cols := matrices[0].Matrix.Dims()
	limit := 0.0
	for _, n := range matrices {
		if r, c := n.Matrix.Dims(); r != rows || c != cols {
			return nil, fmt.Errorf("plotting: %s is %d×%d and %s is %d×%d; show matrices of different shapes in figures of their own",
				matrices[0].Name, rows, cols, n.Name, r, c)
		}
		limit = math.Max(limit, largestEntry(n.Matrix))
	}
	if o.Limit > 0 {
		limit = o.Limit
	}
	colours := shadesFor(span{-limit, limit}, true)
	const inRow = 5
	columns := min(inRow, len(matrices))
	b := &block{aspect: float64(rows) / float64(cols), columns: append(equal(columns), track{fixed: barWidth})}
	for i := 0; i < len(matrices); i += columns {
		row := make([]cell, columns+1)
		for j, n := range matrices[i:min(i+columns, len(matrices))] {
			row[j] = &heat{title: n.Name, m: n.Matrix, names: o.Names, inner: j > 0, shades: colours}
		}
		row[columns] = &bar{shades: colours, label: o.Label}
		b.rows, b.heights = append(b.rows, row), append(b.heights, vg.Length(0))
	}
	width := []float64{OneColumn, WideColumn, TwoColumns}[min(3, columns)-1]
	return newFigure(o.Style, width, b), nil
}

// largestEntry is the largest finite magnitude.
func largestEntry(m mat.Matrix) float64 {
	rows, cols := m.Dims()
	largest := 0.0
	for i := range rows {
		for j := range cols {
			if v := math.Abs(m.At(i, j)); v > largest && !math.IsInf(v, 1) {
				largest = v
			}
		}
	}
	return largest
}
