package markov

import (
	"context"

	"scorebook/internal/parallel"
	"scorebook/stdlib/trajectory"
)

// inner holds the sums over transitions that the cells do not see: with r = x − X(cell of x), the place of a sample
// relative to the centroid of its cell. They are sums; add and subtract combine parts of the data.
type inner struct {
	dim    int
	total  float64   // transitions
	own    []float64 // n×D, Σ r(t) by the cell of x(t)
	arrive []float64 // n×D, Σ r(t+τ) by the cell of x(t)
	depart []float64 // n×D, Σ r(t) by the cell of x(t+τ)
	cross  []float64 // D×D, Σ r(t) r(t+τ)ᵀ
	gram   []float64 // D×D, Σ r(t) r(t)ᵀ
}

func newInner(cells, dim int) *inner {
	return &inner{
		dim: dim, own: make([]float64, cells*dim), arrive: make([]float64, cells*dim), depart: make([]float64, cells*dim),
		cross: make([]float64, dim*dim), gram: make([]float64, dim*dim),
	}
}

// addScaled adds s times the sums of o, s being 1 or −1.
func (n *inner) addScaled(s float64, o *inner) {
	n.total += s * o.total
	for _, p := range [][2][]float64{{n.own, o.own}, {n.arrive, o.arrive}, {n.depart, o.depart}, {n.cross, o.cross}, {n.gram, o.gram}} {
		for k, v := range p[1] {
			p[0][k] += s * v
		}
	}
}

// clone returns a copy.
func (n *inner) clone() *inner {
	c := newInner(len(n.arrive)/n.dim, n.dim)
	c.addScaled(1, n)
	return c
}

// series is a labelled trajectory. A label of −1 marks a sample that is left out.
type series struct {
	t         *trajectory.Trajectory
	labels    []int32
	cells     int
	lag       int
	centroids []float64
	gap       [2]int // samples at which no transition of a direct estimate begins
}

// blockCount is the number of parts of the data, equal in samples, that sums are gathered over and that the jackknife
// leaves out one at a time.
const blockCount = 32

// block returns the samples [start, end) of part k.
func (s *series) block(k int) (start, end int) {
	n := len(s.labels)
	return k * n / blockCount, (k + 1) * n / blockCount
}

// windows returns the windows, as the function of that name does, that begin in [from, to), none longer than span.
func (s *series) windows(from, to, span int) [][2]int {
	var out [][2]int
	for _, w := range windows(s.t.Lens, len(s.labels), s.lag) {
		for a, b := max(w[0], from), min(w[1], to); a < b; a += span {
			out = append(out, [2]int{a, min(a+span, b)})
		}
	}
	return out
}

// contextSpan is how many transitions are gathered between two looks at the context.
const contextSpan = 1 << 16

// inner gathers the sums over all transitions.
func (s *series) inner(ctx context.Context) (*inner, error) {
	sum := newInner(s.cells, s.t.Dim)
	err := parallel.InOrder(ctx, blockCount,
		func(k int) (*inner, error) { return s.innerOf(ctx, k) },
		func(_ int, part *inner) { sum.addScaled(1, part) })
	return sum, err
}

// innerOf gathers the sums over the transitions that begin in block k.
func (s *series) innerOf(ctx context.Context, k int) (*inner, error) {
	part := newInner(s.cells, s.t.Dim)
	here, there := make([]float64, s.t.Dim), make([]float64, s.t.Dim)
	from, to := s.block(k)
	for _, w := range s.windows(from, to, contextSpan) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for t := w[0]; t < w[1]; t++ {
			j, i := s.labels[t], s.labels[t+s.lag]
			if j < 0 || i < 0 {
				continue
			}
			s.relativeTo(here, t, int(j))
			s.relativeTo(there, t+s.lag, int(i))
			part.add(int(j), int(i), here, there)
		}
	}
	return part, nil
}

// relativeTo sets dst to sample t seen from the centroid of cell j.
func (s *series) relativeTo(dst []float64, t, j int) {
	d := len(dst)
	x, c := s.t.X[t*d:(t+1)*d], s.centroids[j*d:(j+1)*d]
	for i := range dst {
		dst[i] = x[i] - c[i]
	}
}

// add takes in the transition j→i between the relative places here and there.
func (n *inner) add(j, i int, here, there []float64) {
	d := n.dim
	own, arrive, depart := n.own[j*d:(j+1)*d], n.arrive[j*d:(j+1)*d], n.depart[i*d:(i+1)*d]
	for a, r := range here {
		own[a] += r
		arrive[a] += there[a]
		depart[a] += r
		cross, gram := n.cross[a*d:(a+1)*d], n.gram[a*d:(a+1)*d]
		for b := range there {
			cross[b] += r * there[b]
			gram[b] += r * here[b]
		}
	}
	n.total++
}
