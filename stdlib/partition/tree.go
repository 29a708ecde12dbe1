package partition

import (
	"fmt"
	"math"
)

// Tree is a partition of ℝᴰ into cells. It is immutable, and safe for concurrent use.
type Tree struct {
	dim     int
	points  int     // samples it was built from
	minProb float64 // a node holding more than 2·minProb of them was split
	depth   int

	// Node i splits at the hyperplane normal·x = offset, halfway between the centroids of its children.
	// planes holds (normal, offset), D+1 numbers a node; children holds the (near, far) pair, where far lies along the
	// normal, and a leaf with label l is stored as ^l.
	planes   []float64
	children []int32

	centroids []float64 // cell-major, cells×D
	counts    []int
}

// Dim returns D, the number of coordinates.
func (t *Tree) Dim() int { return t.dim }

// Cells returns the number of cells N_C.
func (t *Tree) Cells() int { return len(t.counts) }

// Points returns the number of samples the tree was built from, after thinning.
func (t *Tree) Points() int { return t.points }

// MinProb returns p_min: every node holding more than a fraction 2·p_min of the samples was split.
func (t *Tree) MinProb() float64 { return t.minProb }

// Depth returns the number of splits between the root and the deepest cell.
func (t *Tree) Depth() int { return t.depth }

// Centroids returns the means of the samples that built each cell, cell-major: cell k is [k·D, (k+1)·D).
func (t *Tree) Centroids() []float64 { return append([]float64(nil), t.centroids...) }

// Counts returns how many of the samples that built the tree lie in each cell; they sum to [Tree.Points].
func (t *Tree) Counts() []int { return append([]int(nil), t.counts...) }

// Label returns the cell of the point x, in [0, Cells()). It panics unless len(x) is Dim().
func (t *Tree) Label(x []float64) int {
	if len(x) != t.dim {
		panic(fmt.Sprintf("partition: point has %d coordinates, tree has %d", len(x), t.dim))
	}
	if len(t.children) == 0 {
		return 0
	}
	at := int32(0)
	for at >= 0 {
		at = t.step(at, x)
	}
	return int(^at)
}

// step goes from node at to the child whose centroid is nearer to x.
func (t *Tree) step(at int32, x []float64) int32 {
	d := len(x)
	plane := t.planes[int(at)*(d+1):][: d+1 : d+1]
	dot := 0.0
	for i, v := range x {
		dot += v * plane[i]
	}
	return t.children[2*int(at)+beyond(dot, plane[d])]
}

// beyond is 1 when dot > offset, else 0: the sign bit of their difference, because no processor could predict a
// branch here.
func beyond(dot, offset float64) int {
	return int(math.Float64bits(offset-dot) >> 63)
}
