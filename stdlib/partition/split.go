package partition

import (
	"context"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
)

const (
	lloydChunk = 1 << 14 // points summed in one go; sums of chunks are added in order
	lloydSteps = 10_000
	lloydTol   = 1e-6 // of the distance between the centroids
)

// cloud is a set of points, sample-major, that one node of the growing tree holds.
type cloud struct {
	dim int
	x   []float64
}

func (c cloud) len() int             { return len(c.x) / c.dim }
func (c cloud) at(k int) []float64   { return c.x[k*c.dim : (k+1)*c.dim] }
func (c cloud) cut(lo, hi int) cloud { return cloud{c.dim, c.x[lo*c.dim : hi*c.dim]} }

// mean writes the mean of the points to dst.
func (c cloud) mean(dst []float64) {
	clear(dst)
	for k := range c.len() {
		for i, v := range c.at(k) {
			dst[i] += v
		}
	}
	for i := range dst {
		dst[i] /= float64(c.len())
	}
}

// seeds picks two of the points by k-means++: the first evenly, the second with probability proportional to
// its squared distance from the first. It reports false when all the points coincide.
func (c cloud) seeds(draw *rng.Stream) (a, b []float64, ok bool) {
	a = c.at(draw.IntN(c.len()))
	total := 0.0
	for k := range c.len() {
		total += distance2(a, c.at(k))
	}
	if total == 0 {
		return nil, nil, false
	}
	left := draw.Float64() * total
	for k := range c.len() {
		d := distance2(a, c.at(k))
		if d == 0 {
			continue
		}
		b = c.at(k)
		if left -= d; left < 0 {
			break
		}
	}
	return a, b, true
}

func distance2(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += (v - b[i]) * (v - b[i])
	}
	return sum
}

// halves are the two clusters of a cloud: their centroids (near, far), sizes and sums, and the plane between.
type halves struct {
	dim       int
	centroids []float64 // 2×D
	plane     []float64 // normal = far − near, then offset = normal·(near + far)/2
	sums      []float64 // 2×D
	counts    [2]int
	parts     []halves // one for each chunk of the cloud
}

func newHalves(dim, chunks int) *halves {
	h := &halves{dim: dim, centroids: make([]float64, 2*dim), plane: make([]float64, dim+1), sums: make([]float64, 2*dim)}
	h.parts = make([]halves, chunks)
	for i := range h.parts {
		h.parts[i].sums = make([]float64, 2*dim)
	}
	return h
}

// bisect splits the cloud by 2-means. It reports false when a cluster comes out empty.
func (c cloud) bisect(ctx context.Context, draw *rng.Stream) (*halves, bool, error) {
	a, b, ok := c.seeds(draw)
	if !ok {
		return nil, false, nil
	}
	h := newHalves(c.dim, (c.len()+lloydChunk-1)/lloydChunk)
	copy(h.centroids, a)
	copy(h.centroids[c.dim:], b)
	for range lloydSteps {
		h.setPlane()
		if err := h.assign(ctx, c); err != nil {
			return nil, false, err
		}
		if h.counts[0] == 0 || h.counts[1] == 0 {
			return nil, false, nil
		}
		moved := h.recentre()
		if moved <= lloydTol*lloydTol*distance2(h.centroids[:c.dim], h.centroids[c.dim:]) {
			break
		}
	}
	h.setPlane()
	return h, true, nil
}

func (h *halves) setPlane() {
	offset := 0.0
	for i := range h.dim {
		near, far := h.centroids[i], h.centroids[h.dim+i]
		h.plane[i] = far - near
		offset += (far - near) * (near + far) / 2
	}
	h.plane[h.dim] = offset
}

// assign counts and sums the points on either side of the plane, chunks in parallel and added in order.
func (h *halves) assign(ctx context.Context, c cloud) error {
	n := c.len()
	err := parallel.For(ctx, len(h.parts), func(k int) {
		part := &h.parts[k]
		clear(part.sums)
		part.counts = sideSums(part.sums, h.plane, c.cut(k*lloydChunk, min((k+1)*lloydChunk, n)))
	})
	clear(h.sums)
	h.counts = [2]int{}
	for _, part := range h.parts {
		for i, v := range part.sums {
			h.sums[i] += v
		}
		h.counts[0] += part.counts[0]
		h.counts[1] += part.counts[1]
	}
	return err
}

// recentre moves the centroids to the means and returns the larger squared displacement.
func (h *halves) recentre() float64 {
	worst := 0.0
	for side := range 2 {
		moved := 0.0
		for i := side * h.dim; i < (side+1)*h.dim; i++ {
			mean := h.sums[i] / float64(h.counts[side])
			moved += (mean - h.centroids[i]) * (mean - h.centroids[i])
			h.centroids[i] = mean
		}
		worst = max(worst, moved)
	}
	return worst
}

// sideSums adds each point to the sum of its side of the plane.
func sideSums(sums, plane []float64, c cloud) (counts [2]int) {
	d := c.dim
	for x := c.x; len(x) >= d; x = x[d:] {
		side := aside(plane, x[:d])
		counts[side]++
		sum := sums[side*d:][:d]
		for i, v := range x[:d] {
			sum[i] += v
		}
	}
	return counts
}

// aside returns 1 when x is nearer to the far centroid, else 0; a tie goes to the near one.
func aside(plane, x []float64) int {
	dot := 0.0
	for i, v := range x {
		dot += v * plane[i]
	}
	return beyond(dot, plane[len(x)])
}

// arrange moves the near points before the far ones, keeping the order within each, and returns the number of
// near ones. scratch is as long as c.x.
func (c cloud) arrange(plane, scratch []float64) int {
	near, far := 0, 0
	for k := range c.len() {
		x := c.at(k)
		if aside(plane, x) == 0 {
			near += copy(c.x[near:], x)
		} else {
			far += copy(scratch[far:], x)
		}
	}
	copy(c.x[near:], scratch[:far])
	return near / c.dim
}
