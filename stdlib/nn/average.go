package nn

// average is the mean of a network's numbers over steps of its training.
type average struct {
	of    []tensor
	mean  [][]float32
	steps int
}

// add counts what the network holds now.
func (a *average) add() {
	a.steps++
	share := 1 / float32(a.steps)
	forEach(len(a.of), func(i int) {
		mean := a.mean[i]
		for j, v := range a.of[i].f32 {
			mean[j] += share * (v - mean[j])
		}
	})
}

// give writes the mean, if there is one, to the network.
func (a *average) give(net Network) {
	if a.steps == 0 {
		return
	}
	for i, v := range net.tensors() {
		copy(v.f32, a.mean[i])
	}
}
