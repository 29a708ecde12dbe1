package trajectory

import (
	"fmt"
	"strings"
)

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
