package hdf5

import "encoding/binary"

// chunk is where a piece of an array lies.
type chunk struct {
	at      []uint64 // place of its first value, by axes
	address uint64
	size    uint64 // bytes in the file
	mask    uint64 // filters that were left out
}

// grid counts the chunks of an array in the order of their numbers in an index.
type grid struct {
	counts []uint64 // chunks along each axis
	order  []int    // axes from the slowest to the fastest
}

// grid of an array as it is, or of all that it may grow to, as indexes by number need. An axis without limit is the slowest.
func (d *Dataset) grid() grid {
	g := grid{make([]uint64, len(d.shape)), nil}
	for i, n := range d.limit {
		if n == 0 {
			n = d.shape[i]
			g.order = append(g.order, i)
		}
		g.counts[i] = n / d.layout.chunk[i]
		if n%d.layout.chunk[i] != 0 {
			g.counts[i]++
		}
	}
	for i, n := range d.limit {
		if n != 0 {
			g.order = append(g.order, i)
		}
	}
	return g
}

// place is where chunk number n begins; ok tells that it is within the array.
func (d *Dataset) place(g grid, n uint64) (at []uint64, ok bool) {
	at = make([]uint64, len(g.counts))
	for k := len(g.order) - 1; k >= 0; k-- {
		i := g.order[k]
		if g.counts[i] == 0 {
			return nil, false
		}
		step := n % g.counts[i]
		if k == 0 {
			step = n
		}
		n /= g.counts[i]
		at[i] = step * d.layout.chunk[i]
		if at[i] >= d.shape[i] || step > d.shape[i] {
			return nil, false
		}
	}
	return at, true
}

// bytesOfChunk is the size of a chunk that is not packed.
func (d *Dataset) bytesOfChunk() uint64 {
	n, _ := product(d.layout.chunk)
	return n * uint64(d.Type.Size)
}

// chunks calls yield with the chunks that were written.
func (d *Dataset) chunks(yield func(c chunk) error) error {
	l := &d.layout
	if l.address == undefined || d.Len() == 0 {
		return nil
	}
	switch l.index {
	case indexTree1:
		return d.treeChunks(yield)
	case indexTree2:
		return d.recordChunks(yield)
	case indexSingle:
		size := d.bytesOfChunk()
		if len(d.filters) > 0 {
			size = l.packed
		}
		return yield(chunk{make([]uint64, len(d.shape)), l.address, size, l.mask})
	case indexImplicit:
		return d.implicitChunks(yield)
	case indexFixed:
		return d.fixedChunks(yield)
	}
	return d.extensibleChunks(yield)
}

func (d *Dataset) treeChunks(yield func(c chunk) error) error {
	return d.file.tree(d.layout.address, 1, 8+8*(len(d.shape)+1), func(key []byte, child uint64) error {
		c := chunk{address: child, size: uint64(binary.LittleEndian.Uint32(key)), mask: uint64(binary.LittleEndian.Uint32(key[4:]))}
		for i := range d.shape {
			c.at = append(c.at, binary.LittleEndian.Uint64(key[8+8*i:]))
		}
		return d.yieldWithin(c, yield)
	})
}

func (d *Dataset) recordChunks(yield func(c chunk) error) error {
	return d.file.records(d.layout.address, func(record []byte) error {
		b := d.file.on(record)
		c := chunk{address: b.address(), size: d.bytesOfChunk()}
		if len(d.filters) > 0 {
			c.size, c.mask = b.uint(min(8, max(0, len(record)-d.file.offset-4-8*len(d.shape)))), b.uint(4)
		}
		for _, n := range d.layout.chunk {
			step := b.uint(8)
			if step > 1<<40 {
				return errShort
			}
			c.at = append(c.at, step*n)
		}
		if b.err != nil {
			return b.err
		}
		return d.yieldWithin(c, yield)
	})
}

// yieldWithin leaves out chunks beyond the array, which one that was cut back may keep.
func (d *Dataset) yieldWithin(c chunk, yield func(c chunk) error) error {
	for i, at := range c.at {
		if at%d.layout.chunk[i] != 0 {
			return errShort
		}
		if at >= d.shape[i] {
			return nil
		}
	}
	return yield(c)
}

// numbered calls yield with chunk number n.
func (d *Dataset) numbered(g grid, n, address, size, mask uint64, yield func(c chunk) error) error {
	at, ok := d.place(g, n)
	if !ok || address == undefined {
		return nil
	}
	return yield(chunk{at, address, size, mask})
}

func (d *Dataset) implicitChunks(yield func(c chunk) error) error {
	g, size := d.grid(), d.bytesOfChunk()
	for n, address := uint64(0), d.layout.address; address < uint64(d.file.size); n, address = n+1, address+size {
		if err := d.numbered(g, n, address, size, 0, yield); err != nil {
			return err
		}
	}
	return nil
}

// elements takes chunks from the elements of an array index, from number first on: addresses, and for packed chunks their size and
// the filters that were left out.
func (d *Dataset) elements(g grid, b *block, count uint64, width int, first uint64, yield func(c chunk) error) error {
	size := d.bytesOfChunk()
	for n := first; n < first+count && b.err == nil; n++ {
		e := d.file.on(b.take(width))
		address, packed, mask := e.address(), size, uint64(0)
		if len(d.filters) > 0 {
			packed, mask = e.uint(min(8, max(0, width-d.file.offset-4))), e.uint(4)
		}
		if b.err != nil || e.err != nil {
			return errShort
		}
		if err := d.numbered(g, n, address, packed, mask, yield); err != nil {
			return err
		}
	}
	return b.err
}
