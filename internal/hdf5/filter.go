package hdf5

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// filter is a step of packing.
type filter struct {
	name   string
	plugin bool // h5py needs a plugin for it
	values []uint64
	undo   func(b []byte, most int, values []uint64) ([]byte, error) // nil when it is not read
}

// undoing are the filters that can be undone; each returns at most `most` bytes.
var undoing = map[uint64]func(b []byte, most int, values []uint64) ([]byte, error){
	1: inflate, 2: unshuffle, 3: fletcher, 32000: unLZF,
}

// filterNames name the others.
var filterNames = map[uint64]string{1: "gzip", 2: "shuffle", 3: "fletcher32", 4: "szip", 5: "nbit", 6: "scaleoffset", 307: "bzip2",
	32000: "lzf", 32001: "blosc", 32004: "lz4", 32008: "bitshuffle", 32013: "zfp", 32015: "zstandard", 32026: "blosc2"}

// pipeline reads a filter message.
func (f *File) pipeline(data []byte) ([]filter, error) {
	if data == nil {
		return nil, nil
	}
	b := f.on(data)
	version, count := b.uint(1), b.int(1)
	if version == 1 {
		b.take(6)
	}
	var filters []filter
	for range count {
		id, name := b.uint(2), 0
		if version == 1 || id >= 256 {
			name = b.int(2)
		}
		b.take(2) // whether it is optional
		values := b.int(2)
		if version == 1 {
			name += -name & 7
		}
		b.take(name)
		step := filter{name: or(filterNames[id], fmt.Sprintf("number %d", id)), plugin: id >= 256, undo: undoing[id]}
		for range values {
			step.values = append(step.values, b.uint(4))
			if b.err != nil {
				return nil, b.err
			}
		}
		if version == 1 && values%2 == 1 {
			b.take(4)
		}
		filters = append(filters, step)
	}
	return filters, b.err
}

// unpack undoes the filters on a chunk of size bytes, except those of the mask.
func (d *Dataset) unpack(b []byte, mask uint64, size int) ([]byte, error) {
	packs := false
	for i, f := range d.filters {
		packs = packs || mask>>i&1 == 0 && (f.name == "gzip" || f.name == "lzf")
	}
	if packs && size/maxRatio > len(b) {
		return nil, fmt.Errorf("a chunk of %d bytes claims to hold %d", len(b), size)
	}
	for i := len(d.filters) - 1; i >= 0; i-- {
		if mask>>i&1 != 0 {
			continue
		}
		f, err := d.filters[i], error(nil)
		if b, err = f.undo(b, size+4*len(d.filters), f.values); err != nil {
			return nil, fmt.Errorf("a chunk cannot be unpacked (%s): %w", f.name, err)
		}
	}
	if len(b) != size {
		return nil, fmt.Errorf("a chunk has %d bytes, not %d; the file is damaged", len(b), size)
	}
	return b, nil
}

func inflate(b []byte, most int, _ []uint64) ([]byte, error) {
	in, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out bytes.Buffer
	out.Grow(min(most, maxRatio*len(b)) + bytes.MinRead)
	n, err := out.ReadFrom(io.LimitReader(in, int64(most)+1))
	if err == nil && n > int64(most) {
		err = errors.New("it holds more than a chunk")
	}
	return out.Bytes(), err
}

// unshuffle puts the bytes of each element together again: the first bytes of all come first, then the second ones.
func unshuffle(b []byte, _ int, values []uint64) ([]byte, error) {
	if len(values) == 0 || values[0] == 0 {
		return nil, errShort
	}
	size := int(values[0])
	n := len(b) / size
	out := make([]byte, len(b))
	for i := range n {
		for j := range size {
			out[i*size+j] = b[j*n+i]
		}
	}
	copy(out[n*size:], b[n*size:])
	return out, nil
}

// fletcher takes off the checksum of Fletcher's with 32 bits, over big-endian pairs of bytes.
func fletcher(b []byte, _ int, _ []uint64) ([]byte, error) {
	if len(b) < 4 {
		return nil, errShort
	}
	data, want := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	var one, two uint32
	for i := 0; i < len(data); i += 2 {
		word := uint32(data[i]) << 8
		if i+1 < len(data) {
			word |= uint32(data[i+1])
		}
		one = (one + word) % 65535
		two = (two + one) % 65535
	}
	// The library leaves 65535 where the remainder is 0, and once wrote the bytes of each half the other way round.
	got := two<<16 | one
	swapped := want>>8&0x00ff00ff | want&0x00ff00ff<<8
	if !sameSums(got, want) && !sameSums(got, swapped) {
		return nil, errors.New("its checksum is wrong; the file is damaged")
	}
	return data, nil
}

func sameSums(a, b uint32) bool {
	return a>>16%65535 == b>>16%65535 && a&0xffff%65535 == b&0xffff%65535
}

// unLZF undoes h5py's LZF: literal runs, and copies of what went before.
func unLZF(b []byte, most int, _ []uint64) ([]byte, error) {
	out := make([]byte, 0, min(most, maxRatio*len(b)))
	for len(b) > 0 {
		control := int(b[0])
		b = b[1:]
		if control < 32 {
			n := control + 1
			if n > len(b) || len(out)+n > most {
				return nil, errShort
			}
			out, b = append(out, b[:n]...), b[n:]
			continue
		}
		n := control >> 5
		if n == 7 && len(b) > 0 {
			n, b = n+int(b[0]), b[1:]
		}
		if len(b) == 0 {
			return nil, errShort
		}
		from := len(out) - (control&31<<8 | int(b[0])) - 1
		b = b[1:]
		if from < 0 || len(out)+n+2 > most {
			return nil, errShort
		}
		for i := range n + 2 {
			out = append(out, out[from+i])
		}
	}
	return out, nil
}
