package trajectory

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// assembly makes a series of some of a file's variables.
type assembly struct {
	CSV
	contents contents
	time     *variable // nil when Dt is given
	axis     string    // name of the samples' axis, "" when it has none
	n        int       // samples
	names    []string
	parts    []part
}

// part is a variable and the coordinates that its columns become, −1 for those that are left out.
type part struct {
	*variable
	last bool // samples run along the last axis
	to   []int
}

// series reads the series that o asks for.
func (c contents) series(o CSV) (*Trajectory, Report, error) {
	a := &assembly{CSV: o, contents: c}
	for _, find := range []func() error{a.findTime, a.findSamples, a.findColumns} {
		if err := find(); err != nil {
			return nil, Report{}, err
		}
	}
	x, err := a.read()
	if err != nil {
		return nil, Report{}, err
	}
	tab := &table{header: a.names, time: -1, rows: a.n, x: x}
	for i := range a.names {
		tab.columns = append(tab.columns, i)
	}
	units := ""
	if a.time != nil {
		tab.time, units = 0, a.time.texts["units"]
		if tab.t, err = a.time.values(); err != nil {
			return nil, Report{}, err
		}
	}
	t, report, err := tab.trajectory(a.CSV)
	report.TimeUnits = units
	return t, report, err
}

// findTime finds the variable of the time, or a scalar dt, unless Dt is given.
func (a *assembly) findTime() error {
	if a.Time != "" {
		v := a.contents.find(a.Time)
		if v == nil {
			return fmt.Errorf("no variable %q for the time, or several in groups; %v", a.Time, a.contents)
		}
		return a.keepTime(v)
	}
	if a.Dt > 0 {
		return nil
	}
	for _, fits := range []func(v *variable) bool{
		func(v *variable) bool {
			return v.vector() && (strings.EqualFold(v.base(), "time") || strings.EqualFold(v.base(), "t"))
		},
		func(v *variable) bool { return v.coordinate() && strings.Contains(v.texts["units"], " since ") },
	} {
		var found contents
		for _, v := range a.contents {
			if fits(v) {
				found = append(found, v)
			}
		}
		if len(found) > 1 {
			return fmt.Errorf("%s and %s could both be the time; set Time", found[0].name, found[1].name)
		}
		if len(found) == 1 {
			return a.keepTime(found[0])
		}
	}
	if v := a.contents.find("dt"); v != nil && v.size() == 1 {
		dt, err := v.values()
		if err != nil {
			return err
		}
		if a.Dt = dt[0]; a.Dt > 0 {
			return nil
		}
	}
	return fmt.Errorf("no variable named time or t; set Time to the variable with the time, or Dt to the time between samples; %v", a.contents)
}

func (a *assembly) keepTime(v *variable) error {
	if v.err != nil {
		return fmt.Errorf("%w; or set Dt", v.err)
	}
	if !v.vector() {
		return fmt.Errorf("the time %s is no vector; set Time to one, or Dt", v.listed)
	}
	a.time, a.n = v, v.size()
	if len(v.dims) == 1 {
		a.axis = v.dims[0]
	}
	return nil
}

// findSamples finds how many samples there are when no variable of the time says so.
func (a *assembly) findSamples() error {
	if a.time != nil {
		return nil
	}
	candidates := a.candidates()
	if a.Columns != nil {
		v, _, err := a.contents.column(a.Columns[0])
		if err != nil {
			return err
		}
		candidates = contents{v}
	}
	for _, v := range candidates { // an axis called time
		first, _ := v.ends(a.CSV)
		if len(v.dims) > 0 && (strings.EqualFold(v.dims[first], "time") || strings.EqualFold(v.dims[first], "t")) {
			a.axis, a.n = v.dims[first], v.shape[first]
			return nil
		}
	}
	if len(candidates) == 0 || len(candidates[0].shape) == 0 {
		return fmt.Errorf("nothing to read as a series; %v", a.contents)
	}
	v := candidates[0]
	first, end := v.ends(a.CSV)
	a.n = v.shape[first]
	if v.vector() {
		a.n = v.size()
	} else if len(v.shape) == 2 && v.shape[first] < v.shape[end] && v.dims[first] == "" && !a.TimeLast && !v.columnMajor {
		return fmt.Errorf("%s would be %d samples of %d coordinates; if the samples run along the last axis set TimeLast, "+
			"and if not, name the variable with the time", v.listed, v.shape[first], v.shape[end])
	}
	if a.axis = ""; len(v.dims) > first {
		a.axis = v.dims[first]
	}
	for _, other := range candidates {
		if _, ok := other.along(a.n, a.axis, a.CSV); !ok {
			return fmt.Errorf("%s and %s have no axis in common; set Columns to those that you want, or Time", v.listed, other.listed)
		}
	}
	return nil
}

// candidates are the variables that could be coordinates: no scalars, no places along an axis, not the time or its bounds.
func (a *assembly) candidates() contents {
	return slices.DeleteFunc(slices.Clone(a.contents), func(v *variable) bool {
		return v == a.time || v.size() <= 1 || v.coordinate() || a.time != nil && v.base() == a.time.texts["bounds"]
	})
}

// findColumns finds the variables that become coordinates: those of Columns, or all along the samples' axis.
func (a *assembly) findColumns() error {
	for _, name := range a.Columns {
		v, n, err := a.contents.column(name)
		if err != nil {
			return err
		}
		if v.err != nil {
			return v.err
		}
		last, ok := v.along(a.n, a.axis, a.CSV)
		if !ok {
			return fmt.Errorf("%s has no first axis of the %d samples; %v", v.listed, a.n, a.contents)
		}
		if err := a.add(v, last, n); err != nil {
			return err
		}
	}
	if a.Columns == nil {
		for _, v := range a.candidates() {
			if last, ok := v.along(a.n, a.axis, a.CSV); ok {
				if err := a.add(v, last, -1); err != nil {
					return fmt.Errorf("%w; or choose Columns without it", err)
				}
			}
		}
	}
	if len(a.names) == 0 {
		return fmt.Errorf("no variable along the time, which has %d samples; %v", a.n, a.contents)
	}
	return nil
}

// add takes column n of a variable, or all when that is −1.
func (a *assembly) add(v *variable, last bool, n int) error {
	if v.err != nil {
		return v.err
	}
	if v.size() == 0 {
		return fmt.Errorf("%s has no values", v.listed)
	}
	width := v.size() / a.n
	if n >= width {
		return fmt.Errorf("%s has the columns 0 to %d, not %d", v.listed, width-1, n)
	}
	p := part{v, last, slices.Repeat([]int{-1}, width)}
	for j := range width {
		if n >= 0 && j != n {
			continue
		}
		p.to[j] = len(a.names)
		name := v.name
		if width > 1 {
			name = fmt.Sprintf("%s[%d]", v.name, j)
		}
		a.names = append(a.names, name)
	}
	a.parts = append(a.parts, p)
	return nil
}

// read fills the samples, piece after piece of the file.
func (a *assembly) read() ([]float64, error) {
	dim := len(a.names)
	if a.n > math.MaxInt/8/dim {
		return nil, errors.New("more values than memory can hold; choose fewer Columns")
	}
	x := make([]float64, a.n*dim)
	for i := range x {
		x[i] = math.NaN()
	}
	for _, p := range a.parts {
		packing, width := p.packing(), len(p.to)
		err := p.each(func(at int, values []float64) {
			for i, v := range values {
				k, j := (at+i)/width, (at+i)%width
				if p.last {
					j, k = (at+i)/a.n, (at+i)%a.n
				}
				if to := p.to[j]; to >= 0 {
					x[k*dim+to] = packing.value(v)
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return x, nil
}
