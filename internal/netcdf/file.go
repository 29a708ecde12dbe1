package netcdf

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/bits"
	"strings"
)

// Variable is an array of a file.
type Variable struct {
	Name    string
	Dims    []string // names of the axes
	Shape   []int
	Type    Type
	Numbers map[string][]float64 // the attributes that are numbers
	Texts   map[string]string    // those that are text

	file   *File
	record bool   // the first axis is the record dimension
	begin  uint64 // offset of the first value
	row    uint64 // bytes of one record, or of the whole when there are none
}

// File is an open file.
type File struct {
	Variables []*Variable

	in     io.ReaderAt
	size   uint64
	stride uint64 // bytes from a record to the next
}

// Open reads the header of a file of size bytes.
func Open(r io.ReaderAt, size int64) (*File, error) {
	h := &header{in: bufio.NewReader(io.NewSectionReader(r, 0, size)), left: size}
	h.magic()
	records := h.length()
	dims := h.dimensions()
	h.attributes() // of the file as a whole
	f := &File{in: r, size: uint64(size)}
	for range h.list(tagVariables) {
		v := h.variable(dims)
		if h.err != nil {
			return nil, h.err
		}
		v.file = f
		f.Variables = append(f.Variables, v)
	}
	if h.err != nil {
		return nil, h.err
	}
	if err := f.measure(); err != nil {
		return nil, err
	}
	streaming := uint64(math.MaxUint32)
	if h.wide {
		streaming = math.MaxUint64
	}
	return f, f.count(records, records == streaming)
}

// measure finds the bytes of each variable and of a record.
func (f *File) measure() error {
	var records []*Variable
	for _, v := range f.Variables {
		shape := v.Shape
		if v.record {
			shape = shape[1:]
			records = append(records, v)
		}
		v.row = uint64(v.Type.Size())
		for _, n := range shape {
			over, row := bits.Mul64(v.row, uint64(n))
			if over != 0 || row > math.MaxInt64/4 {
				return fmt.Errorf("%s has the shape %v, more than a file can hold", v.Name, v.Shape)
			}
			v.row = row
		}
		if v.record && v.row > f.size {
			return fmt.Errorf("a record of %s has %d bytes, and the file only %d; it was cut short, or is damaged", v.Name, v.row, f.size)
		}
	}
	for _, v := range records {
		f.stride += (v.row + 3) &^ 3
	}
	if len(records) == 1 { // then records are not filled up to four bytes
		f.stride = records[0].row
	}
	return nil
}

// count gives the record variables their length: that of the header, or what the file has room for when it was
// written by a program that did not know it.
func (f *File) count(records uint64, unknown bool) error {
	for _, v := range f.Variables {
		if !v.record {
			continue
		}
		if unknown {
			records = 0
			if f.stride > 0 && v.begin < f.size {
				records = (f.size - v.begin + f.stride - v.row) / f.stride
			}
		}
		if f.stride > 0 && records > f.size/f.stride+1 || f.stride == 0 && records > 0 && v.row > 0 {
			return fmt.Errorf("%d records of %d bytes in a file of %d; it was cut short, or is damaged", records, f.stride, f.size)
		}
		v.Shape[0] = int(min(records, math.MaxInt32*64))
	}
	return nil
}

// Len is the number of values.
func (v *Variable) Len() int {
	n := 1
	for _, l := range v.Shape {
		n *= l
	}
	return n
}

// span is how many bytes are read at once, a multiple of every type's size.
const span = 1 << 16

// Err says why the variable cannot be read: it is text, or the file ends before its values do. Otherwise it is nil, and
// the values take no more bytes than the file has.
func (v *Variable) Err() error {
	if v.Type == Char {
		return fmt.Errorf("%s holds text, no numbers", v.Name)
	}
	rows, stride := v.rows()
	if v.row == 0 || rows == 0 {
		return nil
	}
	over, skip := bits.Mul64(rows-1, stride)
	if size := v.file.size; over != 0 || v.begin > size || skip > size-v.begin || v.row > size-v.begin-skip {
		return fmt.Errorf("%s goes beyond the end of the file, which has %d bytes; it was cut short, or is damaged", v.Name, size)
	}
	return nil
}

// rows is the number of pieces that lie together in the file, and the bytes from one to the next.
func (v *Variable) rows() (n, stride uint64) {
	if v.record {
		return uint64(v.Shape[0]), v.file.stride
	}
	return 1, 0
}

// Each calls yield with the values of the variable in order, some at a time: at is the place of the first of them by
// rows. The slice is used again. What Err says is an error here too.
func (v *Variable) Each(yield func(at int, values []float64)) error {
	rows, stride := v.rows()
	if err := v.Err(); err != nil || v.row == 0 || rows == 0 {
		return err
	}
	if stride > 0 && stride <= span/2 {
		return v.eachBatch(rows, stride, yield)
	}
	size := uint64(v.Type.Size())
	raw, values := make([]byte, min(v.row, span)), make([]float64, min(v.row, span)/size)
	at := 0
	for r := range rows {
		for done := uint64(0); done < v.row; {
			b := raw[:min(v.row-done, uint64(len(raw)))]
			if err := v.read(b, v.begin+r*stride+done, at); err != nil {
				return err
			}
			n := len(b) / int(size)
			v.Type.decode(values[:n], b)
			yield(at, values[:n])
			at, done = at+n, done+uint64(len(b))
		}
	}
	return nil
}

// eachBatch is Each for short records: it reads many at once, with what lies between them.
func (v *Variable) eachBatch(rows, stride uint64, yield func(at int, values []float64)) error {
	most, width := min(span/stride, rows), int(v.row)/v.Type.Size()
	raw, values := make([]byte, (most-1)*stride+v.row), make([]float64, int(most)*width)
	for r := uint64(0); r < rows; r += most {
		count, at := min(most, rows-r), int(r)*width
		b := raw[:(count-1)*stride+v.row]
		if err := v.read(b, v.begin+r*stride, at); err != nil {
			return err
		}
		for k := range int(count) {
			v.Type.decode(values[k*width:(k+1)*width], b[uint64(k)*stride:])
		}
		yield(at, values[:int(count)*width])
	}
	return nil
}

// read fills b from an offset of the file; at values went before.
func (v *Variable) read(b []byte, offset uint64, at int) error {
	if _, err := v.file.in.ReadAt(b, int64(offset)); err != nil {
		return fmt.Errorf("%s after %d of %d values: %w", v.Name, at, v.Len(), err)
	}
	return nil
}

// String is the variable as it is listed: name, axes and type.
func (v *Variable) String() string {
	axes := make([]string, len(v.Shape))
	for i, n := range v.Shape {
		axes[i] = fmt.Sprintf("%s = %d", v.Dims[i], n)
	}
	return fmt.Sprintf("%s(%s) %v", v.Name, strings.Join(axes, ", "), v.Type)
}
