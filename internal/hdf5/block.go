package hdf5

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// undefined is an address that leads nowhere.
const undefined = math.MaxUint64

var errShort = errors.New("a structure is longer than the space it has; the file is damaged")

// block is a piece of a file, whose fields are taken one after another. After the first that goes beyond its end it
// yields zeros, and err is set.
type block struct {
	b            []byte
	offset, size int // bytes of an address and of a length
	err          error
}

func (b *block) take(n int) []byte {
	if b.err == nil && (n < 0 || n > len(b.b)) {
		b.err = errShort
	}
	if b.err != nil {
		return nil
	}
	taken := b.b[:n]
	b.b = b.b[n:]
	return taken
}

// uint takes an integer of up to eight bytes, little-endian as all of the format's own.
func (b *block) uint(bytes int) uint64 {
	var word [8]byte
	copy(word[:], b.take(bytes))
	return binary.LittleEndian.Uint64(word[:])
}

func (b *block) int(bytes int) int { return int(b.uint(bytes) & math.MaxInt64) }

func (b *block) length() uint64 { return b.uint(b.size) }

func (b *block) address() uint64 {
	a := b.uint(b.offset)
	if b.offset < 8 && a == 1<<(8*b.offset)-1 {
		return undefined
	}
	return a
}

// sign takes a signature and the version behind it, which must be one of the lowest n+1.
func (b *block) sign(name string, n uint64) uint64 {
	if got := b.take(len(name)); b.err == nil && string(got) != name {
		b.err = fmt.Errorf("%q stands where %s should; the file is damaged", got, name)
	}
	version := b.uint(1)
	if b.err == nil && version > n {
		b.err = fmt.Errorf("%s of version %d, which is newer than this reader", name, version)
	}
	return version
}

// block reads n bytes at an address. What all blocks of a file take together is bounded, so that structures which lead in
// circles come to an end.
func (f *File) block(address, n uint64) (*block, error) {
	if err := f.within(address, n); err != nil {
		return nil, err
	}
	if f.budget -= int64(n) + 16; f.budget < 0 {
		return nil, errors.New("the structures of the file are larger than the file; it is damaged")
	}
	b := make([]byte, n)
	if _, err := f.in.ReadAt(b, f.base+int64(address)); err != nil {
		return nil, err
	}
	return &block{b: b, offset: f.offset, size: f.length}, nil
}

// refill allows as many bytes of structures as any sound file has, with room to spare.
func (f *File) refill() { f.budget = 1<<20 + 16*f.size }

func (f *File) within(address, n uint64) error {
	if size := uint64(f.size); address > size || n > size-address {
		return fmt.Errorf("%d bytes at %d go beyond the end of the file, at %d; it was cut short, or is damaged", n, address, size)
	}
	return nil
}

// on is a block over bytes that were read already.
func (f *File) on(b []byte) *block { return &block{b: b, offset: f.offset, size: f.length} }
