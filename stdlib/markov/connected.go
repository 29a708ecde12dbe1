package markov

import "slices"

// components returns the strongly connected component of every cell and the
// number of components (Tarjan's algorithm, with an explicit stack).
func components(n *Sparse) (of []int32, count int) {
	t := &tarjan{
		n: n, of: make([]int32, n.Cols), index: make([]int32, n.Cols),
		low: make([]int32, n.Cols), next: make([]int, n.Cols),
	}
	for j := range t.of {
		t.of[j] = -1
	}
	for j := range n.Cols {
		if t.index[j] == 0 {
			t.visit(int32(j))
		}
	}
	return t.of, t.count
}

type tarjan struct {
	n          *Sparse
	of         []int32 // component, -1 until known
	index, low []int32 // order of discovery from 1, and the lowest one reachable
	next       []int   // place in the column that the search looks at next
	path, open []int32
	count      int
	found      int32
}

func (t *tarjan) visit(root int32) {
	t.enter(root)
	for len(t.path) > 0 {
		j := t.path[len(t.path)-1]
		if t.next[j] == t.n.Start[j+1] {
			t.leave(j)
			continue
		}
		i := t.n.Row[t.next[j]]
		t.next[j]++
		switch {
		case t.index[i] == 0:
			t.enter(i)
		case t.of[i] < 0:
			t.low[j] = min(t.low[j], t.index[i])
		}
	}
}

func (t *tarjan) enter(j int32) {
	t.found++
	t.index[j], t.low[j], t.next[j] = t.found, t.found, t.n.Start[j]
	t.path, t.open = append(t.path, j), append(t.open, j)
}

func (t *tarjan) leave(j int32) {
	t.path = t.path[:len(t.path)-1]
	if k := len(t.path); k > 0 {
		t.low[t.path[k-1]] = min(t.low[t.path[k-1]], t.low[j])
	}
	if t.low[j] != t.index[j] {
		return
	}
	for {
		i := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.of[i] = int32(t.count)
		if i == j {
			break
		}
	}
	t.count++
}

// connected returns the cells, ascending, of the strongly connected set that
// holds the most transitions, and the share of the transitions that begin in
// each set with any, largest first.
func connected(n *Sparse) (cells []int32, shares []float64) {
	of, count := components(n)
	weight := make([]float64, count)
	total := 0.0
	for j, w := range n.columnSums() {
		weight[of[j]] += w
		total += w
	}
	best := 0
	for c, w := range weight {
		if w > weight[best] {
			best = c
		}
		if w > 0 {
			shares = append(shares, w/total)
		}
	}
	for j, c := range of {
		if int(c) == best {
			cells = append(cells, int32(j))
		}
	}
	slices.SortFunc(shares, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	return cells, shares
}
