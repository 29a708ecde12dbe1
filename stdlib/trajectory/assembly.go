package trajectory

import (
	"errors"
	"fmt"
	"math"
	"slices"
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
