package hdf5

import (
	"errors"
	"fmt"
	"math/bits"
	"path"
	"strings"
)

// Dataset is an array of a file.
type Dataset struct {
	Name    string // with the groups it lies in, separated by slashes
	Shape   []int
	Dims    []string // names of the axes where dimension scales are attached, else ""
	Type    Type
	Numbers map[string][]float64 // the attributes that are numbers
	Texts   map[string]string    // those that are text
	// Fill is what stands in the place of values that were not written, when the writer chose a number other than zero.
	Fill *float64

	file    *File
	axes    []uint64
	shape   []uint64
	limit   []uint64 // lengths that the axes may grow to, 0 for no limit
	layout  layout
	filters []filter
	err     error
}

// dataset reads a header as that of a dataset.
func (f *File) dataset(name string, messages []message) *Dataset {
	d := &Dataset{Name: name, file: f}
	a := f.attributes(messages)
	d.Numbers, d.Texts, d.axes = a.numbers, a.texts, a.axes
	d.err = d.describe(messages)
	if d.err == nil {
		d.err = d.check()
	}
	return d
}

func (d *Dataset) describe(messages []message) error {
	f := d.file
	data := map[int][]byte{}
	for _, kind := range []int{messageDataspace, messageDatatype, messageLayout, messageFilters, messageFill, messageOldFill} {
		m := find(messages, kind)
		if m == nil {
			continue
		}
		var err error
		if data[kind], err = f.resolve(m); err != nil {
			return err
		}
	}
	var err error
	if d.shape, d.limit, err = f.dataspace(data[messageDataspace]); err != nil {
		return err
	}
	total, ok := product(d.shape)
	if !ok || bits.Len64(total) > 62 {
		return fmt.Errorf("a shape of %d, more than a file can hold", d.shape)
	}
	for _, n := range d.shape {
		if bits.Len64(n) > 62 {
			return fmt.Errorf("a shape of %d, more than a file can hold", d.shape)
		}
		d.Shape = append(d.Shape, int(n))
	}
	if d.Type, err = f.datatype(data[messageDatatype]); err != nil {
		return err
	}
	if d.filters, err = f.pipeline(data[messageFilters]); err != nil {
		return err
	}
	d.layout, err = f.layout(data[messageLayout], d.Type.Size)
	if find(messages, messageExternal) != nil {
		return errors.New("its values lie in other files, which are not read")
	}
	d.Fill = d.fill(data)
	return err
}

// fill reads the fill value, which the writer chose when the message holds one.
func (d *Dataset) fill(data map[int][]byte) *float64 {
	if d.Type.other != "" {
		return nil
	}
	b := d.file.on(data[messageOldFill])
	if newer := data[messageFill]; newer != nil {
		b = d.file.on(newer)
		switch b.uint(1) {
		case 1, 2:
			b.take(2)
			if b.uint(1) != 1 {
				return nil
			}
		default:
			if b.uint(1)&0x20 == 0 {
				return nil
			}
		}
	}
	if n := b.int(4); b.err != nil || n != d.Type.Size {
		return nil
	}
	raw, value := b.take(d.Type.Size), []float64{0}
	if b.err != nil {
		return nil
	}
	if d.Type.decode(value, raw); value[0] == 0 {
		return nil
	}
	return &value[0]
}

// nameAxes takes the names of the axes from the datasets attached to them; a dataset that is a scale is its own. An array of
// NetCDF-4 that was written less far along its first axis than others is as long as they are, and misses the rest.
func (d *Dataset) nameAxes() {
	d.Dims = make([]string, len(d.Shape))
	for i, address := range d.axes {
		axis := d.file.places[address]
		if i >= len(d.Dims) || axis == nil {
			continue
		}
		d.Dims[i] = path.Base(axis.Name)
		if i == 0 && d.err == nil && d.layout.class == chunked && len(axis.Shape) == 1 && axis.Shape[0] > d.Shape[0] {
			d.Shape[0] = axis.Shape[0]
			d.err = d.check()
		}
	}
	if d.scale() && len(d.Dims) == 1 {
		d.Dims[0] = path.Base(d.Name)
	}
}

func (d *Dataset) scale() bool { return d.Texts["CLASS"] == "DIMENSION_SCALE" }

// Bare tells an axis of NetCDF-4 without coordinates: a dataset that stands for the axis and holds nothing.
func (d *Dataset) Bare() bool {
	return d.scale() && strings.HasPrefix(d.Texts["NAME"], "This is a netCDF dimension but not a netCDF variable")
}

// maxRatio is the most that gzip packs, bytes to one.
const maxRatio = 1100

// check says why the values cannot be read.
func (d *Dataset) check() error {
	if d.Type.other != "" {
		return fmt.Errorf("it holds %v, not plain numbers", d.Type)
	}
	if d.Texts["MATLAB_class"] == "char" {
		return errors.New("it holds text, not plain numbers")
	}
	for _, f := range d.filters {
		if f.undo != nil {
			continue
		}
		way := ""
		if f.plugin {
			way = " (h5py reads it after import hdf5plugin)"
		}
		return fmt.Errorf("it is stored with the filter %s, which is not read%s; gzip, shuffle, fletcher32 and lzf are", f.name, way)
	}
	size := uint64(d.Type.Size)
	for _, n := range d.Shape {
		var over uint64
		if over, size = bits.Mul64(size, uint64(n)); over != 0 || size > maxRatio*uint64(d.file.size) {
			return fmt.Errorf("it claims the shape %d, which a file of %d bytes cannot hold", d.Shape, d.file.size)
		}
	}
	return d.layout.check(d, size)
}

// Err says why the dataset cannot be read, or nil.
func (d *Dataset) Err() error {
	if d.err == nil {
		return nil
	}
	return fmt.Errorf("%s cannot be read: %w", d.Name, d.err)
}

// Len is the number of values.
func (d *Dataset) Len() int {
	n := 1
	for _, l := range d.Shape {
		n *= l
	}
	return n
}

// String is the dataset as it is listed: name, shape and type.
func (d *Dataset) String() string {
	axes := make([]string, len(d.Shape))
	for i, n := range d.Shape {
		if axes[i] = fmt.Sprint(n); d.Dims[i] != "" {
			axes[i] = d.Dims[i] + " = " + axes[i]
		}
	}
	return fmt.Sprintf("%s(%s) %v", d.Name, strings.Join(axes, ", "), d.Type)
}

// product multiplies lengths; ok tells that it did not overflow.
func product(lengths []uint64) (n uint64, ok bool) {
	n = 1
	for _, l := range lengths {
		var over uint64
		if over, n = bits.Mul64(n, l); over != 0 {
			return 0, false
		}
	}
	return n, true
}
