package nn

import (
	"fmt"
	"os"
	"strconv"
)

// signature is what must agree for a training to go on from a checkpoint.
func (t *trainer) signature() string {
	o := t.opt
	return fmt.Sprintf("%v; %d samples; epochs %d, batch %d, rate %v, schedule %d, warm-up %d, floor %v, held out %v, patience %d, average %v, seed %d",
		t.net, t.train.Len(), o.Epochs, o.Batch, o.LearningRate, o.Schedule, o.WarmUp, o.Floor, o.HeldOut, o.Patience, o.Average, o.Seed)
}

// tensors are the whole state between two epochs.
func (t *trainer) tensors(epochs, heldOut int) []tensor {
	all := t.net.tensors()
	if t.opt.Patience > 0 {
		for i, v := range t.net.tensors() {
			if i == len(t.best) {
				t.best = append(t.best, make([]float32, len(v.f32)))
			}
			all = append(all, tensor{name: "best." + v.name, shape: v.shape, f32: t.best[i]})
		}
	}
	for i, v := range t.average.of {
		all = append(all, tensor{name: "average." + v.name, shape: v.shape, f32: t.average.mean[i]})
	}
	t.history.Loss, t.history.HeldOut = extended(t.history.Loss, epochs), extended(t.history.HeldOut, heldOut)
	return append(all,
		tensor{name: "adam.mean", shape: []int{len(t.mean)}, f32: t.mean},
		tensor{name: "adam.square", shape: []int{len(t.sqr)}, f32: t.sqr},
		tensor{name: "loss", shape: []int{epochs}, f64: t.history.Loss},
		tensor{name: "held_out", shape: []int{heldOut}, f64: t.history.HeldOut})
}

func extended(x []float64, n int) []float64 { return append(x, make([]float64, n-len(x))...) }

// checkpoint writes the state, if it is asked for.
func (t *trainer) checkpoint() error {
	if t.opt.Checkpoint == "" {
		return nil
	}
	h := t.history
	content, err := encode(t.tensors(len(h.Loss), len(h.HeldOut)), map[string]string{
		"training": t.signature(), "epochs": strconv.Itoa(len(h.Loss)), "held_out": strconv.Itoa(len(h.HeldOut)),
		"best": strconv.Itoa(h.Best), "averaged": strconv.Itoa(t.average.steps), "stopped": strconv.FormatBool(h.Stopped),
	})
	if err == nil {
		err = replace(t.opt.Checkpoint, content)
	}
	if err != nil {
		return fmt.Errorf("nn: writing the checkpoint: %w", err)
	}
	return nil
}

// restore reads the state.
func (t *trainer) restore(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("nn: %w", err)
	}
	a, err := decode(content)
	if err != nil {
		return fmt.Errorf("nn: checkpoint %s is not whole: %w; remove it to start anew", path, err)
	}
	if got := a.metadata["training"]; got != t.signature() {
		return fmt.Errorf("nn: checkpoint %s is of another training (%s), this one is (%s): remove it, or name another", path, got, t.signature())
	}
	epochs, heldOut, err := t.progressOf(a.metadata)
	if err != nil {
		return fmt.Errorf("nn: checkpoint %s: %w; remove it to start anew", path, err)
	}
	for _, v := range t.tensors(epochs, heldOut) {
		if err := a.fill(v); err != nil {
			return fmt.Errorf("nn: checkpoint %s: %w; remove it to start anew", path, err)
		}
	}
	return nil
}

func (t *trainer) progressOf(metadata map[string]string) (epochs, heldOut int, err error) {
	for key, to := range map[string]*int{"epochs": &epochs, "held_out": &heldOut, "best": &t.history.Best, "averaged": &t.average.steps} {
		if *to, err = strconv.Atoi(metadata[key]); err != nil {
			return 0, 0, fmt.Errorf("its %s is %q", key, metadata[key])
		}
	}
	t.history.Stopped = metadata["stopped"] == "true"
	if epochs < 0 || epochs > t.opt.Epochs || heldOut < 0 || heldOut > epochs {
		return 0, 0, fmt.Errorf("it has %d epochs, %d of them judged, of %d", epochs, heldOut, t.opt.Epochs)
	}
	return epochs, heldOut, nil
}
