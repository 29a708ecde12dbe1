package hdf5

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Signature begins the superblock of every HDF5 file.
const Signature = "\x89HDF\r\n\x1a\n"

// File is an open file.
type File struct {
	Datasets []*Dataset

	in             io.ReaderAt
	base, size     int64 // where addresses count from, and the bytes from there on
	offset, length int   // bytes of an address and of a length
	budget         int64 // bytes of structures that may still be read
	heaps          map[uint64][]byte
	places         map[uint64]*Dataset // by the addresses of their headers
}

// Superblock is where the superblock begins: at 0, or after a block of the user's of 512·2ⁿ bytes, as MATLAB leaves. It is −1
// when there is none.
func Superblock(r io.ReaderAt, size int64) int64 {
	start := make([]byte, len(Signature))
	for at := int64(0); at+int64(len(start)) <= size; at = max(512, 2*at) {
		if _, err := r.ReadAt(start, at); err != nil {
			return -1
		}
		if bytes.Equal(start, []byte(Signature)) {
			return at
		}
	}
	return -1
}

// Open reads what a file of size bytes holds. A dataset that cannot be read is listed nevertheless.
func Open(r io.ReaderAt, size int64) (*File, error) {
	at := Superblock(r, size)
	if at < 0 {
		return nil, errors.New("it does not begin like an HDF5 file")
	}
	f := &File{in: r, base: at, size: size - at, offset: 8, length: 8,
		heaps: map[uint64][]byte{}, places: map[uint64]*Dataset{}}
	f.refill()
	root, err := f.superblock()
	if err != nil {
		return nil, fmt.Errorf("superblock: %w", err)
	}
	if err := f.walk("", root, map[uint64]bool{}, 0); err != nil {
		return nil, err
	}
	for _, d := range f.Datasets {
		d.nameAxes()
	}
	return f, nil
}

// superblock returns the address of the root group's header.
func (f *File) superblock() (uint64, error) {
	b, err := f.block(0, min(uint64(f.size), 128))
	if err != nil {
		return 0, err
	}
	b.take(len(Signature))
	version := b.uint(1)
	switch {
	case version <= 1:
		b.take(4)
		f.offset, f.length = b.int(1), b.int(1)
		b.take(1 + 2 + 2 + 4)
		if version == 1 {
			b.take(4)
		}
	case version <= 3:
		f.offset, f.length = b.int(1), b.int(1)
		b.take(1)
	default:
		return 0, fmt.Errorf("version %d, which is newer than this reader", version)
	}
	for _, n := range []int{f.offset, f.length} {
		if n != 2 && n != 4 && n != 8 {
			return 0, fmt.Errorf("addresses of %d bytes and lengths of %d; the file is damaged", f.offset, f.length)
		}
	}
	b.offset, b.size = f.offset, f.length
	base := b.address()
	b.address() // of the free space, or of the superblock's extension
	b.address() // the end of the file
	if version <= 1 {
		b.address() // of the driver's block
		b.address() // of the root group's name
	}
	root := b.address()
	if b.err == nil && base != uint64(f.base) { // a file put behind a block that was not there when it was written
		if base > uint64(f.base) {
			return 0, fmt.Errorf("its addresses count from %d, but it begins at %d; the file is damaged", base, f.base)
		}
		f.size += f.base - int64(base)
		f.base = int64(base)
	}
	return root, b.err
}

// maxDepth is how deep groups may lie in one another.
const maxDepth = 64

// walk lists the datasets in the object at an address.
func (f *File) walk(name string, address uint64, seen map[uint64]bool, depth int) error {
	if d := f.places[address]; d != nil {
		again := *d
		again.Name = name
		f.Datasets = append(f.Datasets, &again)
		return nil
	}
	if seen[address] || depth > maxDepth {
		return nil
	}
	seen[address] = true
	messages, err := f.messages(address)
	if err != nil {
		return fmt.Errorf("%s: %w", or(name, "/"), err)
	}
	if find(messages, messageLayout) != nil {
		d := f.dataset(name, messages)
		f.places[address] = d
		f.Datasets = append(f.Datasets, d)
		return nil
	}
	links, err := f.links(messages)
	if err != nil {
		return fmt.Errorf("%s: %w", or(name, "/"), err)
	}
	for _, l := range links {
		if strings.HasPrefix(l.name, "#") && depth == 0 { // #refs# and #subsystem#, MATLAB's own
			continue
		}
		if err := f.walk(strings.TrimPrefix(name+"/"+l.name, "/"), l.address, seen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func or(name, other string) string {
	if name == "" {
		return other
	}
	return name
}
