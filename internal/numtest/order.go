package numtest

import "math"

// Order returns the exponent p of errors ∝ hᵖ: the least-squares slope of ln(errors) over ln(h).
func Order(h, errors []float64) float64 {
	var mx, my, sxx, sxy float64
	for i := range h {
		mx += math.Log(h[i]) / float64(len(h))
		my += math.Log(errors[i]) / float64(len(h))
	}
	for i := range h {
		dx := math.Log(h[i]) - mx
		sxx += dx * dx
		sxy += dx * (math.Log(errors[i]) - my)
	}
	return sxy / sxx
}
