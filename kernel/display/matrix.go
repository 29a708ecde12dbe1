package display

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// matrixBundle shows a real matrix as a table, entries to five significant digits with decimal points in line.
func matrixBundle(m mat.Matrix) Bundle { return matrixTable(m).bundle() }

func matrixTable(m mat.Matrix) table {
	rows, cols := m.Dims()
	columns := gridOf(rows, cols, func(i, j int) string { return Number(m.At(i, j)) })
	for _, column := range columns {
		alignDecimals(column)
	}
	return table{caption: fmt.Sprintf("%d×%d matrix", rows, cols), columns: columns}
}

func alignColumns(columns [][]string) {
	for _, column := range columns {
		alignDecimals(column)
	}
}

// conditioned is a matrix that shows its condition number too.
type conditioned struct{ mat.Matrix }

// WithCondition gives a matrix that shows with its condition number in the 2-norm, the ratio of its largest singular
// value to its least.
func WithCondition(m mat.Matrix) any { return conditioned{m} }

// MIMEBundle shows the matrix.
func (c conditioned) MIMEBundle() (data, metadata map[string]any) {
	t := matrixTable(c.Matrix)
	t.caption += ", condition number " + Number(mat.Cond(c.Matrix, 2))
	b := t.bundle()
	return b.Data, b.Metadata
}
