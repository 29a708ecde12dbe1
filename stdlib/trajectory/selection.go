package trajectory

import (
	"errors"
	"fmt"
	"slices"
)

// Thin returns every `every`-th sample of each run, from its first on, with the spacing every·Dt.
func (t *Trajectory) Thin(every int) *Trajectory {
	if every < 1 {
		panic(fmt.Sprintf("trajectory: thinning by %d", every))
	}
	thin := *t
	thin.Dt = t.Dt * float64(every)
	thin.X, thin.Lens = nil, nil
	for start, end := range t.Runs() {
		for k := start; k < end; k += every {
			thin.X = append(thin.X, t.At(k)...)
		}
		if t.Lens != nil {
			thin.Lens = append(thin.Lens, (end-start+every-1)/every)
		}
	}
	return &thin
}

// Select returns the given coordinates of every sample, in that order, with their names and scale.
func (t *Trajectory) Select(coordinates ...int) *Trajectory {
	if len(coordinates) == 0 {
		panic("trajectory: no coordinates selected")
	}
	s := *t
	s.Dim = len(coordinates)
	s.X = make([]float64, 0, t.Len()*s.Dim)
	for k := range t.Len() {
		x := t.At(k)
		for _, i := range coordinates {
			s.X = append(s.X, x[i])
		}
	}
	s.Names = make([]string, s.Dim)
	for j, i := range coordinates {
		s.Names[j] = t.Name(i)
	}
	if t.Scale != nil {
		s.Scale = &Scale{}
		for _, i := range coordinates {
			s.Scale.Mean = append(s.Scale.Mean, t.Scale.Mean[i])
			s.Scale.Std = append(s.Scale.Std, t.Scale.Std[i])
		}
	}
	return &s
}

// Concat returns the runs of all the series, one after another, as independent runs. They must agree in dimension,
// spacing (to rounding), names and scale. The result shares no memory with them.
func Concat(series ...*Trajectory) (*Trajectory, error) {
	if len(series) == 0 {
		return nil, errors.New("trajectory: no series to concatenate")
	}
	all := *series[0]
	all.X, all.Lens, all.Resets = nil, nil, 0
	for n, t := range series {
		if err := series[0].differs(t); err != nil {
			return nil, fmt.Errorf("trajectory: series %d cannot follow the first: %w", n+1, err)
		}
		for start, end := range t.Runs() {
			all.Lens = append(all.Lens, end-start)
		}
		all.X = append(all.X, t.X...)
		all.Resets += t.Resets
	}
	if len(all.Lens) == 1 {
		all.Lens = nil
	}
	return &all, nil
}

// differs says why o is not a series of the same quantity as t, or nil.
func (t *Trajectory) differs(o *Trajectory) error {
	switch {
	case o.Dim != t.Dim:
		return fmt.Errorf("%d coordinates, not %d", o.Dim, t.Dim)
	case o.Dt < t.Dt*(1-1e-9) || o.Dt > t.Dt*(1+1e-9):
		return fmt.Errorf("its spacing is %g, not %g; Thin brings them to one", o.Dt, t.Dt)
	case t.Names != nil && o.Names != nil && !slices.Equal(o.Names, t.Names):
		return fmt.Errorf("its coordinates are %v, not %v", o.Names, t.Names)
	case (t.Scale == nil) != (o.Scale == nil),
		t.Scale != nil && (!slices.Equal(t.Scale.Mean, o.Scale.Mean) || !slices.Equal(t.Scale.Std, o.Scale.Std)):
		return errors.New("it is normalised differently; take Physical of both")
	}
	return nil
}
