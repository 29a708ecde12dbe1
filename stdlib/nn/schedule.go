package nn

import "math"

// Schedule says how the learning rate goes over the epochs.
type Schedule int

const (
	// Cosine lowers the rate from its start to zero along half a cosine, so that the fit settles.
	Cosine Schedule = iota
	// Constant keeps it.
	Constant
)

// rate is the learning rate at a fraction in [0, 1) of the training.
func (s Schedule) rate(start, fraction float64) float64 {
	if s == Constant {
		return start
	}
	return start * (1 + math.Cos(math.Pi*fraction)) / 2
}
