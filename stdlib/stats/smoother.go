package stats

import (
	"math"
	"math/bits"

	"gonum.org/v1/gonum/dsp/fourier"
)

// reach is where the kernel is cut off, in kernel widths: beyond it lie less than 10⁻⁶ of its mass.
const reach = 5

// smoother convolves lines of n points with a Gaussian sampled on the grid, by FFT. The line must have `pad` points at
// either end that nobody reads: they take the wrap-around.
type smoother struct {
	fft      *fourier.FFT
	spectrum []float64 // of the kernel, which is even: real
	line     []float64
	coeff    []complex128
}

// padding is the number of grid points that a kernel of width h reaches.
func padding(h, step float64) int { return int(reach*h/step) + 1 }

func newSmoother(n int, h, step float64) *smoother {
	size := 1 << bits.Len(uint(n-1))
	s := &smoother{fft: fourier.NewFFT(size), line: make([]float64, size), coeff: make([]complex128, size/2+1)}
	pad := padding(h, step)
	sum := 0.0
	for k := -pad; k <= pad; k++ {
		u := float64(k) * step / h
		w := math.Exp(-u * u / 2)
		s.line[(k+size)%size] += w
		sum += w
	}
	s.fft.Coefficients(s.coeff, s.line)
	s.spectrum = make([]float64, len(s.coeff))
	for k, c := range s.coeff {
		s.spectrum[k] = real(c) / (sum * float64(size))
	}
	return s
}

// smooth replaces the values x[start], x[start+stride], … of a line of n points by their convolution with the kernel,
// whose weights sum to one. Rounding never leaves a negative density.
func (s *smoother) smooth(x []float64, start, stride, n int) {
	clear(s.line)
	for k := range n {
		s.line[k] = x[start+k*stride]
	}
	s.fft.Coefficients(s.coeff, s.line)
	for k, w := range s.spectrum {
		s.coeff[k] *= complex(w, 0)
	}
	s.fft.Sequence(s.line, s.coeff)
	for k := range n {
		x[start+k*stride] = max(0, s.line[k])
	}
}
