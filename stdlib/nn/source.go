package nn

import "scorebook/internal/rng"

// Source makes the samples of each epoch: what [TrainSource] fits. What it gives may depend on the epoch, but on
// nothing that went before, so that a training can be resumed.
type Source interface {
	// Len is the number of samples of an epoch.
	Len() int
	// Begin prepares an epoch, counted from 0.
	Begin(epoch int)
	// Load writes the samples first … first+len(w)−1: inputs to x and targets to y, sample-major, and weights to w. It is
	// called from several goroutines at once.
	Load(x, y, w []float32, first int)
}

// selection is the source of some samples of a data set, in an order drawn anew for every epoch.
type selection struct {
	data    Data
	in, out int
	members []int
	order   []int
	seed    uint64
	fixed   bool // the order is that of members
}

func (s *selection) Len() int { return len(s.members) }

func (s *selection) Begin(epoch int) {
	s.order = append(s.order[:0], s.members...)
	if s.fixed {
		return
	}
	draw := rng.New(s.seed, "nn: order", uint64(epoch))
	draw.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
}

func (s *selection) Load(x, y, w []float32, first int) {
	for b := range w {
		k := s.order[first+b]
		narrow(x[b*s.in:], s.data.X[k*s.in:(k+1)*s.in])
		narrow(y[b*s.out:], s.data.Y[k*s.out:(k+1)*s.out])
		w[b] = float32(s.data.weight(k))
	}
}

// split draws the held-out samples of d, and gives both parts as sources; held is nil when there are none.
func (d Data) split(net Network, n int, fraction float64, seed uint64) (train, held Source) {
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	draw := rng.New(seed, "nn: held out")
	draw.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	kept := int(fraction*float64(n) + 0.5)
	part := selection{data: d, in: net.In(), out: net.Out(), seed: seed}
	rest := part
	rest.members = order[kept:]
	if kept == 0 {
		return &rest, nil
	}
	part.members, part.fixed = order[:kept], true
	return &rest, &part
}
