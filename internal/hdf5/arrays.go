package hdf5

import "math/bits"

// fixedChunks goes through a fixed array: one block of elements, in pages when it is large.
func (d *Dataset) fixedChunks(yield func(c chunk) error) error {
	f := d.file
	b, err := f.block(d.layout.address, uint64(8+f.length+f.offset))
	if err != nil {
		return err
	}
	b.sign("FAHD", 0)
	b.take(1)
	width, page, count, start := b.int(1), b.uint(1), b.length(), b.address()
	if b.err != nil || start == undefined {
		return b.err
	}
	if width == 0 || page > 32 || count > uint64(f.size) {
		return errShort
	}
	g, head := d.grid(), uint64(6+f.offset)
	if b, err = f.block(start, head); err != nil {
		return err
	}
	if b.sign("FADB", 0); b.err != nil {
		return b.err
	}
	if count <= 1<<page {
		if b, err = f.block(start+head, count*uint64(width)); err != nil {
			return err
		}
		return d.elements(g, b, count, width, 0, yield)
	}
	pages := (count + 1<<page - 1) >> page
	written, err := f.block(start+head, (pages+7)/8)
	if err != nil {
		return err
	}
	p := paged{start + head + (pages+7)/8 + 4, 1 << page, width, written.b, 0}
	return d.pages(g, p, 0, count, yield)
}

// paged is a block of elements in pages, each with a checksum behind it.
type paged struct {
	start   uint64 // address of the first page
	size    uint64 // elements of a page
	width   int    // bytes of an element
	written []byte // one bit for each page
	bit     uint64 // that of the first page
}

// pages goes through count elements, the first of which has the number given.
func (d *Dataset) pages(g grid, p paged, first, count uint64, yield func(c chunk) error) error {
	for n, at := uint64(0), p.start; n*p.size < count; n++ {
		elements := min(p.size, count-n*p.size)
		bit := p.bit + n
		if bit/8 >= uint64(len(p.written)) {
			return errShort
		}
		if p.written[bit/8]&(0x80>>(bit%8)) != 0 {
			b, err := d.file.block(at, elements*uint64(p.width))
			if err != nil {
				return err
			}
			if err := d.elements(g, b, elements, p.width, first+n*p.size, yield); err != nil {
				return err
			}
		}
		at += p.size*uint64(p.width) + 4
	}
	return nil
}

// extensible is an array that grows at its end: some elements in the index block, then data blocks that grow in
// size, the first of them listed in the index block, the others in super blocks.
type extensible struct {
	width, maxBits   int
	inIndex, minData uint64
	minPointers      uint64
	page             uint64 // elements of a page
	offset           int    // bytes of an offset in the array
}

func (d *Dataset) extensibleChunks(yield func(c chunk) error) error {
	f := d.file
	b, err := f.block(d.layout.address, uint64(12+6*f.length+f.offset))
	if err != nil {
		return err
	}
	b.sign("EAHD", 0)
	b.take(1)
	e := extensible{width: b.int(1), maxBits: b.int(1), inIndex: b.uint(1), minData: b.uint(1), minPointers: b.uint(1)}
	pageBits := b.uint(1)
	for range 6 { // statistics
		b.length()
	}
	index := b.address()
	if b.err != nil || index == undefined {
		return b.err
	}
	if e.width == 0 || e.maxBits > 64 || bits.OnesCount64(e.minData) != 1 || bits.OnesCount64(e.minPointers) != 1 || pageBits > 32 {
		return errShort
	}
	e.page, e.offset = 1<<pageBits, (e.maxBits+7)/8
	return d.indexBlock(e, index, yield)
}

func (d *Dataset) indexBlock(e extensible, address uint64, yield func(c chunk) error) error {
	f, g := d.file, d.grid()
	supers := 1 + e.maxBits - bits.TrailingZeros64(e.minData)
	direct := min(2*bits.TrailingZeros64(e.minPointers), supers) // super blocks whose data blocks the index lists
	pointers := int(2*(e.minPointers-1)) + max(0, supers-direct)
	b, err := f.block(address, uint64(6+f.offset)+e.inIndex*uint64(e.width)+uint64(pointers*f.offset))
	if err != nil {
		return err
	}
	b.sign("EAIB", 0)
	b.take(1)
	b.address()
	if err := d.elements(g, b, e.inIndex, e.width, 0, yield); err != nil {
		return err
	}
	first := e.inIndex
	for s := range supers {
		blocks, size := uint64(1)<<(s/2), e.minData<<((s+1)/2)
		if _, ok := d.place(g, first); !ok {
			return nil
		}
		if s >= direct {
			if err := d.superBlock(e, g, b.address(), blocks, size, first, yield); err != nil {
				return err
			}
			first += blocks * size
			continue
		}
		for range blocks {
			if err := d.dataBlock(e, g, b.address(), size, first, paged{}, yield); err != nil {
				return err
			}
			first += size
		}
	}
	return b.err
}

// superBlock goes through a list of data blocks of one size.
func (d *Dataset) superBlock(e extensible, g grid, address, blocks, size, first uint64, yield func(c chunk) error) error {
	if address == undefined {
		return nil
	}
	f, pages := d.file, uint64(0)
	if size > e.page {
		pages = (size + e.page - 1) / e.page
	}
	bitmap := (pages + 7) / 8 // the space for each block's bits, which lie closer together
	b, err := f.block(address, uint64(6+f.offset+e.offset))
	if err != nil {
		return err
	}
	if b.sign("EASB", 0); b.err != nil {
		return b.err
	}
	n, each := uint64(6+f.offset+e.offset), bitmap+uint64(f.offset)
	if blocks > uint64(f.size) || each > uint64(f.size) {
		return errShort
	}
	if b, err = f.block(address+n, blocks*each); err != nil {
		return err
	}
	written := b.take(int(blocks * bitmap))
	for i := range blocks {
		if _, ok := d.place(g, first); !ok {
			return nil
		}
		p := paged{size: e.page, width: e.width, written: written, bit: i * pages}
		if err := d.dataBlock(e, g, b.address(), size, first, p, yield); err != nil {
			return err
		}
		first += size
	}
	return b.err
}

// dataBlock goes through the elements of a block, in pages when p has a bitmap of those that are written.
func (d *Dataset) dataBlock(e extensible, g grid, address, size, first uint64, p paged, yield func(c chunk) error) error {
	if address == undefined {
		return nil
	}
	f, head := d.file, uint64(6+d.file.offset+e.offset)
	b, err := f.block(address, head)
	if err != nil {
		return err
	}
	if b.sign("EADB", 0); b.err != nil {
		return b.err
	}
	if len(p.written) > 0 {
		p.start = address + head + 4
		return d.pages(g, p, first, size, yield)
	}
	if size > uint64(f.size) {
		return errShort
	}
	if b, err = f.block(address+head, size*uint64(e.width)); err != nil {
		return err
	}
	return d.elements(g, b, size, e.width, first, yield)
}
