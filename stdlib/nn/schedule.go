package nn

import "math"

// Schedule says how the learning rate goes over the steps.
type Schedule int

const (
	// Cosine lowers the rate from its start to a floor along half a cosine, so that the fit settles.
	Cosine Schedule = iota
	// Constant keeps it.
	Constant
)

// rate is the learning rate of a step, counted from 0, of a training of so many: the first warmUp steps rise to it in
// proportion, and the schedule takes the rest.
func (o TrainOptions) rate(step, steps int) float64 {
	if step < o.WarmUp {
		return o.LearningRate * float64(step+1) / float64(o.WarmUp+1)
	}
	if o.Schedule == Constant {
		return o.LearningRate
	}
	fraction := float64(step-o.WarmUp) / float64(max(1, steps-o.WarmUp))
	return o.Floor + (o.LearningRate-o.Floor)*(1+math.Cos(math.Pi*fraction))/2
}
