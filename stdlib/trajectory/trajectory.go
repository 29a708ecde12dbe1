package trajectory

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
)

// Trajectory is a series of states x(kΔt) ∈ ℝᴰ, or several independent runs of one.
type Trajectory struct {
	// Dim is D, the number of coordinates.
	Dim int
	// Dt is the time between successive samples.
	Dt float64
	// X holds the samples one after another: sample k is X[k*Dim : (k+1)*Dim].
	X []float64
	// Lens is the number of samples of each independent run, in order. nil means one run.
	Lens []int
	// Names are the names of the coordinates. nil means x₁, x₂, ….
	Names []string
	// Scale is set when X is normalised: the physical coordinate is xᵢ = Mean[i] + Std[i]·X.
	Scale *Scale
	// Resets counts how often the simulation that made X put a member back to its start because it left its bound.
	Resets int
}

// New returns the trajectory with samples x of dimension dim, Δt = dt apart, as one run.
// It keeps x and does not copy it. An error says which sample is not finite, or why the shape is wrong.
func New(dim int, dt float64, x []float64) (*Trajectory, error) {
	return NewRuns(dim, dt, x, nil)
}

// NewRuns is New for independent runs: lens[r] samples belong to run r. nil means one run.
func NewRuns(dim int, dt float64, x []float64, lens []int) (*Trajectory, error) {
	t := &Trajectory{Dim: dim, Dt: dt, X: x, Lens: lens}
	if err := t.Validate(); err != nil {
		return nil, err
	}
	return t, nil
}

// ErrNil is what a function says of a trajectory that is nil.
var ErrNil = errors.New("trajectory: nil; Simulate, Load and NewTrajectory make one")

// Validate reports the first reason why t is not a finite, well-shaped series, or nil.
func (t *Trajectory) Validate() error {
	if t == nil {
		return ErrNil
	}
	if t.Dim < 1 {
		return fmt.Errorf("trajectory: dimension is %d; it must be at least 1", t.Dim)
	}
	if !(t.Dt > 0) || math.IsInf(t.Dt, 1) {
		return fmt.Errorf("trajectory: Δt is %g; the time between samples must be positive and finite", t.Dt)
	}
	if len(t.X) == 0 {
		return errors.New("trajectory: no samples")
	}
	if len(t.X)%t.Dim != 0 {
		return fmt.Errorf("trajectory: %d values are no whole number of samples of %d coordinates", len(t.X), t.Dim)
	}
	if t.Names != nil && len(t.Names) != t.Dim {
		return fmt.Errorf("trajectory: %d names for %d coordinates", len(t.Names), t.Dim)
	}
	if err := t.validateLens(); err != nil {
		return err
	}
	for i, v := range t.X {
		if v-v != 0 {
			return fmt.Errorf("trajectory: sample %d has %s = %g; remove or interpolate such samples first",
				i/t.Dim, t.Name(i%t.Dim), v)
		}
	}
	return nil
}

func (t *Trajectory) validateLens() error {
	if t.Lens == nil {
		return nil
	}
	sum := 0
	for r, n := range t.Lens {
		if n < 1 {
			return fmt.Errorf("trajectory: run %d has %d samples", r, n)
		}
		sum += n
	}
	if sum != t.Len() {
		return fmt.Errorf("trajectory: the runs have %d samples together, the series has %d", sum, t.Len())
	}
	return nil
}

// Len is N, the number of samples of all runs together.
func (t *Trajectory) Len() int { return len(t.X) / t.Dim }

// At returns sample k, a view into X of length Dim.
func (t *Trajectory) At(k int) []float64 { return t.X[k*t.Dim : (k+1)*t.Dim : (k+1)*t.Dim] }

// Coordinate writes coordinate i of every sample to dst and returns it. dst is allocated when nil; otherwise its
// length must be Len.
func (t *Trajectory) Coordinate(dst []float64, i int) []float64 {
	if i < 0 || i >= t.Dim {
		panic(fmt.Sprintf("trajectory: coordinate %d of %d", i, t.Dim))
	}
	if dst == nil {
		dst = make([]float64, t.Len())
	}
	if len(dst) != t.Len() {
		panic(fmt.Sprintf("trajectory: destination of %d values for %d samples", len(dst), t.Len()))
	}
	for k, j := 0, i; k < len(dst); k, j = k+1, j+t.Dim {
		dst[k] = t.X[j]
	}
	return dst
}

// Runs yields the half-open range of samples (start, end) of each independent run, in order.
func (t *Trajectory) Runs() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		if t.Lens == nil {
			yield(0, t.Len())
			return
		}
		start := 0
		for _, n := range t.Lens {
			if !yield(start, start+n) {
				return
			}
			start += n
		}
	}
}

// RunCount is the number of independent runs.
func (t *Trajectory) RunCount() int { return max(1, len(t.Lens)) }

// LongestRun is the number of samples of the longest run.
func (t *Trajectory) LongestRun() int {
	longest := 0
	for start, end := range t.Runs() {
		longest = max(longest, end-start)
	}
	return longest
}

// Starts returns the first sample of each run, run after run: the states from which another model can be started.
func (t *Trajectory) Starts() []float64 {
	starts := make([]float64, 0, t.RunCount()*t.Dim)
	for start := range t.Runs() {
		starts = append(starts, t.At(start)...)
	}
	return starts
}

// Name is the name of coordinate i: Names[i], or x₁, x₂, … without names.
func (t *Trajectory) Name(i int) string {
	if t.Names != nil {
		return t.Names[i]
	}
	return "x" + subscripts.Replace(strconv.Itoa(i+1))
}

var subscripts = strings.NewReplacer(
	"0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
