package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tile is a kernel for a panel of C some registers wide, walked down in blocks of rows. A block's outputs stay in
// registers through the inner loop.
type tile struct {
	vector
	wide   int   // registers in a row of the block
	rows   []int // heights of the blocks, decreasing to 1
	masked bool  // the panel may be narrower than its registers
}

// Heights are what the register file holds beside a row of B and one broadcast element of A.
var tiles = []tile{
	{ymm, 2, []int{6, 4, 2, 1}, false},
	{ymm, 1, []int{9, 4, 2, 1}, true},
	{zmm, 4, []int{6, 4, 2, 1}, true},
	{zmm, 2, []int{12, 8, 4, 2, 1}, true},
	{zmm, 1, []int{12, 8, 4, 2, 1}, true},
}

// panel is the state of a kernel as it walks down.
type panel struct {
	tile
	c, init, a, m reg.GPVirtual
	ra, ca, ldb   reg.GPVirtual
	masks         []reg.Register
}

func (t tile) generate() {
	name := fmt.Sprintf("gemm%dx%d", t.wide, t.lanes())
	TEXT(name, NOSPLIT, "func(p *"+argument+")")
	Doc(fmt.Sprintf("%s computes a panel of n ≤ %d columns.", name, t.wide*t.lanes()))
	Pragma("noescape")
	p := panel{tile: t, masks: make([]reg.Register, t.wide)}
	if t.masked {
		p.mask(field("n"))
	}
	p.c, p.init, p.a, p.m = field("c"), field("init"), field("a"), field("m")
	p.ra, p.ca, p.ldb = field("ra"), field("ca"), field("ldb")
	for _, r := range t.rows {
		p.walk(r)
	}
	VZEROUPPER()
	RET()
}

// argument is the kernels' parameter: panel in package simd.
const argument = "struct{c, init, a, b *float32; ldc, ldi, ra, ca, ldb, m, n, k int}"

// field loads a field of the argument.
func field(name string) reg.GPVirtual {
	return Load(Dereference(Param("p")).Field(name), GP64()).(reg.GPVirtual)
}

// mask sets the masks of the panel's registers for n columns.
func (p *panel) mask(n reg.GPVirtual) {
	if p.vector == ymm {
		p.masks[0] = p.lower(n)
		return
	}
	bits := GP64()
	MOVQ(I64(-1), bits)
	BZHIQ(n, bits, bits)
	for j := range p.masks {
		k := K()
		KMOVW(bits.As32(), k)
		SHRQ(U8(16), bits)
		p.masks[j] = k
	}
}

// walk does blocks of the given height while that many rows are left.
func (p *panel) walk(rows int) {
	next := fmt.Sprintf("rows%dend", rows)
	loop := fmt.Sprintf("rows%d", rows)
	Label(loop)
	CMPQ(p.m, U8(rows))
	JL(LabelRef(next))
	acc := p.start(rows)
	p.accumulate(rows, acc)
	p.finish(rows, acc)
	SUBQ(U8(rows), p.m)
	JMP(LabelRef(loop))
	Label(next)
}

// start gives the block its initial values: zero, or rows of init.
func (p *panel) start(rows int) [][]reg.VecVirtual {
	acc := make([][]reg.VecVirtual, rows)
	for i := range acc {
		acc[i] = make([]reg.VecVirtual, p.wide)
		for j := range acc[i] {
			acc[i][j] = p.zero()
		}
	}
	skip := fmt.Sprintf("rows%dzero", rows)
	TESTQ(p.init, p.init)
	JZ(LabelRef(skip))
	ldi := field("ldi")
	for i := range acc {
		for j, r := range acc[i] {
			p.load(Mem{Base: p.init, Disp: j * int(p.vector)}, p.masks[j], r)
		}
		ADDQ(ldi, p.init)
	}
	Label(skip)
	return acc
}

// accumulate is the inner loop: acc += A·B over k.
func (p *panel) accumulate(rows int, acc [][]reg.VecVirtual) {
	a := p.rowPointers(rows)
	b, k := field("b"), field("k")
	loop := fmt.Sprintf("rows%dinner", rows)
	Label(loop)
	row := make([]reg.VecVirtual, p.wide)
	for j := range row {
		row[j] = p.register()
		p.load(Mem{Base: b, Disp: j * int(p.vector)}, p.masks[j], row[j])
	}
	for i := range acc {
		x := p.register()
		VBROADCASTSS(a[i], x)
		for j, r := range row {
			VFMADD231PS(r, x, acc[i][j])
		}
	}
	for i := 0; i < rows; i += 3 {
		ADDQ(p.ca, a[i].Base)
	}
	ADDQ(p.ldb, b)
	DECQ(k)
	JNZ(LabelRef(loop))
}

// rowPointers gives the address of A's element in each row of the block, one pointer to three rows, and moves a to the
// next block.
func (p *panel) rowPointers(rows int) []Mem {
	at := make([]Mem, rows)
	for i := range at {
		switch i % 3 {
		case 0:
			base := GP64()
			MOVQ(p.a, base)
			at[i] = Mem{Base: base}
			LEAQ(Mem{Base: p.a, Index: p.ra, Scale: uint8(min(2, rows-i))}, p.a)
			if rows-i > 2 {
				ADDQ(p.ra, p.a)
			}
		default:
			at[i] = Mem{Base: at[i-i%3].Base, Index: p.ra, Scale: uint8(i % 3)}
		}
	}
	return at
}

// finish writes the block and moves c to the next.
func (p *panel) finish(rows int, acc [][]reg.VecVirtual) {
	ldc := field("ldc")
	for i := range acc {
		for j, r := range acc[i] {
			p.store(r, p.masks[j], Mem{Base: p.c, Disp: j * int(p.vector)})
		}
		ADDQ(ldc, p.c)
	}
}
