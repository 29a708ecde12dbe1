package hdf5

import (
	"errors"
	"fmt"
)

// Classes of layout.
const (
	compact = iota
	contiguous
	chunked
)

// Kinds of index of chunks; the first is that of layouts before version 4.
const (
	indexTree1 = iota
	indexSingle
	indexImplicit
	indexFixed
	indexExtensible
	indexTree2
)

// layout says where the values lie.
type layout struct {
	class   int
	values  []byte // of a compact one
	address uint64
	chunk   []uint64 // lengths of a chunk
	index   int      // kind of index

	wholeEdges bool   // chunks beyond the edge of the array are stored without filters
	packed     uint64 // bytes of a single chunk with filters
	mask       uint64 // which of them it left out
}

// layout reads a layout message.
func (f *File) layout(data []byte, element int) (layout, error) {
	b := f.on(data)
	switch version := b.uint(1); version {
	case 1, 2:
		return f.oldLayout(b)
	case 3, 4, 5:
		return f.newLayout(b, version, element)
	default:
		return layout{}, fmt.Errorf("a layout of version %d, which is newer than this reader", version)
	}
}

func (f *File) oldLayout(b *block) (layout, error) {
	rank := b.int(1)
	l := layout{class: b.int(1)}
	b.take(5)
	if l.class != compact {
		l.address = b.address()
	}
	for range rank {
		l.chunk = append(l.chunk, b.uint(4))
	}
	switch l.class {
	case compact:
		l.values = b.take(b.int(4))
	case chunked:
		return l, l.dropElement(b)
	}
	return l, b.err
}

func (f *File) newLayout(b *block, version uint64, element int) (layout, error) {
	l := layout{class: b.int(1)}
	switch l.class {
	case compact:
		l.values = b.take(b.int(2))
		return l, b.err
	case contiguous:
		l.address = b.address()
		return l, b.err
	case chunked:
	case 3:
		return l, errors.New("it is virtual, made of other datasets, which is not read")
	default:
		return l, fmt.Errorf("a layout of the class %d, which is not known", l.class)
	}
	if version == 3 {
		rank := b.int(1)
		l.address = b.address()
		for range rank {
			l.chunk = append(l.chunk, b.uint(4))
		}
		return l, l.dropElement(b)
	}
	flags, rank, width := b.uint(1), b.int(1), b.int(1)
	if width > 8 {
		return l, errShort
	}
	for range rank {
		l.chunk = append(l.chunk, b.uint(width))
	}
	l.wholeEdges = flags&1 != 0
	switch l.index = b.int(1); l.index {
	case indexSingle:
		if flags&2 != 0 {
			l.packed, l.mask = b.length(), b.uint(4)
		}
	case indexImplicit:
	case indexFixed:
		b.take(1)
	case indexExtensible:
		b.take(5)
	case indexTree2:
		b.take(6)
	default:
		return l, fmt.Errorf("chunks with an index of the kind %d, which is not known", l.index)
	}
	l.address = b.address()
	return l, l.dropElement(b)
}

// dropElement leaves out the last length of a chunk, which is the size of an element.
func (l *layout) dropElement(b *block) error {
	if len(l.chunk) == 0 {
		return errShort
	}
	l.chunk = l.chunk[:len(l.chunk)-1]
	return b.err
}

// check says why size bytes of values cannot be laid out so.
func (l *layout) check(d *Dataset, size uint64) error {
	switch {
	case l.class == compact && uint64(len(l.values)) < size:
		return errShort
	case l.class == contiguous && l.address != undefined && size > 0:
		return d.file.within(l.address, size)
	case l.class == chunked:
		if len(l.chunk) != len(d.shape) || len(l.chunk) == 0 {
			return fmt.Errorf("chunks of %d axes for an array of %d; the file is damaged", len(l.chunk), len(d.shape))
		}
		n, ok := product(l.chunk)
		if !ok || n == 0 || n > 1<<31/uint64(d.Type.Size) {
			return fmt.Errorf("chunks of %d values, which is more than the format allows", l.chunk)
		}
	}
	return nil
}
