package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columns is a kernel that walks down the rows of some matrices of equal shape, over no more columns than a register
// has lanes. vectors hold a number for each column; sums do too, and are added to.
type columns struct {
	name, doc             string
	arrays, vectors, sums []string
	body                  func(v vector, at []Mem, vec, sum []reg.VecVirtual, mask reg.Register)
}

func (c columns) generate(v vector) {
	signature := ""
	for _, names := range [][]string{c.arrays, c.vectors, c.sums} {
		for _, name := range names {
			signature += name + ", "
		}
	}
	TEXT(c.name+v.suffix(), NOSPLIT, "func("+signature[:len(signature)-2]+" *float32, stride, rows, n int)")
	Doc(c.name + v.suffix() + " " + c.doc)
	Pragma("noescape")
	n := param("n")
	CMPQ(n, U8(v.lanes()))
	JL(LabelRef("narrow"))
	c.walk(v, "whole", nil)
	VZEROUPPER()
	RET()
	Label("narrow")
	c.walk(v, "masked", v.lower(n))
	VZEROUPPER()
	RET()
}

// walk loads the vectors and the sums, goes down the rows, and stores the sums.
func (c columns) walk(v vector, loop string, mask reg.Register) {
	load := func(names []string) []reg.VecVirtual {
		var registers []reg.VecVirtual
		for _, name := range names {
			r := v.register()
			v.load(Mem{Base: param(name)}, mask, r)
			registers = append(registers, r)
		}
		return registers
	}
	vec, sum := load(c.vectors), load(c.sums)
	var at []Mem
	for _, name := range c.arrays {
		at = append(at, Mem{Base: param(name)})
	}
	stride, rows := param("stride"), param("rows")
	Label(loop)
	c.body(v, at, vec, sum, mask)
	for _, m := range at {
		ADDQ(stride, m.Base)
	}
	DECQ(rows)
	JNZ(LabelRef(loop))
	for i, name := range c.sums {
		v.store(sum[i], mask, Mem{Base: param(name)})
	}
}

var columnKernels = []columns{
	{"moments", "adds up x − c and its square.", []string{"x"}, []string{"c"}, []string{"sum", "sqr"},
		func(v vector, at []Mem, vec, sum []reg.VecVirtual, mask reg.Register) {
			x := v.register()
			v.load(at[0], mask, x)
			VSUBPS(vec[0], x, x)
			VADDPS(x, sum[0], sum[0])
			VFMADD231PS(x, x, sum[1])
		}},
	{"affineSwish", "computes dst = swish(a·x + b).", []string{"dst", "x"}, []string{"a", "b"}, nil,
		func(v vector, at []Mem, vec, _ []reg.VecVirtual, mask reg.Register) {
			x, d := v.register(), v.zero()
			v.load(at[1], mask, x)
			VFMADD213PS(vec[1], vec[0], x)
			VSUBPS(x, d, d)
			newExponential(v).of(d)
			VADDPS(constant(1), d, d)
			VDIVPS(d, x, x)
			v.store(x, mask, at[0])
		}},
	{"affineSwishBack", "computes dpre = dy·swish′(a·x + b), and adds up dpre and dpre·(x − c).",
		[]string{"dpre", "dy", "x"}, []string{"a", "b", "c"}, []string{"sum", "dot"},
		func(v vector, at []Mem, vec, sum []reg.VecVirtual, mask reg.Register) {
			x, z, s, q := v.register(), v.register(), v.zero(), v.register()
			v.load(at[2], mask, x)
			VMOVAPS(x, z)
			VFMADD213PS(vec[1], vec[0], z)
			VSUBPS(z, s, s)
			newExponential(v).of(s)
			VMOVUPS(constant(1), q)
			VADDPS(q, s, s)
			VDIVPS(s, q, s)
			VMOVAPS(z, q)
			VFNMADD231PS(s, z, q)
			VFMADD213PS(s, s, q)
			v.load(at[1], mask, z)
			VMULPS(q, z, z)
			v.store(z, mask, at[0])
			VADDPS(z, sum[0], sum[0])
			VSUBPS(vec[2], x, x)
			VFMADD231PS(x, z, sum[1])
		}},
	{"blend", "computes dst = p·u + q·v + r.", []string{"dst", "u", "v"}, []string{"p", "q", "r"}, nil,
		func(v vector, at []Mem, vec, _ []reg.VecVirtual, mask reg.Register) {
			x, y := v.register(), v.register()
			v.load(at[2], mask, x)
			VFMADD213PS(vec[2], vec[1], x)
			v.load(at[1], mask, y)
			VFMADD231PS(y, vec[0], x)
			v.store(x, mask, at[0])
		}},
}
