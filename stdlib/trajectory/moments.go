package trajectory

import "math"

// Moments are the count, mean and summed squared deviation of each coordinate. They can be gathered over parts of a
// series and merged, so that no part has to be seen twice.
type Moments struct {
	N    int
	Mean []float64 // D sample means
	M2   []float64 // D sums Σ(x−mean)²
}

// momentsChunk samples are summed plainly before they are merged: few enough that rounding stays near one ulp.
const momentsChunk = 1024

// NewMoments returns the moments of the samples x (sample-major, dim coordinates each).
func NewMoments(dim int, x []float64) *Moments {
	m := &Moments{Mean: make([]float64, dim), M2: make([]float64, dim)}
	part := &Moments{Mean: make([]float64, dim), M2: make([]float64, dim)}
	for len(x) > 0 {
		n := min(len(x), momentsChunk*dim)
		part.gather(x[:n])
		m.Merge(part)
		x = x[n:]
	}
	return m
}

// gather replaces m by the moments of the samples x.
func (m *Moments) gather(x []float64) {
	d := len(m.Mean)
	clear(m.Mean)
	clear(m.M2)
	m.N = len(x) / d
	for i := 0; i < len(x); i += d {
		for j, v := range x[i : i+d] {
			m.Mean[j] += v
		}
	}
	for j := range m.Mean {
		m.Mean[j] /= float64(m.N)
	}
	for i := 0; i < len(x); i += d {
		for j, v := range x[i : i+d] {
			v -= m.Mean[j]
			m.M2[j] += v * v
		}
	}
}

// Merge adds the samples of o to m (Chan, Golub and LeVeque, 1979).
func (m *Moments) Merge(o *Moments) {
	if o.N == 0 {
		return
	}
	n, k := float64(m.N), float64(o.N)
	for j := range m.Mean {
		delta := o.Mean[j] - m.Mean[j]
		m.Mean[j] += delta * k / (n + k)
		m.M2[j] += o.M2[j] + delta*delta*n*k/(n+k)
	}
	m.N += o.N
}

// Std returns the standard deviation √(M2/N) of each coordinate.
func (m *Moments) Std() []float64 {
	std := make([]float64, len(m.M2))
	for j, v := range m.M2 {
		std[j] = math.Sqrt(v / float64(m.N))
	}
	return std
}

// Moments returns the moments of t over all runs, in the coordinates of X.
func (t *Trajectory) Moments() *Moments { return NewMoments(t.Dim, t.X) }
