package netcdf

import (
	"encoding/binary"
	"math"
	"strconv"
)

// Type is the type of a variable or an attribute.
type Type uint32

// The types, by their numbers in a file.
const (
	Int8 Type = iota + 1
	Char
	Int16
	Int32
	Float32
	Float64
	Uint8
	Uint16
	Uint32
	Int64
	Uint64
)

// kinds are name, size in bytes, and the value that the library fills variables with before they are written. Bytes
// have none, for every value of a byte may be data.
var kinds = map[Type]struct {
	name string
	size int
	fill float64
}{
	Int8: {"int8", 1, math.NaN()}, Char: {"text", 1, math.NaN()}, Uint8: {"uint8", 1, math.NaN()},
	Int16: {"int16", 2, -32767}, Uint16: {"uint16", 2, 65535},
	Int32: {"int32", 4, -2147483647}, Uint32: {"uint32", 4, 4294967295},
	Int64: {"int64", 8, -9223372036854775806}, Uint64: {"uint64", 8, 18446744073709551614},
	Float32: {"float32", 4, float64(float32(9.9692099683868690e+36))}, Float64: {"float64", 8, 9.9692099683868690e+36},
}

// Size is the number of bytes of a value, 0 for a type that is not known.
func (t Type) Size() int { return kinds[t].size }

// Fill is what stands in the place of values that were never written; NaN when nothing does.
func (t Type) Fill() float64 { return kinds[t].fill }

// String is the type's name as numpy has it.
func (t Type) String() string {
	if k, ok := kinds[t]; ok {
		return k.name
	}
	return "type " + strconv.Itoa(int(t))
}

// decode turns big-endian bytes to len(dst) numbers.
func (t Type) decode(dst []float64, b []byte) {
	e := binary.BigEndian
	for i := range dst {
		switch t {
		case Int8:
			dst[i] = float64(int8(b[i]))
		case Char, Uint8:
			dst[i] = float64(b[i])
		case Int16:
			dst[i] = float64(int16(e.Uint16(b[2*i:])))
		case Uint16:
			dst[i] = float64(e.Uint16(b[2*i:]))
		case Int32:
			dst[i] = float64(int32(e.Uint32(b[4*i:])))
		case Uint32:
			dst[i] = float64(e.Uint32(b[4*i:]))
		case Float32:
			dst[i] = float64(math.Float32frombits(e.Uint32(b[4*i:])))
		case Float64:
			dst[i] = math.Float64frombits(e.Uint64(b[8*i:]))
		case Int64:
			dst[i] = float64(int64(e.Uint64(b[8*i:])))
		case Uint64:
			dst[i] = float64(e.Uint64(b[8*i:]))
		}
	}
}
