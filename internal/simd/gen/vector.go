package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// vector is a register width in bytes; instructions are emitted alike for both.
type vector int

const (
	ymm vector = 32
	zmm vector = 64
)

func (v vector) suffix() string { return map[vector]string{ymm: "AVX2", zmm: "AVX512"}[v] }

func (v vector) lanes() int { return int(v) / 4 }

func (v vector) register() reg.VecVirtual {
	if v == zmm {
		return ZMM()
	}
	return YMM()
}

// load reads a register; a nil mask means all lanes, and lanes off the mask become 0.
func (v vector) load(src Mem, mask, dst reg.Register) {
	switch {
	case mask == nil:
		VMOVUPS(src, dst)
	case v == zmm:
		VMOVUPS_Z(src, mask, dst)
	default:
		VMASKMOVPS(src, mask, dst)
	}
}

// store writes a register, or its lanes on the mask.
func (v vector) store(src, mask reg.Register, dst Mem) {
	switch {
	case mask == nil:
		VMOVUPS(src, dst)
	case v == zmm:
		VMOVUPS(src, mask, dst)
	default:
		VMASKMOVPS(src, mask, dst)
	}
}

// zero clears a register: VXORPS is the form whose inputs avo knows to cancel.
func (v vector) zero() reg.VecVirtual {
	r := v.register()
	VXORPS(r, r, r)
	return r
}

// lower is the mask of the first n lanes, for 0 < n < lanes.
func (v vector) lower(n reg.GPVirtual) reg.Register {
	if v == zmm {
		bits := GP64()
		MOVQ(U64(math.MaxUint64), bits)
		BZHIQ(n, bits, bits)
		k := K()
		KMOVW(bits.As32(), k)
		return k
	}
	count, mask := XMM(), YMM()
	MOVQ(n, count)
	VPBROADCASTD(count, mask)
	VPCMPGTD(lanes(), mask, mask)
	return mask
}

// constant is x in every 32-bit lane of a table in memory.
func constant(x float32) Mem { return table(math.Float32bits(x)) }

func table(bits uint32) Mem {
	return named(fmt.Sprintf("every%08x", bits), func(i int) { DATA(4*i, U32(bits)) }, zmm.lanes())
}

// table64 is the same for 64-bit lanes.
func table64(bits uint64) Mem {
	return named(fmt.Sprintf("every%016x", bits), func(i int) { DATA(8*i, U64(bits)) }, zmm.lanes()/2)
}

// lanes is the table 0, 1, … 7 in 32-bit lanes, lanes64 in 64-bit lanes.
func lanes() Mem   { return named("lanes", func(i int) { DATA(4*i, U32(uint32(i))) }, 8) }
func lanes64() Mem { return named("lanes64", func(i int) { DATA(8*i, U64(uint64(i))) }, 8) }

var tables = map[string]Mem{}

// named emits a table of n entries on its first use.
func named(name string, entry func(i int), n int) Mem {
	m, ok := tables[name]
	if !ok {
		m = GLOBL(name, attr.NOPTR|attr.RODATA)
		for i := range n {
			entry(i)
		}
		tables[name] = m
	}
	return m
}

// held is a constant kept in a register.
func (v vector) held(x float32) reg.VecVirtual {
	r := v.register()
	VMOVUPS(constant(x), r)
	return r
}
