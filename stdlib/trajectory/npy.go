package trajectory

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Array is an array of numpy's: its values by rows (C order), and its shape.
type Array struct {
	Shape  []int
	Values []float64
}

// npyMagic begins a file of numpy's format for one array (NEP 1); version and the header's length follow.
const npyMagic = "\x93NUMPY"

var npyHeader = regexp.MustCompile(`'descr':\s*'([<>|=])([fiu])(\d)'.*'fortran_order':\s*(True|False).*'shape':\s*\(([\d,\s]*)\)`)

// ReadNPY reads one array of floating-point numbers or integers, of any byte order and of C or Fortran order.
func ReadNPY(r io.Reader) (*Array, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	header, err := readNPYHeader(in)
	if err != nil {
		return nil, fmt.Errorf("trajectory: NPY: %w", err)
	}
	m := npyHeader.FindStringSubmatch(header)
	if m == nil {
		return nil, fmt.Errorf("trajectory: NPY: the header %q is not that of a plain array of numbers; save it with "+
			"np.save(file, np.asarray(x, dtype=float))", strings.TrimSpace(header))
	}
	a := &Array{}
	count := 1
	for _, field := range strings.FieldsFunc(m[5], func(c rune) bool { return c == ',' || c == ' ' }) {
		n, err := strconv.Atoi(field)
		if err != nil || n > 0 && count > math.MaxInt32*64/n {
			return nil, fmt.Errorf("trajectory: NPY: shape (%s)", m[5])
		}
		a.Shape = append(a.Shape, n)
		count *= n
	}
	if err := a.read(in, m[1], m[2]+m[3], count); err != nil {
		return nil, fmt.Errorf("trajectory: NPY: %w", err)
	}
	if m[4] == "True" {
		a.toRows()
	}
	return a, nil
}

func readNPYHeader(in io.Reader) (string, error) {
	start := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(in, start); err != nil || string(start[:len(npyMagic)]) != npyMagic {
		return "", fmt.Errorf("it does not begin like a file of numpy's")
	}
	size := make([]byte, 4)
	if start[len(npyMagic)] == 1 {
		size = size[:2]
	}
	if _, err := io.ReadFull(in, size); err != nil {
		return "", err
	}
	n := int(binary.LittleEndian.Uint32(append(size, 0, 0)[:4]))
	if n > 1<<16 {
		return "", fmt.Errorf("a header of %d bytes", n)
	}
	header := make([]byte, n)
	_, err := io.ReadFull(in, header)
	return string(header), err
}

// numbers are the element types by their code in the header.
var numbers = map[string]func(b []byte, o binary.ByteOrder) float64{
	"f8": func(b []byte, o binary.ByteOrder) float64 { return math.Float64frombits(o.Uint64(b)) },
	"f4": func(b []byte, o binary.ByteOrder) float64 { return float64(math.Float32frombits(o.Uint32(b))) },
	"i8": func(b []byte, o binary.ByteOrder) float64 { return float64(int64(o.Uint64(b))) },
	"i4": func(b []byte, o binary.ByteOrder) float64 { return float64(int32(o.Uint32(b))) },
	"i2": func(b []byte, o binary.ByteOrder) float64 { return float64(int16(o.Uint16(b))) },
	"i1": func(b []byte, _ binary.ByteOrder) float64 { return float64(int8(b[0])) },
	"u8": func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint64(b)) },
	"u4": func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint32(b)) },
	"u2": func(b []byte, o binary.ByteOrder) float64 { return float64(o.Uint16(b)) },
	"u1": func(b []byte, _ binary.ByteOrder) float64 { return float64(b[0]) },
}

// read fills Values in chunks, so that a header that lies about the shape does not take the memory it claims.
func (a *Array) read(in io.Reader, order, kind string, count int) error {
	number, ok := numbers[kind]
	if !ok {
		return fmt.Errorf("elements of type %s; convert them with x.astype(float)", kind)
	}
	var o binary.ByteOrder = binary.LittleEndian
	if order == ">" {
		o = binary.BigEndian
	}
	size := int(kind[1] - '0')
	chunk := make([]byte, size<<13)
	for left := count; left > 0; {
		b := chunk[:size*min(left, 1<<13)]
		if _, err := io.ReadFull(in, b); err != nil {
			return fmt.Errorf("it ends after %d of %d values: %w", len(a.Values), count, err)
		}
		for ; len(b) > 0; b = b[size:] {
			a.Values = append(a.Values, number(b, o))
			left--
		}
	}
	return nil
}

// toRows turns values in Fortran order to C order.
func (a *Array) toRows() {
	values := make([]float64, len(a.Values))
	at := make([]int, len(a.Shape))
	for i := range values {
		j, stride := 0, 1
		for d, n := range a.Shape { // the first index runs fastest in Fortran order
			j += at[d] * stride
			stride *= n
		}
		values[i] = a.Values[j]
		for d := len(at) - 1; d >= 0; d-- { // the last runs fastest in C order
			if at[d]++; at[d] < a.Shape[d] {
				break
			}
			at[d] = 0
		}
	}
	a.Values = values
}

// WriteNPY writes values with this shape, by rows, as 64-bit floating-point numbers.
func WriteNPY(w io.Writer, shape []int, values []float64) error {
	dims, count := make([]string, len(shape)), 1
	for i, n := range shape {
		dims[i] = strconv.Itoa(n)
		count *= n
	}
	if count != len(values) {
		panic(fmt.Sprintf("trajectory: %d values for the shape %v", len(values), shape))
	}
	list := strings.Join(dims, ", ")
	if len(shape) == 1 {
		list += ","
	}
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }", list)
	const fixed = len(npyMagic) + 4
	pad := (64 - (fixed+len(header)+1)%64) % 64 // numpy aligns the data to 64 bytes
	header += strings.Repeat(" ", pad) + "\n"
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(npyMagic + "\x01\x00")
	binary.Write(out, binary.LittleEndian, uint16(len(header)))
	out.WriteString(header)
	var b [8]byte
	for _, v := range values {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
		out.Write(b[:])
	}
	return out.Flush() // also the first error of the writes before
}
