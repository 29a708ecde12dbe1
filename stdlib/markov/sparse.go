package markov

import (
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Sparse is a matrix kept by columns: column j has the rows
// Row[Start[j]:Start[j+1]], ascending, with the values Val at the same places.
// It is a mat.Matrix.
type Sparse struct {
	Rows, Cols int
	Start      []int
	Row        []int32
	Val        []float64
}

// Dims returns the numbers of rows and columns.
func (s *Sparse) Dims() (r, c int) { return s.Rows, s.Cols }

// At returns the element of row i and column j.
func (s *Sparse) At(i, j int) float64 {
	if i < 0 || i >= s.Rows || j < 0 || j >= s.Cols {
		panic("markov: index out of range")
	}
	rows, vals := s.Column(j)
	if k, ok := slices.BinarySearch(rows, int32(i)); ok {
		return vals[k]
	}
	return 0
}

// T returns the transpose without copying.
func (s *Sparse) T() mat.Matrix { return mat.Transpose{Matrix: s} }

// NNZ returns the number of stored elements.
func (s *Sparse) NNZ() int { return len(s.Row) }

// Column returns the stored rows and values of column j, which alias the matrix.
func (s *Sparse) Column(j int) ([]int32, []float64) {
	a, b := s.Start[j], s.Start[j+1]
	return s.Row[a:b:b], s.Val[a:b:b]
}

// Dense returns a dense copy.
func (s *Sparse) Dense() *mat.Dense {
	d := mat.NewDense(s.Rows, s.Cols, nil)
	for j := range s.Cols {
		rows, vals := s.Column(j)
		for k, i := range rows {
			d.Set(int(i), j, vals[k])
		}
	}
	return d
}

// columnSums returns the sum of each column.
func (s *Sparse) columnSums() []float64 {
	sums := make([]float64, s.Cols)
	for j := range sums {
		_, vals := s.Column(j)
		for _, v := range vals {
			sums[j] += v
		}
	}
	return sums
}

// mulTo sets dst = s·x.
func (s *Sparse) mulTo(dst, x []float64) {
	clear(dst)
	for j, xj := range x {
		rows, vals := s.Column(j)
		for k, i := range rows {
			dst[i] += vals[k] * xj
		}
	}
}

// sub returns the matrix of the rows and columns listed, in that order, which
// must be ascending.
func (s *Sparse) sub(keep []int32) *Sparse {
	place := make([]int32, s.Rows)
	for i := range place {
		place[i] = -1
	}
	for k, i := range keep {
		place[i] = int32(k)
	}
	out := &Sparse{Rows: len(keep), Cols: len(keep), Start: make([]int, 1, len(keep)+1)}
	for _, j := range keep {
		rows, vals := s.Column(int(j))
		for k, i := range rows {
			if place[i] >= 0 {
				out.Row = append(out.Row, place[i])
				out.Val = append(out.Val, vals[k])
			}
		}
		out.Start = append(out.Start, len(out.Row))
	}
	return out
}

// scaled returns the matrix with column j multiplied by f[j].
func (s *Sparse) scaled(f []float64) *Sparse {
	out := *s
	out.Val = slices.Clone(s.Val)
	for j, fj := range f {
		_, vals := out.Column(j)
		for k := range vals {
			vals[k] *= fj
		}
	}
	return &out
}
