package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// transpose emits the transposition of a strip of 8 rows, in blocks of 8×8.
func transpose() {
	TEXT("transpose8", NOSPLIT, "func(dst, src *float32, ldd, lds, blocks int)")
	Doc("transpose8 transposes 8 rows of 8·blocks columns; strides are in bytes.")
	Pragma("noescape")
	dst, src, ldd, lds, n := param("dst"), param("src"), param("ldd"), param("lds"), param("blocks")
	Label("block")
	x := readRows(rowsAt(src, lds))
	writeRows(across(pairs(x)), rowsAt(dst, ldd))
	ADDQ(U8(ymm), src)
	LEAQ(Mem{Base: dst, Index: ldd, Scale: 8}, dst)
	DECQ(n)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

func param(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// rowsAt gives the addresses of 8 rows ld bytes apart.
func rowsAt(p, ld reg.GPVirtual) [8]Mem {
	p4, ld3 := GP64(), GP64()
	LEAQ(Mem{Base: p, Index: ld, Scale: 4}, p4)
	LEAQ(Mem{Base: ld, Index: ld, Scale: 2}, ld3)
	var at [8]Mem
	for i, base := range []reg.GPVirtual{p, p4} {
		at[4*i] = Mem{Base: base}
		at[4*i+1] = Mem{Base: base, Index: ld, Scale: 1}
		at[4*i+2] = Mem{Base: base, Index: ld, Scale: 2}
		at[4*i+3] = Mem{Base: base, Index: ld3, Scale: 1}
	}
	return at
}

func readRows(at [8]Mem) [8]reg.VecVirtual {
	var x [8]reg.VecVirtual
	for i := range x {
		x[i] = YMM()
		VMOVUPS(at[i], x[i])
	}
	return x
}

// pairs interleaves neighbouring rows: 2×2 blocks are transposed.
func pairs(x [8]reg.VecVirtual) (t [8]reg.VecVirtual) {
	for i := 0; i < 8; i += 2 {
		t[i], t[i+1] = YMM(), YMM()
		VUNPCKLPS(x[i+1], x[i], t[i])
		VUNPCKHPS(x[i+1], x[i], t[i+1])
	}
	return t
}

// across joins the 2×2 blocks to columns of 4, and these to columns of 8.
func across(t [8]reg.VecVirtual) (y [8]reg.VecVirtual) {
	var s [8]reg.VecVirtual
	for i := 0; i < 8; i += 4 {
		for j := range 2 {
			s[i+2*j], s[i+2*j+1] = YMM(), YMM()
			VSHUFPS(U8(0x44), t[i+j+2], t[i+j], s[i+2*j])
			VSHUFPS(U8(0xee), t[i+j+2], t[i+j], s[i+2*j+1])
		}
	}
	for i := range 4 {
		y[i], y[i+4] = YMM(), YMM()
		VPERM2F128(U8(0x20), s[i+4], s[i], y[i])
		VPERM2F128(U8(0x31), s[i+4], s[i], y[i+4])
	}
	return y
}

func writeRows(x [8]reg.VecVirtual, at [8]Mem) {
	for i := range x {
		VMOVUPS(x[i], at[i])
	}
}
