package nn

import (
	"fmt"
	"math"
)

// Data are the samples to fit, sample-major: X holds N·In() numbers, Y holds N·Out(). Weights are N, or nil for equal
// ones.
type Data struct {
	X, Y, Weights []float64
}

func (d Data) weight(k int) float64 {
	if d.Weights == nil {
		return 1
	}
	return d.Weights[k]
}

// check returns the number of samples. A length that does not fit is misuse and panics; values that are not numbers
// are an error.
func (d Data) check(m Network) (int, error) {
	n := countPoints(m, len(d.Y), len(d.X))
	if d.Weights != nil && len(d.Weights) != n {
		panic(fmt.Sprintf("nn: %d weights for %d samples", len(d.Weights), n))
	}
	if n == 0 {
		return 0, fmt.Errorf("nn: no samples to fit")
	}
	for i, v := range d.X {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, fmt.Errorf("nn: input %d of sample %d is %v; remove that sample", i%m.In()+1, i/m.In()+1, v)
		}
	}
	for i, v := range d.Y {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return 0, fmt.Errorf("nn: target %d of sample %d is %v; remove that sample", i%m.Out()+1, i/m.Out()+1, v)
		}
	}
	return n, d.checkWeights()
}

func (d Data) checkWeights() error {
	if d.Weights == nil {
		return nil
	}
	sum := 0.0
	for k, w := range d.Weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return fmt.Errorf("nn: the weight of sample %d is %v; weights are finite and not negative", k+1, w)
		}
		sum += w
	}
	if sum == 0 {
		return fmt.Errorf("nn: all %d weights are zero", len(d.Weights))
	}
	return nil
}
