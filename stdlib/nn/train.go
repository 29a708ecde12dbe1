package nn

import (
	"context"
	"fmt"
	"math"
	"time"

	"scorebook/internal/rng"
	"scorebook/internal/simd"
)

// Adam's constants, as its authors recommend.
const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-8
)

// TrainOptions control [Train]. The zero value works.
type TrainOptions struct {
	Epochs       int      // passes over the samples; 0 means 100
	Batch        int      // samples to a gradient step; 0 means 64
	LearningRate float64  // of Adam, at the start; 0 means 0.001
	Schedule     Schedule // of the learning rate; the zero value is Cosine
	HeldOut      float64  // fraction of the samples, drawn at random, kept from training to measure the loss on
	Seed         uint64   // of the shuffling; the same seed gives the same bits

	// Progress, if set, is told of the epochs done.
	Progress func(stage string, done, total int)
}

func (o TrainOptions) withDefaults() (TrainOptions, error) {
	if o.Epochs == 0 {
		o.Epochs = 100
	}
	if o.Batch == 0 {
		o.Batch = 64
	}
	if o.LearningRate == 0 {
		o.LearningRate = 0.001
	}
	switch {
	case o.Epochs < 0:
		return o, fmt.Errorf("nn: Epochs is %d; give a positive number, or 0 for 100", o.Epochs)
	case o.Batch < 0:
		return o, fmt.Errorf("nn: Batch is %d; give a positive number, or 0 for 64", o.Batch)
	case !(o.LearningRate > 0) || math.IsInf(o.LearningRate, 0):
		return o, fmt.Errorf("nn: LearningRate is %v; try 0.001", o.LearningRate)
	case !(o.HeldOut >= 0 && o.HeldOut < 1):
		return o, fmt.Errorf("nn: HeldOut is %v; it is a fraction below 1, such as 0.2", o.HeldOut)
	}
	return o, nil
}

// History is the loss Σ_b w_b |f(x_b) − y_b|² / (Out·Σ_b w_b), epoch by epoch.
type History struct {
	Loss    []float64 // over the training samples, each as it was met in the epoch
	HeldOut []float64 // over the held-out samples at the epoch's end; nil when there are none
}

// Train fits m to the samples in place, by Adam on minibatches that are reshuffled every epoch. Each minibatch's
// gradient is that of its own loss, normalised by its own weights. It returns an error when a sample is not
// finite, when the loss stops being so, and when ctx is cancelled; m then holds what it had learnt so far.
func Train(ctx context.Context, m *MLP, d Data, o TrainOptions) (*History, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	n, err := d.check(m)
	if err != nil {
		return nil, err
	}
	t := newTrainer(m, d, n, o)
	if len(t.order) == 0 {
		return nil, fmt.Errorf("nn: %d samples with %v held out leave none to train on", n, o.HeldOut)
	}
	last := time.Time{}
	for epoch := range o.Epochs {
		if err := t.epoch(ctx, epoch); err != nil {
			return t.history, err
		}
		if now := time.Now(); o.Progress != nil && (epoch+1 == o.Epochs || now.Sub(last) > 20*time.Millisecond) {
			last = now
			o.Progress("training", epoch+1, o.Epochs)
		}
	}
	return t.history, nil
}

// trainer is the state of one training.
type trainer struct {
	m         *MLP
	data      Data
	opt       TrainOptions
	draw      rng.Stream
	order     []int // samples to train on, in this epoch's order
	heldOut   []int
	tape      *tape
	mean, sqr []float32 // Adam's first and second moments
	step      int
	history   *History
}

func newTrainer(m *MLP, d Data, n int, o TrainOptions) *trainer {
	t := &trainer{m: m, data: d, opt: o, draw: rng.New(o.Seed, "nn: order"), history: &History{}}
	t.order = make([]int, n)
	for k := range t.order {
		t.order[k] = k
	}
	t.shuffle()
	kept := int(math.Round(o.HeldOut * float64(n)))
	t.heldOut, t.order = t.order[:kept], t.order[kept:]
	t.tape = newTape(m, min(n, o.Batch))
	t.mean, t.sqr = make([]float32, m.Params()), make([]float32, m.Params())
	return t
}

func (t *trainer) shuffle() {
	t.draw.Shuffle(len(t.order), func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
}

// epoch takes one gradient step for each minibatch. The minibatches are as equal in size as can be, so that none
// counts more than another.
func (t *trainer) epoch(ctx context.Context, epoch int) error {
	t.shuffle()
	n := len(t.order)
	batches := (n + t.opt.Batch - 1) / t.opt.Batch
	loss, weight := 0.0, 0.0
	for b := range batches {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("nn: training interrupted in epoch %d of %d: %w", epoch+1, t.opt.Epochs, err)
		}
		fraction := (float64(epoch) + float64(b)/float64(batches)) / float64(t.opt.Epochs)
		l, w := t.descend(t.order[b*n/batches:(b+1)*n/batches], fraction)
		loss, weight = loss+l, weight+w
	}
	mean := loss / (weight * float64(t.m.Out()))
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return fmt.Errorf("nn: the loss became %v in epoch %d of %d; lower LearningRate (%v)", mean, epoch+1, t.opt.Epochs, t.opt.LearningRate)
	}
	t.history.Loss = append(t.history.Loss, mean)
	if len(t.heldOut) > 0 {
		t.history.HeldOut = append(t.history.HeldOut, t.loss(t.heldOut))
	}
	return nil
}

// descend makes one step of Adam on a minibatch and returns its weighted square error and its weight.
func (t *trainer) descend(batch []int, fraction float64) (loss, weight float64) {
	t.tape.load(t.data, t.m.In(), t.m.Out(), batch)
	for _, w := range t.tape.w[:len(batch)] {
		weight += float64(w)
	}
	loss = t.tape.forward(t.m)
	if weight == 0 {
		return loss, weight
	}
	t.tape.backward(t.m, float32(1/(weight*float64(t.m.Out()))))
	t.step++
	rate := t.opt.Schedule.rate(t.opt.LearningRate, fraction)
	c1 := 1 / (1 - math.Pow(beta1, float64(t.step)))
	c2 := 1 / (1 - math.Pow(beta2, float64(t.step)))
	simd.Adam(t.m.params, t.mean, t.sqr, t.tape.grad, float32(rate), beta1, beta2, epsilon, float32(c1), float32(c2))
	return loss, weight
}

// loss is the weighted mean square error over the listed samples.
func (t *trainer) loss(samples []int) float64 {
	loss, weight := 0.0, 0.0
	for len(samples) > 0 {
		n := min(len(samples), t.opt.Batch, len(t.tape.w))
		t.tape.load(t.data, t.m.In(), t.m.Out(), samples[:n])
		loss += t.tape.forward(t.m)
		for _, w := range t.tape.w[:n] {
			weight += float64(w)
		}
		samples = samples[n:]
	}
	if weight == 0 {
		return 0
	}
	return loss / (weight * float64(t.m.Out()))
}
