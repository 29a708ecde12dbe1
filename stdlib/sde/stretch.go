package sde

import "math"

// Constants are what a loop has to know of the equation.
type Constants struct {
	Dt, Root float64 // δt and √δt
	Bound    float64 // the largest |xᵢ| that calls for no attention
	Ito      float64 // 1 for Itô's equation, 0 for Stratonovich's
	Draws    int     // numbers of noise for each step
	Sources  int     // M, of a B that depends on the state
	Width    int     // numbers in such a B: D when it is diagonal, else D·M
	Diagonal bool
}

// A Stretch is a number of steps of a block of members, with all that the loop over them needs. Its slices hold the
// members one after another.
type Stretch struct {
	X       []float64 // states, advanced in place
	Noise   []float64 // Draws numbers for each step
	Work    []float64
	Start   []float64 // where members that leave the bound are put back to
	Samples []float64 // room for the samples of the first member; those of each next one begin Apart numbers further on
	Steps   int
	First   int // steps until the first sample
	Every   int // steps between samples
	Apart   int
	Constants
}

// stretch takes the steps of s by the loop advance and keeps the samples. It returns the steps taken before one that left
// a state not finite, and how often members were put back to their start.
func stretch(advance loop, drift, field Drift, dim int, s Stretch) (steps, resets int) {
	n, next := 0, s.First
	for n < s.Steps {
		to := min(next, s.Steps)
		n += advance(drift, field, dim, s.X, s.Noise[n*s.Draws:], s.Work, to-n, s.Constants)
		if n < to {
			back := putBack(dim, s.X, s.Start, s.Bound)
			if back < 0 {
				return n, resets
			}
			resets += back
			n++
		}
		if n == next {
			keepSample(dim, s.Samples[(n-s.First)/s.Every*dim:], s.X, s.Apart)
			next += s.Every
		}
	}
	return n, resets
}

// putBack puts the members outside the bound back to their start and returns how many there were, or −1 when a state
// is not finite afterwards. A NaN is not outside: it is a blow-up, and so is all that leaves the largest bound.
func putBack(dim int, x, start []float64, bound float64) int {
	back := 0
	for k := 0; k < len(x); k += dim {
		out := false
		for i := k; i < k+dim; i++ {
			out = out || math.Abs(x[i]) > bound
		}
		if out && bound < math.MaxFloat64 {
			for i := k; i < k+dim; i++ {
				x[i] = start[i]
			}
			back++
		}
	}
	for i := 0; i < len(x); i++ {
		if !(math.Abs(x[i]) <= math.MaxFloat64) {
			return -1
		}
	}
	return back
}

// keepSample stores the state of each member, apart numbers from one to the next.
func keepSample(dim int, samples, x []float64, apart int) {
	to := 0
	for k := 0; k < len(x); k += dim {
		for i := 0; i < dim; i++ {
			samples[to+i] = x[k+i]
		}
		to += apart
	}
}
