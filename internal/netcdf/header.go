package netcdf

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// Tags of the header's lists.
const (
	tagDimensions = 10
	tagVariables  = 11
	tagAttributes = 12
)

// header reads the fields of a header one after another; after the first fault it yields zeros and keeps err.
type header struct {
	in   *bufio.Reader
	left int64 // bytes of the file not yet taken
	wide bool  // lengths are of 64 bits, as in CDF-5
	far  bool  // offsets are of 64 bits
	err  error
}

func (h *header) fail(format string, args ...any) {
	if h.err == nil {
		h.err = fmt.Errorf(format, args...)
	}
}

// take returns the next n bytes, which must be in the file.
func (h *header) take(n uint64) []byte {
	if h.err != nil {
		return nil
	}
	if n > uint64(h.left) {
		h.fail("the header goes beyond the end of the file; it was cut short, or is damaged")
		return nil
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(h.in, b); err != nil {
		h.err = err
		return nil
	}
	h.left -= int64(n)
	return b
}

func (h *header) uint32() uint32 {
	if b := h.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (h *header) uint64() uint64 {
	if b := h.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// length is a count, of four or eight bytes.
func (h *header) length() uint64 {
	if h.wide {
		return h.uint64()
	}
	return uint64(h.uint32())
}

// padded takes n bytes and what fills them up to a multiple of four.
func (h *header) padded(n uint64) []byte {
	if n > math.MaxInt64-3 {
		n = math.MaxInt64 - 3
	}
	b := h.take((n + 3) &^ 3)
	if b == nil {
		return nil
	}
	return b[:n]
}

func (h *header) name() string { return string(h.padded(h.length())) }

// list is the number of elements of a list with this tag; an absent list has zeros for both.
func (h *header) list(tag uint32) uint64 {
	got, n := h.uint32(), h.length()
	if got != tag && (got != 0 || n != 0) {
		h.fail("damaged header: a list has the tag %d, not %d", got, tag)
	}
	return n
}

func (h *header) attributes() (numbers map[string][]float64, texts map[string]string) {
	numbers, texts = map[string][]float64{}, map[string]string{}
	for range h.list(tagAttributes) {
		name, kind, n := h.name(), Type(h.uint32()), h.length()
		size := uint64(kind.Size())
		over, total := bits.Mul64(n, size)
		if size == 0 || over != 0 {
			h.fail("attribute %q has the type %d and %d elements", name, kind, n)
		}
		raw := h.padded(total)
		if h.err != nil {
			return numbers, texts
		}
		if kind == Char {
			texts[name] = string(raw)
			continue
		}
		values := make([]float64, n)
		kind.decode(values, raw)
		numbers[name] = values
	}
	return numbers, texts
}

// dimension is a name and a length; the record dimension has the length 0 in the file.
type dimension struct {
	name   string
	length uint64
}

func (h *header) dimensions() []dimension {
	var dims []dimension
	for range h.list(tagDimensions) {
		d := dimension{h.name(), h.length()}
		if h.err != nil {
			return nil
		}
		if d.length > math.MaxInt32*64 {
			h.fail("dimension %s has the length %d", d.name, d.length)
		}
		dims = append(dims, d)
	}
	return dims
}

// variable reads a variable's place in the header; its shape is still that of the header.
func (h *header) variable(dims []dimension) *Variable {
	v := &Variable{Name: h.name()}
	for range h.length() {
		id := h.length()
		if h.err != nil {
			return nil
		}
		if id >= uint64(len(dims)) {
			h.fail("%s has the dimension number %d of %d", v.Name, id, len(dims))
			return nil
		}
		d := dims[id]
		if d.length == 0 && len(v.Dims) == 0 {
			v.record = true
		}
		v.Dims, v.Shape = append(v.Dims, d.name), append(v.Shape, int(d.length))
	}
	v.Numbers, v.Texts = h.attributes()
	v.Type = Type(h.uint32())
	if h.err == nil && v.Type.Size() == 0 {
		h.fail("%s has the type %d, which the format does not know", v.Name, v.Type)
	}
	h.length() // the size, which follows from the shape and may be wrong for large variables
	if h.far {
		v.begin = h.uint64()
	} else {
		v.begin = uint64(h.uint32())
	}
	return v
}

var errMagic = errors.New("it does not begin like a NetCDF classic file")

func (h *header) magic() {
	b := h.take(4)
	switch {
	case h.err != nil:
		h.err = errMagic
	case string(b) == "CDF\x01":
	case string(b) == "CDF\x02":
		h.far = true
	case string(b) == "CDF\x05":
		h.far, h.wide = true, true
	default:
		h.err = errMagic
	}
}
