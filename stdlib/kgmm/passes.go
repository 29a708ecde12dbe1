package kgmm

import (
	"context"
	"runtime"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
	"scorebook/stdlib/partition"
)

const (
	chunk = 4096       // samples that share a random stream
	block = 64 * chunk // samples that are perturbed and labelled before they are added up
)

// treeDraw is the number of the draw that the partition is built on; passes have the numbers from 1.
const treeDraw = 0

// perturb writes x = μ + σz for one draw to x, and z to z.
func perturb(ctx context.Context, x, z, mu []float64, dim int, sigma float64, seed uint64, draw, first int) error {
	n := len(mu) / dim
	return parallel.For(ctx, (n+chunk-1)/chunk, func(c int) {
		lo, hi := c*chunk*dim, min((c+1)*chunk, n)*dim
		stream := rng.New(seed, "kgmm", uint64(draw), uint64(first/chunk+c))
		stream.Normals(z[lo:hi])
		for i := lo; i < hi; i++ {
			x[i] = mu[i] + sigma*z[i]
		}
	})
}

// sums are the statistics of the cells, over all passes so far. Those of several series may be added.
type sums struct {
	dim    int
	sigma  float64
	noise  []float64 // Σz, cell-major
	clean  []float64 // Σμ
	counts []int
}

func newSums(tree *partition.Tree, sigma float64) *sums {
	n := tree.Cells()
	return &sums{dim: tree.Dim(), sigma: sigma, noise: make([]float64, n*tree.Dim()), clean: make([]float64, n*tree.Dim()), counts: make([]int, n)}
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
	tree   *partition.Tree
	sigma  float64
	seed   uint64
	x, z   []float64
	labels []int32
}

func newSweeper(tree *partition.Tree, n int, sigma float64, seed uint64) *sweeper {
	n = min(n, block)
	return &sweeper{
		tree: tree, sigma: sigma, seed: seed,
		x: make([]float64, n*tree.Dim()), z: make([]float64, n*tree.Dim()), labels: make([]int32, n),
	}
}

// pass adds one draw of noise over the whole series mu to s.
func (w *sweeper) pass(ctx context.Context, s *sums, mu []float64, draw int) error {
	for first := 0; len(mu) > 0; first += block {
		size := min(len(mu), block*s.dim)
		x, z, labels := w.x[:size], w.z[:size], w.labels[:size/s.dim]
		if err := perturb(ctx, x, z, mu[:size], s.dim, w.sigma, w.seed, draw, first); err != nil {
			return err
		}
		if err := w.tree.LabelsTo(ctx, labels, x); err != nil {
			return err
		}
		if err := s.add(ctx, labels, z, mu[:size]); err != nil {
			return err
		}
		mu = mu[size:]
	}
	return nil
}

// add adds labelled samples. Each cell's sums are taken in the order of the samples by one goroutine, so they do not
// depend on how cells are dealt out.
func (s *sums) add(ctx context.Context, labels []int32, z, mu []float64) error {
	shards := max(1, runtime.GOMAXPROCS(0)/2)
	cells := len(s.counts)
	return parallel.For(ctx, 2*shards, func(task int) {
		shard := task / 2
		lo, hi := int32(shard*cells/shards), int32((shard+1)*cells/shards)
		if task%2 == 0 {
			addTo(s.noise, z, labels, s.dim, lo, hi)
			return
		}
		addTo(s.clean, mu, labels, s.dim, lo, hi)
		for _, label := range labels {
			if label >= lo && label < hi {
				s.counts[label]++
			}
		}
	})
}

// addTo adds each sample of x whose label lies in [lo, hi) to its cell in sum.
func addTo(sum, x []float64, labels []int32, dim int, lo, hi int32) {
	for k, label := range labels {
		if label < lo || label >= hi {
			continue
		}
		cell := sum[int(label)*dim:][:dim]
		for i, v := range x[k*dim:][:dim] {
			cell[i] += v
		}
	}
}
