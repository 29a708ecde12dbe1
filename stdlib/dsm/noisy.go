package dsm

import (
	"sync"

	"scorebook/internal/rng"
	"scorebook/internal/simd"
)

// noisy is the source of perturbed samples (μ + σz, z): every sample once, or some drawn at random, with noise that
// depends on the seed, the epoch and the place in it.
type noisy struct {
	dim     int
	sigma   float64
	mu      []float64
	samples int    // drawn for each epoch; 0 means all, in random order
	use     string // names the random streams
	seed    uint64

	order []int32
	key   uint64
	pool  sync.Pool // *[]float64
}

func newNoisy(mu []float64, dim int, o Options, use string, samples int) *noisy {
	return &noisy{dim: dim, sigma: o.Sigma, mu: mu, samples: samples, use: use, seed: o.Seed, pool: sync.Pool{New: func() any { return new([]float64) }}}
}

func (s *noisy) Len() int {
	if s.samples > 0 {
		return s.samples
	}
	return len(s.mu) / s.dim
}

func (s *noisy) Begin(epoch int) {
	noise := rng.New(s.seed, s.use+": noise", uint64(epoch))
	s.key = noise.Uint64()
	draw := rng.New(s.seed, s.use+": order", uint64(epoch))
	if s.order == nil {
		s.order = make([]int32, s.Len())
	}
	if s.samples > 0 {
		for k := range s.order {
			s.order[k] = int32(draw.IntN(len(s.mu) / s.dim))
		}
		return
	}
	for k := range s.order {
		s.order[k] = int32(k)
	}
	draw.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
}

func (s *noisy) Load(x, y, w []float32, first int) {
	b := s.pool.Get().(*[]float64)
	defer s.pool.Put(b)
	if cap(*b) < len(x) {
		*b = make([]float64, len(x))
	}
	z := (*b)[:len(x)]
	simd.Normals(z, s.key, uint64(first*s.dim))
	for k := range w {
		w[k] = 1
		mu := s.mu[int(s.order[first+k])*s.dim:][:s.dim]
		for i, m := range mu {
			at := k*s.dim + i
			x[at], y[at] = float32(m+s.sigma*z[at]), float32(z[at])
		}
	}
}
