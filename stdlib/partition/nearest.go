package partition

import (
	"context"
	"fmt"
	"math"

	"scorebook/internal/parallel"
)

// NearestTo writes to dst the cell whose centroid is nearest to each point of x; the lower label wins a tie. LabelsTo
// descends by the nearer of two centroids at each node instead, which is faster, and differs for points near the border
// of two cells that are far apart in the tree. The points behind a node's plane are all on one side of it, and so are
// the centroids of its cells: a subtree is passed over when its plane is further than the nearest centroid so far.
func (t *Tree) NearestTo(ctx context.Context, dst []int32, x []float64) error {
	if len(x) != len(dst)*t.dim {
		panic(fmt.Sprintf("partition: %d numbers are not %d points of %d coordinates", len(x), len(dst), t.dim))
	}
	const chunk = 256
	err := parallel.For(ctx, (len(dst)+chunk-1)/chunk, func(c int) {
		for k := c * chunk; k < min((c+1)*chunk, len(dst)); k++ {
			dst[k] = int32(t.Nearest(x[k*t.dim : (k+1)*t.dim]))
		}
	})
	if err != nil {
		return fmt.Errorf("partition: labelling interrupted: %w", err)
	}
	return nil
}

// Nearest returns the cell whose centroid is nearest to the point x. It panics unless len(x) is Dim().
func (t *Tree) Nearest(x []float64) int {
	if len(x) != t.dim {
		panic(fmt.Sprintf("partition: point has %d coordinates, tree has %d", len(x), t.dim))
	}
	if len(t.children) == 0 {
		return 0
	}
	q := query{t, x, -1, math.Inf(1)}
	q.visit(0)
	return q.cell
}

// query is the search for one point: the nearest cell so far, and its squared distance.
type query struct {
	t     *Tree
	x     []float64
	cell  int
	least float64
}

// slack widens a plane's distance for what rounding may have moved a centroid across it.
const slack = 1e-9

func (q *query) visit(node int32) {
	if node < 0 {
		k := int(^node)
		d := distance2(q.x, q.t.centroids[k*q.t.dim:(k+1)*q.t.dim])
		if d < q.least || d == q.least && k < q.cell {
			q.cell, q.least = k, d
		}
		return
	}
	d := q.t.dim
	plane := q.t.planes[int(node)*(d+1):][:d+1]
	dot, norm := -plane[d], 0.0
	for i, v := range q.x {
		dot += v * plane[i]
		norm += plane[i] * plane[i]
	}
	near := 2 * int(node)
	far := near + 1
	if dot > 0 {
		near, far = far, near
	}
	q.visit(q.t.children[near])
	if dot*dot*(1-slack) <= q.least*norm {
		q.visit(q.t.children[far])
	}
}
