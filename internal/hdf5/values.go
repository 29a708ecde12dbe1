package hdf5

import (
	"errors"
	"fmt"
)

// batch is how many values of a contiguous dataset are read at once.
const batch = 1 << 13

// Each calls yield with values of the dataset, some at a time: at is the place of the first of them by rows. The slice is
// used again. Values that were never written are not yielded. Chunks come in the order of their index, one in memory at
// a time.
func (d *Dataset) Each(yield func(at int, values []float64)) error {
	d.file.refill()
	err := d.err
	if err == nil {
		switch d.layout.class {
		case compact:
			values := make([]float64, d.Len())
			d.Type.decode(values, d.layout.values)
			yield(0, values)
		case contiguous:
			err = d.contiguous(yield)
		case chunked:
			err = d.eachChunk(yield)
		}
	}
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", d.Name, err)
	}
	return nil
}

func (d *Dataset) contiguous(yield func(at int, values []float64)) error {
	if d.layout.address == undefined {
		return nil
	}
	n := d.Len()
	raw, values := make([]byte, min(n, batch)*d.Type.Size), make([]float64, min(n, batch))
	for at := 0; at < n; at += batch {
		part := values[:min(batch, n-at)]
		b := raw[:len(part)*d.Type.Size]
		if _, err := d.file.in.ReadAt(b, d.file.base+int64(d.layout.address)+int64(at*d.Type.Size)); err != nil {
			return fmt.Errorf("after %d of %d values: %w", at, n, err)
		}
		d.Type.decode(part, b)
		yield(at, part)
	}
	return nil
}

func (d *Dataset) eachChunk(yield func(at int, values []float64)) error {
	var raw []byte
	var values []float64
	left := uint64(d.file.size) // chunks do not overlap, so together they fit into the file
	return d.chunks(func(c chunk) error {
		if c.size > left {
			return errors.New("its chunks take more bytes than the file has; it is damaged")
		}
		left -= c.size
		if err := d.file.within(c.address, c.size); err != nil {
			return err
		}
		size := d.bytesOfChunk()
		if uint64(cap(raw)) < c.size {
			raw = make([]byte, c.size)
		}
		b := raw[:c.size]
		if _, err := d.file.in.ReadAt(b, d.file.base+int64(c.address)); err != nil {
			return err
		}
		mask := c.mask
		if d.layout.wholeEdges && d.edge(c) {
			mask = ^uint64(0)
		}
		b, err := d.unpack(b, mask, int(size))
		if err != nil {
			return err
		}
		if values == nil {
			values = make([]float64, len(b)/d.Type.Size)
		}
		d.Type.decode(values, b)
		d.spread(c, values, yield)
		return nil
	})
}

// edge tells a chunk that goes beyond the array.
func (d *Dataset) edge(c chunk) bool {
	for i, at := range c.at {
		if d.shape[i]-at < d.layout.chunk[i] {
			return true
		}
	}
	return false
}

// spread yields the stretches of a chunk along the last axis that lie within the array.
func (d *Dataset) spread(c chunk, values []float64, yield func(at int, values []float64)) {
	last := len(d.shape) - 1
	count := min(d.layout.chunk[last], d.shape[last]-c.at[last])
	within := make([]uint64, last+1)
	for {
		at, from := uint64(0), uint64(0)
		for i, k := range within {
			at = at*d.shape[i] + c.at[i] + k
			from = from*d.layout.chunk[i] + k
		}
		yield(int(at), values[from:from+count])
		i := last - 1
		for ; i >= 0; i-- {
			if within[i]++; within[i] < min(d.layout.chunk[i], d.shape[i]-c.at[i]) {
				break
			}
			within[i] = 0
		}
		if i < 0 {
			return
		}
	}
}
