package trajectory

import (
	"errors"
	"fmt"
	"math"
)

// spacingTolerance is how far a spacing may be from the mean one, in parts of it: far enough for times that were written
// with four digits.
const spacingTolerance = 1e-3

// Spacing returns the time between the samples at the times t. It is an error when they do not grow, or are not regular.
func Spacing(t []float64) (float64, error) {
	n := len(t)
	if n < 2 {
		return 0, fmt.Errorf("%d samples have no spacing; two are needed", n)
	}
	dt := (t[n-1] - t[0]) / float64(n-1)
	if !(dt > 0) || math.IsInf(dt, 1) {
		return 0, fmt.Errorf("the time goes from %g to %g; it must grow", t[0], t[n-1])
	}
	// Rounded times are off by the same absolute amount each, whatever the spacing.
	for k := 1; k < n; k++ {
		step := t[k] - t[k-1]
		if !(math.Abs(step-dt) <= spacingTolerance*dt+4e-16*math.Abs(t[k])) {
			return 0, fmt.Errorf("irregular sampling: rows %d and %d are %.6g apart, the mean spacing is %.6g; "+
				"resample to regular times, cut the series at its gaps into files of their own, or give Dt if the times are only labels",
				k, k+1, step, dt)
		}
	}
	return dt, nil
}

// repair deals with the NaN of t by the policy, and reports what it did.
func (t *Trajectory) repair(policy Missing, report *Report) error {
	first := -1
	for i, v := range t.X {
		if math.IsNaN(v) {
			report.Missing++
			if first < 0 {
				first = i
			}
		}
	}
	switch {
	case first < 0:
		return nil
	case policy == SplitMissing:
		return t.split(report)
	case policy == InterpolateMissing:
		return t.interpolate(report)
	}
	return fmt.Errorf("%d missing values, the first in row %d, %s; set Missing to SplitMissing (new run after each gap) or "+
		"InterpolateMissing (straight lines), or leave that column out", report.Missing, first/t.Dim+1, t.Name(first%t.Dim))
}

// split leaves the incomplete samples out and makes the stretches between them runs.
func (t *Trajectory) split(report *Report) error {
	var x []float64
	var lens []int
	open := false
	for k := range t.Len() {
		if !complete(t.At(k)) {
			report.Dropped++
			open = false
			continue
		}
		if !open {
			lens = append(lens, 0)
		}
		open = true
		lens[len(lens)-1]++
		x = append(x, t.At(k)...)
	}
	if len(x) == 0 {
		return errors.New("every row has a missing value; leave out the columns that are empty")
	}
	t.X, t.Lens = x, lens
	return nil
}

func complete(x []float64) bool {
	for _, v := range x {
		if math.IsNaN(v) {
			return false
		}
	}
	return true
}

// interpolate fills the gaps of each coordinate.
func (t *Trajectory) interpolate(report *Report) error {
	for i := range t.Dim {
		last := -1 // the sample before the gap
		for k := range t.Len() {
			v := t.At(k)[i]
			if math.IsNaN(v) {
				continue
			}
			if last < 0 && k > 0 {
				return fmt.Errorf("%s begins with %d missing values, which nothing can be interpolated from; cut them off",
					t.Name(i), k)
			}
			t.fill(i, last, k)
			report.Filled += k - last - 1
			last = k
		}
		if last < t.Len()-1 {
			return fmt.Errorf("%s ends with %d missing values, which nothing can be interpolated from; cut them off",
				t.Name(i), t.Len()-1-last)
		}
	}
	return nil
}

// fill puts a straight line between samples a and b of coordinate i.
func (t *Trajectory) fill(i, a, b int) {
	for k := a + 1; k < b; k++ {
		s := float64(k-a) / float64(b-a)
		t.At(k)[i] = (1-s)*t.At(a)[i] + s*t.At(b)[i]
	}
}
