package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// butterfly does the four points at x, with the three factors at w; without w they are 1.
type butterfly func(v vector, x [4]Mem, w *Mem)

// transform emits a pass of radix 4. The first butterfly of each group needs no factors.
func transform(v vector, name string, b butterfly) {
	TEXT(name+v.suffix(), NOSPLIT, "func(c *float64, groups, quarter int, twiddles *float64)")
	Doc(name + v.suffix() + " does a pass of radix 4 on groups of 4·quarter points.")
	Pragma("noescape")
	c, groups, quarter, twiddles := param("c"), param("groups"), param("quarter"), param("twiddles")
	stride, stride3, w, left := GP64(), GP64(), GP64(), GP64()
	MOVQ(quarter, stride)
	SHLQ(U8(7), stride)
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, stride3)
	x := [4]Mem{
		{Base: c}, {Base: c, Index: stride, Scale: 1}, {Base: c, Index: stride, Scale: 2}, {Base: c, Index: stride3, Scale: 1},
	}
	Label("group")
	b(v, x, nil)
	ADDQ(U32(point), c)
	LEAQ(Mem{Base: twiddles, Disp: 48}, w)
	MOVQ(quarter, left)
	DECQ(left)
	JZ(LabelRef("next"))
	Label("rest")
	b(v, x, &Mem{Base: w})
	ADDQ(U32(point), c)
	ADDQ(U8(48), w)
	DECQ(left)
	JNZ(LabelRef("rest"))
	Label("next")
	ADDQ(stride3, c)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// forwardButterfly: sums, then factors.
func forwardButterfly(v vector, x [4]Mem, w *Mem) {
	v.parts(func(o int) {
		x0, x2 := v.loadValue(x[0].Offset(o)), v.loadValue(x[2].Offset(o))
		a, b := v.addValue(x0, x2), v.subValue(x0, x2)
		x1, x3 := v.loadValue(x[1].Offset(o)), v.loadValue(x[3].Offset(o))
		d, e := v.addValue(x1, x3), v.subValue(x1, x3)
		v.addValue(a, d).store(x[0].Offset(o))
		y := [4]value{
			1: {v.add(b.re, e.im), v.sub(b.im, e.re)},
			2: v.subValue(a, d),
			3: {v.sub(b.re, e.im), v.add(b.im, e.re)},
		}
		for r := 1; r < 4; r++ {
			if w != nil {
				y[r] = v.rotate(y[r], w.Offset(16*(r-1)))
			}
			y[r].store(x[r].Offset(o))
		}
	})
}

// inverseButterfly: conjugate factors, then sums. x·w̄ with its parts exchanged is w times x with its parts exchanged.
func inverseButterfly(v vector, x [4]Mem, w *Mem) {
	v.parts(func(o int) {
		at := func(r int) value {
			y := v.loadValue(x[r].Offset(o))
			if w == nil {
				return y
			}
			y = v.rotate(value{y.im, y.re}, w.Offset(16*(r-1)))
			return value{y.im, y.re}
		}
		x0, x2 := v.loadValue(x[0].Offset(o)), at(2)
		a, b := v.addValue(x0, x2), v.subValue(x0, x2)
		x1, x3 := at(1), at(3)
		d, e := v.addValue(x1, x3), v.subValue(x1, x3)
		v.addValue(a, d).store(x[0].Offset(o))
		v.subValue(a, d).store(x[2].Offset(o))
		value{v.sub(b.re, e.im), v.add(b.im, e.re)}.store(x[1].Offset(o))
		value{v.add(b.re, e.im), v.sub(b.im, e.re)}.store(x[3].Offset(o))
	})
}

// halve emits a pass of radix 2 on blocks of two points.
func halve(v vector) {
	TEXT("halve"+v.suffix(), NOSPLIT, "func(c *float64, blocks int)")
	Doc("halve" + v.suffix() + " replaces each two points by their sum and difference.")
	Pragma("noescape")
	c, blocks := param("c"), param("blocks")
	Label("block")
	v.parts(func(o int) {
		x, y := v.loadValue(Mem{Base: c, Disp: o}), v.loadValue(Mem{Base: c, Disp: o + point})
		v.addValue(x, y).store(Mem{Base: c, Disp: o})
		v.subValue(x, y).store(Mem{Base: c, Disp: o + point})
	})
	ADDQ(U32(2*point), c)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}
