package kgmm

import (
	"context"
	"runtime"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
	"scorebook/internal/simd"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

// block is the number of samples that are perturbed and labelled before they are added up.
const block = 1 << 16

// treeDraw is the number of the draw that the partition is built on; passes have the numbers from 1.
const treeDraw = 0

// noiseKey is the stream of the noise of one draw: that of number i of the series is number i of the stream.
func noiseKey(seed uint64, draw int) uint64 {
	stream := rng.New(seed, "kgmm", uint64(draw))
	return stream.Uint64()
}

// perturb writes x = μ + σz to x, and z to z, for samples that begin with number first of the series.
func perturb(ctx context.Context, x, z, mu []float64, sigma float64, key uint64, first int) error {
	const size = 1 << 14
	return parallel.For(ctx, (len(mu)+size-1)/size, func(c int) {
		lo, hi := c*size, min((c+1)*size, len(mu))
		simd.Normals(z[lo:hi], key, uint64(first+lo))
		for i := lo; i < hi; i++ {
			x[i] = mu[i] + sigma*z[i]
		}
	})
}

// perturbed is a source with the noise of the partition's draw, and the moments of what was read without it.
type perturbed struct {
	partition.Source
	ctx     context.Context
	sigma   float64
	key     uint64
	z       []float64
	moments *trajectory.Moments
}

// Read reads and perturbs.
func (p *perturbed) Read(dst []float64, first int) error {
	if err := p.Source.Read(dst, first); err != nil {
		return err
	}
	if m := trajectory.NewMoments(p.Dim(), dst); p.moments == nil {
		p.moments = m
	} else {
		p.moments.Merge(m)
	}
	if len(p.z) < len(dst) {
		p.z = make([]float64, len(dst))
	}
	return perturb(p.ctx, dst, p.z[:len(dst)], dst, p.sigma, p.key, first*p.Dim())
}

// sums are the statistics of the cells, over all passes so far. Those of several series may be added.
type sums struct {
	dim    int
	sigma  float64
	noise  []float64 // Σz, cell-major
	clean  []float64 // Σμ
	square []float64 // Σ|z|², one number a cell, as the next
	spread []float64 // Σ|x|²
	counts []int
}

func newSums(tree *partition.Tree, sigma float64) *sums {
	n := tree.Cells()
	return &sums{dim: tree.Dim(), sigma: sigma, noise: make([]float64, n*tree.Dim()), clean: make([]float64, n*tree.Dim()), square: make([]float64, n), spread: make([]float64, n), counts: make([]int, n)}
}

// means writes E[z|Ω] to noise and the mean of x = μ + σz to x. A cell that nothing fell into keeps E = 0 and its x.
func (s *sums) means(noise, x []float64) {
	for k, n := range s.counts {
		if n == 0 {
			continue
		}
		for i := k * s.dim; i < (k+1)*s.dim; i++ {
			noise[i] = s.noise[i] / float64(n)
			x[i] = (s.clean[i] + s.sigma*s.noise[i]) / float64(n)
		}
	}
}

// sweeper makes passes over a series, with buffers for one block.
type sweeper struct {
	tree     *partition.Tree
	source   partition.Source
	sigma    float64
	seed     uint64
	nearest  bool // cells by the nearest centroid
	mu, x, z []float64
	labels   []int32
}

func newSweeper(tree *partition.Tree, source partition.Source, o Options) *sweeper {
	n := min(source.Len(), block)
	numbers := func() []float64 { return make([]float64, n*tree.Dim()) }
	return &sweeper{tree: tree, source: source, sigma: o.Sigma, seed: o.Seed, nearest: o.Nearest, mu: numbers(), x: numbers(), z: numbers(), labels: make([]int32, n)}
}

// pass adds one draw of noise over the whole series to s.
func (w *sweeper) pass(ctx context.Context, s *sums, draw int) error {
	n, key := w.source.Len(), noiseKey(w.seed, draw)
	for first := 0; first < n; first += block {
		size := min(n-first, block)
		mu, x, z, labels := w.mu[:size*s.dim], w.x[:size*s.dim], w.z[:size*s.dim], w.labels[:size]
		if err := w.source.Read(mu, first); err != nil {
			return err
		}
		if err := perturb(ctx, x, z, mu, w.sigma, key, first*s.dim); err != nil {
			return err
		}
		if err := w.label(ctx, labels, x); err != nil {
			return err
		}
		if err := s.add(ctx, labels, x, z, mu); err != nil {
			return err
		}
	}
	return nil
}

func (w *sweeper) label(ctx context.Context, labels []int32, x []float64) error {
	if w.nearest {
		return w.tree.NearestTo(ctx, labels, x)
	}
	return w.tree.LabelsTo(ctx, labels, x)
}

// add adds labelled samples. Each cell's sums are taken in the order of the samples by one goroutine, so they do not
// depend on how cells are dealt out.
func (s *sums) add(ctx context.Context, labels []int32, x, z, mu []float64) error {
	shards := max(1, runtime.GOMAXPROCS(0)/2)
	cells := len(s.counts)
	return parallel.For(ctx, 2*shards, func(task int) {
		shard := task / 2
		lo, hi := int32(shard*cells/shards), int32((shard+1)*cells/shards)
		if task%2 == 0 {
			addTo(s.noise, s.square, z, z, labels, s.dim, lo, hi)
			return
		}
		addTo(s.clean, s.spread, mu, x, labels, s.dim, lo, hi)
		for _, label := range labels {
			if label >= lo && label < hi {
				s.counts[label]++
			}
		}
	})
}

// addTo adds each sample of x whose label lies in [lo, hi) to its cell in sum, and the square of that of y to square.
func addTo(sum, square, x, y []float64, labels []int32, dim int, lo, hi int32) {
	for k, label := range labels {
		if label < lo || label >= hi {
			continue
		}
		cell, norm := sum[int(label)*dim:][:dim], 0.0
		for i, v := range x[k*dim:][:dim] {
			cell[i] += v
			norm += y[k*dim+i] * y[k*dim+i]
		}
		square[label] += norm
	}
}
