package nn

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"time"

	"scorebook/internal/simd"
)

// Adam's constants, as its authors recommend.
const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-8
)

// Train fits net to the samples in place, by Adam on minibatches that are reshuffled every epoch. Each minibatch's
// gradient is that of its own loss, normalised by its own weights. It returns an error when a sample is not
// finite, when the loss stops being so, and when ctx is cancelled; net then holds what it had learnt so far.
func Train(ctx context.Context, net Network, d Data, o TrainOptions) (*History, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	n, err := d.check(net)
	if err != nil {
		return nil, err
	}
	train, held := d.split(net, n, o.HeldOut, o.Seed)
	if train.Len() == 0 {
		return nil, fmt.Errorf("nn: %d samples with %v held out leave none to train on", n, o.HeldOut)
	}
	return TrainSource(ctx, net, train, held, o)
}

// TrainSource is [Train] on samples that a source makes. The held-out loss is taken over the first epoch of held, which
// may be nil.
func TrainSource(ctx context.Context, net Network, train, held Source, o TrainOptions) (*History, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if train.Len() == 0 {
		return nil, fmt.Errorf("nn: no samples to fit")
	}
	if held == nil && o.Patience > 0 {
		return nil, fmt.Errorf("nn: Patience is %d, but no samples are held out to be patient about: set HeldOut, such as 0.1", o.Patience)
	}
	t := newTrainer(net, train, held, o)
	defer net.settle()
	if err := t.resume(); err != nil {
		return nil, err
	}
	if err := t.run(ctx); err != nil {
		return t.history, err
	}
	t.average.give(t.net)
	return t.history, nil
}

// run trains from the first epoch that is not done.
func (t *trainer) run(ctx context.Context) error {
	last := time.Time{}
	for epoch := len(t.history.Loss); epoch < t.opt.Epochs && !t.history.Stopped; epoch++ {
		if err := t.epoch(ctx, epoch); err != nil {
			return err
		}
		ends := epoch+1 == t.opt.Epochs || t.history.Stopped
		if ends || (epoch+1)%t.opt.CheckpointEvery == 0 {
			if err := t.checkpoint(); err != nil {
				return err
			}
		}
		if now := time.Now(); t.opt.Progress != nil && (ends || now.Sub(last) > 20*time.Millisecond) {
			last = now
			t.opt.Progress("training", epoch+1, t.opt.Epochs)
		}
	}
	return nil
}

func (t *trainer) resume() error {
	if t.opt.Checkpoint == "" {
		return nil
	}
	err := t.restore(t.opt.Checkpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// trainer is the state of one training.
type trainer struct {
	net         Network
	train, held Source
	opt         TrainOptions
	tape        tape
	grad        []float32
	mean, sqr   []float32 // Adam's first and second moments
	best        [][]float32
	average     average
	history     *History
}

func newTrainer(net Network, train, held Source, o TrainOptions) *trainer {
	t := &trainer{net: net, train: train, held: held, opt: o, history: &History{Best: -1}}
	t.tape = net.newTape(min(train.Len(), o.Batch))
	t.grad, t.mean, t.sqr = make([]float32, net.Params()), make([]float32, net.Params()), make([]float32, net.Params())
	if o.Average > 0 {
		t.average.of = net.tensors()
		for _, v := range t.average.of {
			t.average.mean = append(t.average.mean, make([]float32, len(v.f32)))
		}
	}
	if held != nil {
		held.Begin(0)
	}
	return t
}

// epoch takes one gradient step for each minibatch. The minibatches are as equal in size as can be, so that none
// counts more than another.
func (t *trainer) epoch(ctx context.Context, epoch int) error {
	t.train.Begin(epoch)
	n := t.train.Len()
	batches := (n + t.opt.Batch - 1) / t.opt.Batch
	loss, weight := 0.0, 0.0
	for b := range batches {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("nn: training interrupted in epoch %d of %d: %w", epoch+1, t.opt.Epochs, err)
		}
		lo, hi := share(b, batches, n)
		step, steps := epoch*batches+b, t.opt.Epochs*batches
		l, w := t.descend(lo, hi-lo, step, steps)
		loss, weight = loss+l, weight+w
		if float64(step) >= (1-t.opt.Average)*float64(steps) {
			t.average.add()
		}
	}
	mean := loss / (weight * float64(t.net.Out()))
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return fmt.Errorf("nn: the loss became %v in epoch %d of %d; lower LearningRate (%v)", mean, epoch+1, t.opt.Epochs, t.opt.LearningRate)
	}
	t.history.Loss = append(t.history.Loss, mean)
	if t.held != nil {
		t.net.settle()
		t.judge(heldOutLoss(t.net, t.held))
	}
	return nil
}

// updateChunk is the number of parameters that Adam moves in one go.
const updateChunk = 1 << 14

// descend makes one step of Adam on a minibatch and returns its weighted square error and its weight.
func (t *trainer) descend(first, n, step, steps int) (loss, weight float64) {
	loss, weight, rows := t.tape.gradient(t.train.Load, first, n)
	if weight == 0 {
		return loss, weight
	}
	factor := float32(1 / (weight * float64(t.net.Out())))
	rate := float32(t.opt.rate(step, steps))
	c1 := float32(1 / (1 - math.Pow(beta1, float64(step+1))))
	c2 := float32(1 / (1 - math.Pow(beta2, float64(step+1))))
	w, grads := t.net.weights(), t.tape.rows()
	forEach((len(w)+updateChunk-1)/updateChunk, func(i int) {
		lo, hi := i*updateChunk, min((i+1)*updateChunk, len(w))
		simd.SumRows(t.grad[lo:hi], grads[lo:], factor, rows, len(w))
		simd.Adam(w[lo:hi], t.mean[lo:hi], t.sqr[lo:hi], t.grad[lo:hi], rate, beta1, beta2, epsilon, c1, c2)
	})
	return loss, weight
}

// judge notes a held-out loss, keeps the network when it is the lowest, and ends the training when patience is over.
func (t *trainer) judge(loss float64) {
	h := t.history
	h.HeldOut = append(h.HeldOut, loss)
	epoch := len(h.HeldOut) - 1
	if h.Best < 0 || loss < h.HeldOut[h.Best] {
		h.Best = epoch
		if t.opt.Patience > 0 {
			t.keep()
		}
		return
	}
	if t.opt.Patience > 0 && epoch-h.Best >= t.opt.Patience {
		h.Stopped = true
		for i, v := range t.net.tensors() {
			copy(v.f32, t.best[i])
		}
	}
}

func (t *trainer) keep() {
	for i, v := range t.net.tensors() {
		if i == len(t.best) {
			t.best = append(t.best, make([]float32, len(v.f32)))
		}
		copy(t.best[i], v.f32)
	}
}

const lossChunk = 1024

// heldOutLoss is the weighted mean square error over a source's samples. Chunks are added in order.
func heldOutLoss(net Network, s Source) float64 {
	n := s.Len()
	chunks := (n + lossChunk - 1) / lossChunk
	parts := make([][2]float64, chunks)
	forEach(chunks, func(i int) {
		lo, hi := i*lossChunk, min((i+1)*lossChunk, n)
		x, y, w := make([]float32, (hi-lo)*net.In()), make([]float32, (hi-lo)*net.Out()), make([]float32, hi-lo)
		f := make([]float32, len(y))
		s.Load(x, y, w, lo)
		net.Eval32To(f, x)
		parts[i][0], parts[i][1] = squareError(f, y, w)
	})
	loss, weight := 0.0, 0.0
	for _, p := range parts {
		loss, weight = loss+p[0], weight+p[1]
	}
	if weight == 0 {
		return 0
	}
	return loss / (weight * float64(net.Out()))
}
