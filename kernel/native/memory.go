package native

import (
	"go/types"
)

// load pushes the leaves of a value at the address in local addr, plus off.
func (f *fn) load(addr uint32, off int64, sh *shape) {
	for _, l := range sh.leaves {
		if l.role == pointer {
			f.loadPointer(addr, off+l.off)
			continue
		}
		f.get(addr)
		f.loadLeaf(l, off)
	}
}

// loadLeaf replaces the address on the stack by the leaf there.
func (f *fn) loadLeaf(l leaf, off int64) {
	off += l.off
	switch {
	case l.val == f64:
		f.memory(0x2b, 8, off)
	case l.val == f32:
		f.memory(0x2a, 4, off)
	case l.val == i64:
		f.memory(0x29, 8, off)
	case l.size == 4:
		f.memory(0x28, 4, off)
	case l.size == 2 && l.kind == types.Int16:
		f.memory(0x2e, 2, off)
	case l.size == 2:
		f.memory(0x2f, 2, off)
	case l.kind == types.Int8:
		f.memory(0x2c, 1, off)
	default:
		f.memory(0x2d, 1, off)
	}
}

// loadPointer pushes the address of a slice in Go's memory as an address of linear memory: nil as 0. What lies
// outside the window traps, unless there is nothing there: Go keeps empty slices anywhere.
func (f *fn) loadPointer(addr uint32, off int64) {
	p := f.local(i64)
	f.get(addr)
	f.memory(0x29, 8, off)
	f.i64Const(int64(windowBase))
	f.op(0x7d) // i64.sub
	f.tee(p)
	f.i64Const(windowSize)
	f.op(0x5a) // i64.ge_u
	f.iff()
	f.get(addr)
	f.memory(0x29, 8, off+16)
	f.op(0x50, 0x45) // the capacity is not 0
	f.iff()
	f.trap(f.u.site(faultFar, f.pos), nil, nil)
	f.end()
	f.i64Const(emptyAddress)
	f.zero(i64)
	f.get(addr)
	f.memory(0x29, 8, off)
	f.zero(i64)
	f.op(0x52, 0x1b) // i64.ne, select
	f.set(p)
	f.end()
	f.get(p)
	f.op(0xa7) // i32.wrap_i64
}

// store writes locals to the address in local addr, plus off.
func (f *fn) store(addr uint32, off int64, sh *shape, from []uint32) {
	for i, l := range sh.leaves {
		f.get(addr)
		f.get(from[i])
		f.storeLeaf(l, off)
	}
}

// storeLeaf writes the value on the stack to the address below it.
func (f *fn) storeLeaf(l leaf, off int64) {
	off += l.off
	f.disturb()
	switch {
	case l.role == pointer:
		refuseAt(f.pos, "a slice is stored into memory")
	case l.val == f64:
		f.memory(0x39, 8, off)
	case l.val == f32:
		f.memory(0x38, 4, off)
	case l.val == i64:
		f.memory(0x37, 8, off)
	case l.size == 4:
		f.memory(0x36, 4, off)
	case l.size == 2:
		f.memory(0x3b, 2, off)
	default:
		f.memory(0x3a, 1, off)
	}
}

// copyMemory copies size bytes from the address in local src, plus so, to that in dst, plus do.
func (f *fn) copyMemory(dst uint32, do int64, src uint32, so, size int64) {
	f.disturb()
	if size > 128 {
		f.address(dst, do)
		f.address(src, so)
		f.i32Const(int32(size))
		f.op(0xfc, 0x0a, 0, 0)
		return
	}
	// Everything is read before anything is written, so that overlap does no harm.
	for _, c := range chunks(size) {
		f.get(src)
		f.memory(c.load, c.size, so+c.off)
		f.set(f.scratch(c.off, c.val))
	}
	for _, c := range chunks(size) {
		f.get(dst)
		f.get(f.scratch(c.off, c.val))
		f.memory(c.store, c.size, do+c.off)
	}
}

// clearMemory zeroes size bytes at the address in local dst, plus off.
func (f *fn) clearMemory(dst uint32, off, size int64) {
	f.disturb()
	if size > 128 {
		f.address(dst, off)
		f.i32Const(0)
		f.i32Const(int32(size))
		f.op(0xfc, 0x0b, 0)
		return
	}
	for _, c := range chunks(size) {
		f.get(dst)
		f.zero(c.val)
		f.memory(c.store, c.size, off+c.off)
	}
}

// address pushes the address in a local plus a constant.
func (f *fn) address(base uint32, off int64) {
	f.get(base)
	if off != 0 {
		f.i32Const(int32(off))
		f.op(0x6a)
	}
}

type chunk struct {
	off, size   int64
	val         byte
	load, store byte
}

// chunks splits size bytes into moves of 8, 4, 2 and 1 bytes.
func chunks(size int64) []chunk {
	var cs []chunk
	off := int64(0)
	for ; off+8 <= size; off += 8 {
		cs = append(cs, chunk{off, 8, i64, 0x29, 0x37})
	}
	for _, c := range []chunk{{0, 4, i32, 0x28, 0x36}, {0, 2, i32, 0x2f, 0x3b}, {0, 1, i32, 0x2d, 0x3a}} {
		if off+c.size <= size {
			c.off = off
			cs = append(cs, c)
			off += c.size
		}
	}
	return cs
}
