package partition

import (
	"cmp"
	"context"
	"math"
	"slices"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
)

// node is a node of the growing tree; it holds the points [lo, hi).
type node struct {
	lo, hi    int
	path      uint64 // a hash of the turns from the root: the node's own random stream
	plane     []float64
	near, far *node // nil in a leaf
	whole     bool  // cannot be split
}

func (n *node) size() int { return n.hi - n.lo }

// grower grows a tree over points that it reorders, so that every node's points are contiguous. A node's split
// depends on its points and its path alone: not on the limit, nor on the order in which nodes are split. So a
// coarser tree is always the top of a finer one.
type grower struct {
	points   cloud
	scratch  []float64
	seed     uint64
	root     *node
	progress func(stage string, done, total int)
}

func newGrower(points cloud, o Options) *grower {
	return &grower{
		points: points, scratch: make([]float64, len(points.x)), seed: o.Seed,
		root: &node{hi: points.len()}, progress: o.Progress,
	}
}

// grow splits every node with more than limit points, one generation after another. The nodes of a generation are
// dealt out to the cores, and so are the points of a large node.
func (g *grower) grow(ctx context.Context, limit int) error {
	var generation []*node
	admit := func(n *node) {
		if n.near == nil && n.size() > limit && !n.whole {
			generation = append(generation, n)
		}
	}
	g.walk(func(n *node, _ int) { admit(n) })
	for len(generation) > 0 {
		g.report(generation, limit)
		parents := generation
		if err := parallel.For(ctx, len(parents), func(i int) { g.split(ctx, parents[i]) }); err != nil {
			return err
		}
		generation = nil
		for _, n := range parents {
			if n.near != nil {
				admit(n.near)
				admit(n.far)
			}
		}
	}
	g.report(nil, limit)
	return nil
}

// report tells how far the tree is, in points: one in a node of s points has gone ln(n/s) / ln(n/limit) of its way
// from n to limit.
func (g *grower) report(generation []*node, limit int) {
	if g.progress == nil {
		return
	}
	n := float64(g.points.len())
	left := 0.0
	for _, node := range generation {
		s := float64(node.size())
		left += s * math.Log(s/float64(limit)) / math.Log(n/float64(limit))
	}
	g.progress("partition", int(n-left), int(n))
}

// split gives n two children, or marks it whole. Cancelled, it leaves n as it is.
func (g *grower) split(ctx context.Context, n *node) {
	c := g.points.cut(n.lo, n.hi)
	draw := rng.New(g.seed, "partition", n.path)
	h, ok, err := c.bisect(ctx, &draw)
	if err != nil {
		return
	}
	near := 0
	if ok {
		near = c.arrange(h.plane, g.scratch[n.lo*c.dim:n.hi*c.dim])
	}
	if near == 0 || near == n.size() {
		n.whole = true
		return
	}
	n.plane = h.plane
	n.near = &node{lo: n.lo, hi: n.lo + near, path: turn(n.path, 0)}
	n.far = &node{lo: n.lo + near, hi: n.hi, path: turn(n.path, 1)}
}

// turn hashes a path extended by one turn.
func turn(path, side uint64) uint64 {
	draw := rng.New(path, "turn", side)
	return draw.Uint64()
}

// growTo grows until there are exactly that many cells, or no node left to split: it grows somewhat too far, then
// keeps the splits of the largest nodes. Children are smaller than their parents, so what it keeps is a tree.
func (g *grower) growTo(ctx context.Context, cells int, minProb float64) error {
	for limit := leafLimit(0.85*minProb, g.points.len()); ; limit = limit * 3 / 4 {
		if cells == 1 {
			limit = g.points.len()
		}
		if err := g.grow(ctx, max(1, limit)); err != nil {
			return err
		}
		splits := g.splits()
		if len(splits) < cells-1 && limit > 1 {
			continue
		}
		slices.SortStableFunc(splits, func(a, b *node) int { return cmp.Compare(b.size(), a.size()) })
		for _, n := range splits[min(cells-1, len(splits)):] {
			n.near, n.far, n.plane = nil, nil, nil
		}
		return nil
	}
}

// walk visits the nodes depth first, the near child before the far one.
func (g *grower) walk(visit func(n *node, depth int)) {
	var down func(n *node, depth int)
	down = func(n *node, depth int) {
		visit(n, depth)
		if n.near != nil {
			down(n.near, depth+1)
			down(n.far, depth+1)
		}
	}
	down(g.root, 0)
}

// splits lists the nodes that have children, in visit order.
func (g *grower) splits() []*node {
	var list []*node
	g.walk(func(n *node, _ int) {
		if n.near != nil {
			list = append(list, n)
		}
	})
	return list
}

func (g *grower) largestLeaf() float64 {
	largest := 0
	g.walk(func(n *node, _ int) {
		if n.near == nil {
			largest = max(largest, n.size())
		}
	})
	return float64(largest)
}

// flatten numbers nodes and leaves in visit order and lays them out in arrays.
func (g *grower) flatten() *Tree {
	d := g.points.dim
	t := &Tree{dim: d, points: g.points.len()}
	number := map[*node]int32{}
	g.walk(func(n *node, depth int) {
		t.depth = max(t.depth, depth)
		if n.near != nil {
			number[n] = int32(len(t.planes) / (d + 1))
			t.planes = append(t.planes, n.plane...)
			return
		}
		number[n] = ^int32(len(t.counts))
		t.counts = append(t.counts, n.size())
		t.centroids = append(t.centroids, make([]float64, d)...)
		g.points.cut(n.lo, n.hi).mean(t.centroids[len(t.centroids)-d:])
	})
	g.walk(func(n *node, _ int) {
		if n.near != nil {
			t.children = append(t.children, number[n.near], number[n.far])
		}
	})
	return t
}
