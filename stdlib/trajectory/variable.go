package trajectory

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// variable is an array of a file that holds several by name.
type variable struct {
	name    string // with the groups it lies in
	listed  string // how it is listed: name, axes and type
	dims    []string
	shape   []int
	numbers map[string][]float64 // attributes
	texts   map[string]string
	fill    []float64 // what the format puts where nothing was written
	bytes   int       // of an element
	float   bool
	// columnMajor tells that the axes lie in the file in reverse, as MATLAB writes them.
	columnMajor bool
	err         error // why it cannot be read
	each        func(yield func(at int, values []float64)) error
}

func (v *variable) base() string { return path.Base(v.name) }

func (v *variable) size() int {
	n := 1
	for _, l := range v.shape {
		n *= l
	}
	return n
}

// vector tells an array of which at most one axis is longer than one.
func (v *variable) vector() bool { return len(v.shape) > 0 && slices.Max(v.shape) == v.size() }

// coordinate tells an array that gives the places along the axis of its own name.
func (v *variable) coordinate() bool { return len(v.dims) == 1 && v.dims[0] == v.base() }

// along finds the axis of n samples, called axis if it has a name: the first one, or the last of two. It tells whether that is
// the last one in the file.
func (v *variable) along(n int, axis string, o CSV) (last, ok bool) {
	if len(v.shape) == 0 {
		return false, false
	}
	is := func(i int) bool {
		return v.shape[i] == n && (v.dims[i] == "" || axis == "" || v.dims[i] == axis)
	}
	first, end := v.ends(o)
	switch {
	case is(first):
		return first != 0, true
	case len(v.shape) == 2 && is(end):
		return end != 0, true
	}
	return false, false
}

// ends are the axes where the samples are looked for, the likelier one first.
func (v *variable) ends(o CSV) (first, end int) {
	first, end = 0, len(v.shape)-1
	if v.columnMajor != o.TimeLast {
		first, end = end, first
	}
	return first, end
}

// packing is how the numbers of a file stand for those that were meant, by the conventions of NetCDF.
type packing struct {
	missing       []float64
	low, high     float64 // of the values that are valid
	scale, offset float64
	scaled        bool
	wrap          float64 // added to negative integers that stand for positive ones
}

func (v *variable) packing() packing {
	p := packing{missing: v.fill, low: math.Inf(-1), high: math.Inf(1), scale: 1}
	if own := v.numbers["_FillValue"]; own != nil {
		p.missing = own
	}
	p.missing = slices.Concat(p.missing, v.numbers["missing_value"])
	if v.float && v.bytes == 4 { // an attribute of 64 bits names a value of 32
		for _, m := range p.missing {
			p.missing = append(p.missing, float64(float32(m)))
		}
	}
	number := func(name string, to *float64) {
		if a := v.numbers[name]; len(a) == 1 {
			*to = a[0]
		}
	}
	number("valid_min", &p.low)
	number("valid_max", &p.high)
	if r := v.numbers["valid_range"]; len(r) == 2 {
		p.low, p.high = r[0], r[1]
	}
	number("scale_factor", &p.scale)
	number("add_offset", &p.offset)
	p.scaled = p.scale != 1 || p.offset != 0
	if strings.EqualFold(v.texts["_Unsigned"], "true") && !v.float {
		p.wrap = math.Ldexp(1, 8*v.bytes)
	}
	return p
}

// value is the number that x stands for, NaN when it is missing.
func (p *packing) value(x float64) float64 {
	if slices.Contains(p.missing, x) {
		return math.NaN()
	}
	if p.wrap > 0 && x < 0 {
		x += p.wrap
	}
	if x < p.low || x > p.high {
		return math.NaN()
	}
	if p.scaled {
		x = x*p.scale + p.offset
	}
	return x
}

// values reads the whole variable in the order of the file.
func (v *variable) values() ([]float64, error) {
	if v.err != nil {
		return nil, v.err
	}
	x := make([]float64, v.size())
	for i := range x {
		x[i] = math.NaN()
	}
	p := v.packing()
	err := v.each(func(at int, part []float64) {
		for i, value := range part {
			x[at+i] = p.value(value)
		}
	})
	return x, err
}

// contents are the variables of a file.
type contents []*variable

// String lists what the file holds.
func (c contents) String() string {
	const most = 20
	var list []string
	for _, v := range c {
		if len(list) == most {
			list = append(list, fmt.Sprintf("and %d more", len(c)-most))
			break
		}
		list = append(list, v.listed)
	}
	if list == nil {
		return "the file holds no arrays"
	}
	return "the file holds " + strings.Join(list, ", ")
}

// find returns the variable of this name: in full, or without its groups when that is unique.
func (c contents) find(name string) *variable {
	name = strings.TrimPrefix(name, "/")
	var found *variable
	for _, v := range c {
		switch {
		case v.name == name:
			return v
		case v.base() != name:
		case found != nil:
			return nil
		default:
			found = v
		}
	}
	return found
}

// column finds what a name of the options means: a variable, or x[3], one of its columns (else −1).
func (c contents) column(name string) (*variable, int, error) {
	if v := c.find(name); v != nil {
		return v, -1, nil
	}
	if start := strings.LastIndexByte(name, '['); start > 0 && strings.HasSuffix(name, "]") {
		if n, err := strconv.Atoi(name[start+1 : len(name)-1]); err == nil && n >= 0 {
			if v := c.find(name[:start]); v != nil {
				return v, n, nil
			}
		}
	}
	return nil, 0, fmt.Errorf("no variable %q, or several in groups; %v", name, c)
}
