package systems

import (
	"gonum.org/v1/gonum/dsp/fourier"

	"scorebook/stdlib/trajectory"
)

// Shifted returns the series of a field on a ring, turned by `by` points: coordinate i becomes what coordinate i+by was.
// The Kuramoto–Sivashinsky equation does not tell it from the original.
func Shifted(t *trajectory.Trajectory, by int) *trajectory.Trajectory {
	return onRing(t, func(dst, x []float64) {
		d := len(x)
		by := (by%d + d) % d
		copy(dst[copy(dst, x[by:]):], x[:by])
	})
}

// Reflected returns the series of a field on a ring seen in a mirror, v(x) → −v(−x): the other symmetry of the
// Kuramoto–Sivashinsky equation for v = u_x, which is u(x) → u(−x).
func Reflected(t *trajectory.Trajectory) *trajectory.Trajectory {
	return onRing(t, func(dst, x []float64) {
		dst[0] = -x[0]
		for i := 1; i < len(x); i++ {
			dst[i] = -x[len(x)-i]
		}
	})
}

func onRing(t *trajectory.Trajectory, turn func(dst, x []float64)) *trajectory.Trajectory {
	o := *t
	o.X = make([]float64, len(t.X))
	for k := range t.Len() {
		turn(o.At(k), t.At(k))
	}
	return &o
}

// Augmentation says which copies of a series on a ring are made.
type Augmentation struct {
	// Shifts are the shifts, in points of the series, of which one copy each is made. nil means 0 alone.
	Shifts []int
	// Stride keeps every Stride-th point of each copy, after the shift: so shifts below Stride give new points. 0 means 1.
	Stride int
	// Reflect adds the mirror image of each copy.
	Reflect bool
}

// Augmented returns the copies of t as independent runs, shift after shift, each followed by its mirror image. Copies of
// one series are not independent samples: they make a symmetric density, not a better known one.
func Augmented(t *trajectory.Trajectory, a Augmentation) (*trajectory.Trajectory, error) {
	if a.Shifts == nil {
		a.Shifts = []int{0}
	}
	if a.Stride < 1 {
		a.Stride = 1
	}
	var kept []int
	for i := 0; i < t.Dim; i += a.Stride {
		kept = append(kept, i)
	}
	var copies []*trajectory.Trajectory
	for _, by := range a.Shifts {
		c := Shifted(t, by).Select(kept...)
		c.Names = nil
		copies = append(copies, c)
		if a.Reflect {
			copies = append(copies, Reflected(c))
		}
	}
	return trajectory.Concat(copies...)
}

// RingSpectrum returns λₖ = ⟨|v̂ₖ|²⟩/(D·⟨v²⟩) for k = 0 … D/2, with v̂ₖ = Σᵢ vᵢ e^{−2πiki/D}: the eigenvalues of the
// covariance of a field on a ring of D points, averaged over all shifts and divided by the variance, so that it is
// circulant with ones on its diagonal. λₖ belongs to k and to −k; over all of them the λ sum to D. The mean of the field is not
// subtracted.
func RingSpectrum(t *trajectory.Trajectory) []float64 {
	fft := fourier.NewFFT(t.Dim)
	power := make([]float64, t.Dim/2+1)
	var coefficients []complex128
	square := 0.0
	for k := range t.Len() {
		x := t.At(k)
		coefficients = fft.Coefficients(coefficients, x)
		for i, c := range coefficients {
			power[i] += real(c)*real(c) + imag(c)*imag(c)
		}
		for _, v := range x {
			square += v * v
		}
	}
	for i := range power {
		power[i] /= square
	}
	return power
}

// RingEnergy returns the energy ½⟨v²⟩ of each sample, the mean being that over the ring.
func RingEnergy(t *trajectory.Trajectory) []float64 {
	energy := make([]float64, t.Len())
	for k := range energy {
		for _, v := range t.At(k) {
			energy[k] += v * v / float64(2*t.Dim)
		}
	}
	return energy
}
