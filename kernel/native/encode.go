package native

import (
	"encoding/binary"
	"math"
)

// Value types of WebAssembly.
const (
	i32 byte = 0x7f
	i64 byte = 0x7e
	f32 byte = 0x7d
	f64 byte = 0x7c
)

// asm is WebAssembly text in its binary form, with the nesting of blocks counted.
type asm struct {
	code     []byte
	depth    int
	oneSided []label // the open ifs without an else, so far
}

func (a *asm) op(b ...byte) { a.code = append(a.code, b...) }

func (a *asm) uleb(v uint64) { a.code = binary.AppendUvarint(a.code, v) }

func (a *asm) sleb(v int64) {
	for {
		b := byte(v & 0x7f)
		v >>= 7
		if v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			a.code = append(a.code, b)
			return
		}
		a.code = append(a.code, b|0x80)
	}
}

func (a *asm) i32Const(v int32) { a.op(0x41); a.sleb(int64(v)) }
func (a *asm) i64Const(v int64) { a.op(0x42); a.sleb(v) }
func (a *asm) f32Const(v float32) {
	a.op(0x43)
	a.code = binary.LittleEndian.AppendUint32(a.code, math.Float32bits(v))
}
func (a *asm) f64Const(v float64) {
	a.op(0x44)
	a.code = binary.LittleEndian.AppendUint64(a.code, math.Float64bits(v))
}

// zero pushes the zero of a value type. For integers it is a difference: wazero 1.12 gets 0 < (x & y) wrong
// when it sees that the left side is the constant 0 (tryLowerBandToFlag keeps the condition but not the order).
func (a *asm) zero(t byte) {
	switch t {
	case i32:
		a.i32Const(1)
		a.i32Const(1)
		a.op(0x6b)
	case i64:
		a.i64Const(1)
		a.i64Const(1)
		a.op(0x7d)
	case f32:
		a.f32Const(0)
	case f64:
		a.f64Const(0)
	}
}

func (a *asm) get(local uint32)    { a.op(0x20); a.uleb(uint64(local)) }
func (a *asm) set(local uint32)    { a.op(0x21); a.uleb(uint64(local)) }
func (a *asm) tee(local uint32)    { a.op(0x22); a.uleb(uint64(local)) }
func (a *asm) global(index uint32) { a.op(0x23); a.uleb(uint64(index)) }
func (a *asm) setGlobal(i uint32)  { a.op(0x24); a.uleb(uint64(i)) }
func (a *asm) call(index int)      { a.op(0x10); a.uleb(uint64(index)) }
func (a *asm) ret()                { a.op(0x0f) }
func (a *asm) unreachable()        { a.op(0x00) }

// A label names an open block by its depth.
type label int

func (a *asm) block() label { return a.open(0x02) }
func (a *asm) loop() label  { return a.open(0x03) }

// iff opens an if. Each gets an else, be it empty: behind one without, wazero forgets which addresses it has checked.
func (a *asm) iff() label {
	l := a.open(0x04)
	a.oneSided = append(a.oneSided, l)
	return l
}

func (a *asm) els() {
	a.op(0x05)
	a.isOneSided()
}

// isOneSided takes the innermost block off the list of ifs without an else, and reports whether it was there.
func (a *asm) isOneSided() bool {
	last := len(a.oneSided) - 1
	if last < 0 || a.oneSided[last] != label(a.depth) {
		return false
	}
	a.oneSided = a.oneSided[:last]
	return true
}

func (a *asm) open(op byte) label {
	a.op(op, 0x40)
	a.depth++
	return label(a.depth)
}

func (a *asm) end() {
	if a.isOneSided() {
		a.op(0x05)
	}
	a.op(0x0b)
	a.depth--
}

func (a *asm) br(l label) { a.op(0x0c); a.uleb(uint64(a.depth - int(l))) }

// memory emits a load or store of natural alignment at a constant offset from the address on the stack.
func (a *asm) memory(op byte, size, offset int64) {
	align := byte(0)
	for s := size; s > 1; s >>= 1 {
		align++
	}
	a.op(op, align)
	a.uleb(uint64(offset))
}

// section appends one section of a module.
func section(module []byte, id byte, content []byte) []byte {
	module = append(module, id)
	module = binary.AppendUvarint(module, uint64(len(content)))
	return append(module, content...)
}

// A signature is the type of a WebAssembly function.
type signature struct{ params, results string }

func sign(params, results []byte) signature { return signature{string(params), string(results)} }

func (s signature) append(b []byte) []byte {
	b = append(b, 0x60)
	b = binary.AppendUvarint(b, uint64(len(s.params)))
	b = append(b, s.params...)
	b = binary.AppendUvarint(b, uint64(len(s.results)))
	return append(b, s.results...)
}

// An imported function is named by its module and its name there.
type imported struct {
	module, name string
	sig          signature
}

func appendName(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// runs groups equal neighbours, as the declaration of locals wants them.
func appendLocals(b []byte, locals []byte) []byte {
	type run struct {
		n int
		t byte
	}
	var runs []run
	for _, t := range locals {
		if k := len(runs); k > 0 && runs[k-1].t == t {
			runs[k-1].n++
			continue
		}
		runs = append(runs, run{1, t})
	}
	b = binary.AppendUvarint(b, uint64(len(runs)))
	for _, r := range runs {
		b = binary.AppendUvarint(b, uint64(r.n))
		b = append(b, r.t)
	}
	return b
}
