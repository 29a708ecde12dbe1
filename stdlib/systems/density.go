package systems

import "strconv"

// normalized returns f divided by its integral over [−reach, reach], outside of which f must be negligible. The
// trapezoidal rule converges faster than any power for a smooth f that vanishes at both ends.
func normalized(f func(x float64) float64, reach float64) func(x float64) float64 {
	const intervals = 4096
	h := 2 * reach / intervals
	z := 0.0
	for k := range intervals {
		z += h * f(-reach+float64(k)*h)
	}
	return func(x float64) float64 { return f(x) / z }
}

// normalization2D is the integral of f over [−reach, reach]², by the same rule.
func normalization2D(f func(x []float64) float64, reach float64) float64 {
	const intervals = 512
	h := 2 * reach / intervals
	z := 0.0
	x := make([]float64, 2)
	for i := range intervals {
		x[0] = -reach + float64(i)*h
		for j := range intervals {
			x[1] = -reach + float64(j)*h
			z += h * h * f(x)
		}
	}
	return z
}

// figure is v to four significant digits.
func figure(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
