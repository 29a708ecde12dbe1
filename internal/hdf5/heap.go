package hdf5

import (
	"errors"
	"math/bits"
)

// fractalHeap is a heap of small objects in blocks of growing size: rows of equally large ones, direct blocks of data
// first, then indirect ones that are heaps of rows again.
type fractalHeap struct {
	file             *File
	width            int    // blocks in a row
	start, maxDirect uint64 // bytes of the first block, and of the largest direct one
	offset, length   int    // bytes of an offset and of a length in an identifier
	root             uint64
	rows             int // of the root, 0 when it is a direct block
	read             map[uint64][]byte
}

func (f *File) fractalHeap(address uint64) (*fractalHeap, error) {
	b, err := f.block(address, uint64(22+12*f.length+3*f.offset))
	if err != nil {
		return nil, err
	}
	h := &fractalHeap{file: f, read: map[uint64][]byte{}}
	b.sign("FRHP", 0)
	b.take(2) // length of an identifier
	filtered := b.uint(2)
	b.take(1)
	maxManaged := b.uint(4)
	b.length() // next identifier of a huge object
	b.address()
	b.length()
	b.address()
	for range 8 { // statistics
		b.length()
	}
	h.width, h.start, h.maxDirect = b.int(2), b.length(), b.length()
	h.offset = (b.int(2) + 7) / 8
	b.take(2)
	h.root, h.rows = b.address(), b.int(2)
	if b.err != nil {
		return nil, b.err
	}
	if filtered != 0 {
		return nil, errors.New("a heap with filters, which is not read")
	}
	if h.width == 0 || bits.OnesCount64(h.start) != 1 || bits.OnesCount64(h.maxDirect) != 1 || h.start > h.maxDirect || h.offset > 8 {
		return nil, errShort
	}
	h.length = min(bytesFor(h.maxDirect), bytesFor(maxManaged))
	return h, nil
}

// bytesFor is how many bytes hold numbers up to n.
func bytesFor(n uint64) int { return max(0, bits.Len64(n)-1)/8 + 1 }

// rowSize is the number of bytes of each block in a row: start, start, 2·start, 4·start, ….
func (h *fractalHeap) rowSize(row int) uint64 {
	return h.start << min(max(0, row-1), 63)
}

// object returns the object with an identifier; nil for a huge one, which is stored elsewhere.
func (h *fractalHeap) object(id []byte) ([]byte, error) {
	b := h.file.on(id)
	kind := b.uint(1)
	switch kind >> 4 & 3 {
	case 2: // in the identifier itself
		return b.take(int(kind&15) + 1), b.err
	case 1:
		return nil, b.err
	}
	offset, n := b.uint(h.offset), b.uint(h.length)
	if b.err != nil {
		return nil, b.err
	}
	return h.managed(offset, n)
}

// managed finds the direct block around an offset.
func (h *fractalHeap) managed(offset, n uint64) ([]byte, error) {
	address, rows, size := h.root, h.rows, h.start
	if rows == 0 {
		size = h.maxDirect // a root that is direct has any size up to that
	}
	for rows > 0 {
		row, first := 0, uint64(0)
		for row < rows && offset-first >= uint64(h.width)*h.rowSize(row) {
			first += uint64(h.width) * h.rowSize(row)
			row++
		}
		if row == rows {
			return nil, errShort
		}
		size = h.rowSize(row)
		column := int((offset - first) / size)
		child, err := h.child(address, row*h.width+column)
		if err != nil {
			return nil, err
		}
		offset -= first + uint64(column)*size
		address = child
		if size <= h.maxDirect {
			break
		}
		rows = bits.Len64(size) - bits.Len64(h.start*uint64(h.width)) + 1
	}
	return h.direct(address, offset, n, size)
}

// child is the address of block number n of an indirect block.
func (h *fractalHeap) child(address uint64, n int) (uint64, error) {
	f := h.file
	head := uint64(5 + f.offset + h.offset)
	b, err := f.block(address, head)
	if err != nil {
		return 0, err
	}
	if b.sign("FHIB", 0); b.err != nil {
		return 0, b.err
	}
	if b, err = f.block(address+head+uint64(n*f.offset), uint64(f.offset)); err != nil {
		return 0, err
	}
	return b.address(), nil
}

// direct returns n bytes at an offset in a direct block, which counts from its head.
func (h *fractalHeap) direct(address, offset, n, size uint64) ([]byte, error) {
	if offset > size || n > size-offset {
		return nil, errShort
	}
	b, err := h.file.block(address, 5)
	if err != nil {
		return nil, err
	}
	if b.sign("FHDB", 0); b.err != nil {
		return nil, b.err
	}
	if b, err = h.file.block(address+offset, n); err != nil {
		return nil, err
	}
	return b.b, nil
}

// heapObjects calls yield with the objects of a heap that a B-tree of version 2 lists; their identifiers lie skip bytes into its
// records. Huge objects, which are stored elsewhere, are left out: no link or number is one.
func (f *File) heapObjects(heap, tree uint64, skip int, yield func(object []byte) error) error {
	h, err := f.fractalHeap(heap)
	if err != nil {
		return err
	}
	return f.records(tree, func(record []byte) error {
		if len(record) < skip+1 {
			return errShort
		}
		object, err := h.object(record[skip:])
		if err != nil || object == nil {
			return err
		}
		return yield(object)
	})
}

// global returns an object of a global heap, where data of variable length lie.
func (f *File) global(address, index uint64) ([]byte, error) {
	heap, ok := f.heaps[address]
	if !ok {
		b, err := f.block(address, uint64(8+f.length))
		if err != nil {
			return nil, err
		}
		if b.sign("GCOL", 1); b.err != nil {
			return nil, b.err
		}
		b.take(3)
		size := b.length()
		if b, err = f.block(address, size); err != nil {
			return nil, err
		}
		heap = b.b
		f.heaps[address] = heap
	}
	b := f.on(heap)
	b.take(8 + f.length)
	for len(b.b) > 0 && b.err == nil {
		at := b.uint(2)
		b.take(6)
		n := b.length()
		if n > uint64(len(b.b)) {
			return nil, errShort
		}
		object := b.take(int(n))
		if at == index && b.err == nil {
			return object, nil
		}
		if at == 0 {
			break
		}
		b.take(min(int(-n&7), len(b.b)))
	}
	return nil, errShort
}
