package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// elementwise emits a loop over n elements of several arrays. body is emitted twice, for whole registers and for
// the masked rest; it is given one address for each array.
func elementwise(v vector, name, doc string, arrays, rest string, setup func() func(at []Mem, mask reg.Register)) {
	TEXT(name+v.suffix(), NOSPLIT, "func("+arrays+" *float32, n int"+rest+")")
	Doc(name + v.suffix() + " " + doc)
	Pragma("noescape")
	body := setup()
	var at []Mem
	for _, a := range strings.Split(arrays, ", ") {
		at = append(at, Mem{Base: Load(Param(a), GP64())})
	}
	n := Load(Param("n"), GP64()).(reg.GPVirtual)

	SUBQ(U8(v.lanes()), n)
	JL(LabelRef("tail"))
	Label("whole")
	body(at, nil)
	for _, m := range at {
		ADDQ(U8(v), m.Base)
	}
	SUBQ(U8(v.lanes()), n)
	JGE(LabelRef("whole"))
	Label("tail")
	ADDQ(U8(v.lanes()), n)
	JZ(LabelRef("done"))
	body(at, v.lower(n))
	Label("done")
	VZEROUPPER()
	RET()
}

// adam emits the Adam step; rates has the layout of adamRates.
func adam(v vector) {
	elementwise(v, "adam", "does Adam's step on n weights.", "w, m, v, grad", ", rates *float32",
		func() func([]Mem, reg.Register) {
			base := Load(Param("rates"), GP64())
			var rate [7]reg.VecVirtual
			for i := range rate {
				rate[i] = v.register()
				VBROADCASTSS(Mem{Base: base, Disp: 4 * i}, rate[i])
			}
			b1, a1, b2, a2, step, c2, eps := rate[0], rate[1], rate[2], rate[3], rate[4], rate[5], rate[6]
			return func(at []Mem, mask reg.Register) {
				g, m, s, w, t := v.register(), v.register(), v.register(), v.register(), v.register()
				v.load(at[3], mask, g)
				v.load(at[1], mask, m)
				v.load(at[2], mask, s)
				v.load(at[0], mask, w)
				VMULPS(a1, g, t)
				VFMADD213PS(t, b1, m)
				v.store(m, mask, at[1])
				VMULPS(a2, g, t)
				VMULPS(g, t, t)
				VFMADD213PS(t, b2, s)
				v.store(s, mask, at[2])
				VMULPS(c2, s, s)
				VSQRTPS(s, s)
				VADDPS(eps, s, s)
				VMULPS(step, m, m)
				VDIVPS(s, m, m)
				VSUBPS(m, w, w)
				v.store(w, mask, at[0])
			}
		})
}
