package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Type is what the elements of a dataset are.
type Type struct {
	Size     int  // bytes of an element
	Float    bool // floating-point, else an integer
	Unsigned bool
	big      bool   // big-endian
	text     bool   // characters
	variable *Type  // the elements of each sequence, of data of variable length
	other    string // why elements are no numbers, or ""
}

// String is the type's name as numpy has it, or what else it is.
func (t Type) String() string {
	switch {
	case t.other != "":
		return t.other
	case t.Float:
		return fmt.Sprintf("float%d", 8*t.Size)
	case t.Unsigned:
		return fmt.Sprintf("uint%d", 8*t.Size)
	}
	return fmt.Sprintf("int%d", 8*t.Size)
}

// classes are the names of the classes of data that are no numbers.
var classes = map[uint64]string{2: "times", 3: "text", 4: "bit fields", 5: "opaque data", 6: "compound data",
	7: "references", 8: "an enumeration", 9: "data of variable length", 10: "arrays", 11: "complex numbers"}

// datatype reads a datatype message.
func (f *File) datatype(data []byte) (Type, error) {
	b := f.on(data)
	class, flags, size := b.uint(1)&15, b.uint(3), b.int(4)
	if b.err != nil {
		return Type{}, b.err
	}
	t := Type{Size: size, big: flags&1 != 0}
	switch class {
	case 0:
		t.Unsigned = flags&8 == 0
		if offset, bits := b.int(2), b.int(2); offset != 0 || bits != 8*size || !oneOf(size, 1, 2, 4, 8) {
			t.other = fmt.Sprintf("integers of %d bits in %d bytes", bits, size)
		}
	case 1:
		t.Float = true
		layout := [7]int{b.int(2), b.int(2), b.int(1), b.int(1), b.int(1), b.int(1), b.int(4)}
		if layout != ieee[size] || flags&0x40 != 0 {
			t.other = fmt.Sprintf("floating-point numbers of %d bytes that are not IEEE's", size)
		}
	case 9:
		inner, err := f.datatype(b.b)
		if err != nil {
			return Type{}, err
		}
		t.variable, t.text, t.other = &inner, flags&15 == 1, classes[class]
		if t.text {
			t.other = "text of variable length"
		}
		return t, nil
	default:
		t.text = class == 3
		if t.other = classes[class]; t.other == "" {
			t.other = fmt.Sprintf("data of the class %d", class)
		}
		return t, nil
	}
	if t.Size < 1 && b.err == nil {
		return Type{}, errShort
	}
	return t, b.err
}

// ieee is, for each size, bit offset and precision, place and size of exponent and mantissa, and bias.
var ieee = map[int][7]int{
	2: {0, 16, 10, 5, 0, 10, 15},
	4: {0, 32, 23, 8, 0, 23, 127},
	8: {0, 64, 52, 11, 0, 52, 1023},
}

func oneOf(n int, list ...int) bool {
	for _, m := range list {
		if n == m {
			return true
		}
	}
	return false
}

// decode turns bytes to len(dst) numbers.
func (t Type) decode(dst []float64, b []byte) {
	var e binary.ByteOrder = binary.LittleEndian
	if t.big {
		e = binary.BigEndian
	}
	for i := range dst {
		v := b[i*t.Size : (i+1)*t.Size]
		switch t.Size {
		case 1:
			dst[i] = t.number(uint64(v[0]))
		case 2:
			dst[i] = t.number(uint64(e.Uint16(v)))
		case 4:
			dst[i] = t.number(uint64(e.Uint32(v)))
		case 8:
			dst[i] = t.number(e.Uint64(v))
		}
	}
}

// number is the value of an element's bits.
func (t Type) number(u uint64) float64 {
	shift := 64 - 8*t.Size
	switch {
	case t.Float && t.Size == 2:
		return half(uint16(u))
	case t.Float && t.Size == 4:
		return float64(math.Float32frombits(uint32(u)))
	case t.Float:
		return math.Float64frombits(u)
	case t.Unsigned:
		return float64(u)
	}
	return float64(int64(u<<shift) >> shift)
}

// half is the value of a 16-bit floating-point number.
func half(u uint16) float64 {
	exponent, mantissa := int(u>>10&31), float64(u&1023)
	v := math.Ldexp(1024+mantissa, exponent-25)
	switch {
	case exponent == 0:
		v = math.Ldexp(mantissa, -24)
	case exponent == 31 && mantissa == 0:
		v = math.Inf(1)
	case exponent == 31:
		return math.NaN()
	}
	if u>>15 == 1 {
		return -v
	}
	return v
}

// dataspace reads a dataspace message: the shape, and the lengths that it may grow to (0 for no limit).
func (f *File) dataspace(data []byte) (shape, limit []uint64, err error) {
	b := f.on(data)
	version, rank, flags := b.uint(1), b.int(1), b.uint(1)
	switch version {
	case 1:
		b.take(5)
	case 2:
		if b.uint(1) == 2 {
			shape = []uint64{0} // holds nothing at all
		}
	default:
		return nil, nil, fmt.Errorf("a shape of version %d, which is newer than this reader", version)
	}
	for range rank {
		shape = append(shape, b.length())
	}
	limit = append(limit, shape...)
	for i := range rank {
		if flags&1 == 0 {
			break
		}
		if limit[i] = b.length(); limit[i] == math.MaxUint64>>(64-8*f.length) {
			limit[i] = 0
		}
	}
	return shape, limit, b.err
}
