package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// Places of the factors of a wavenumber, in bytes, and their size.
const (
	gamma, half, q, full, f1, f2, f3 = 0, 8, 16, 24, 32, 40, 48
	factors                          = 56
)

// substep emits a loop over wavenumbers. body is given the address of each bundle, and of the factors.
func substep(v vector, name, doc, bundles string, body func(at []Mem, f Mem)) {
	TEXT(name+v.suffix(), NOSPLIT, "func("+bundles+", factors *float64, count int)")
	Doc(name + v.suffix() + " " + doc)
	Pragma("noescape")
	var at []Mem
	for _, b := range strings.Split(strings.TrimSuffix(bundles, " *float64"), ", ") {
		at = append(at, Mem{Base: param(b)})
	}
	f, count := Mem{Base: param("factors")}, param("count")
	Label("wavenumber")
	v.parts(func(o int) {
		here := make([]Mem, len(at))
		for i, m := range at {
			here[i] = m.Offset(o)
		}
		body(here, f)
	})
	for _, m := range at {
		ADDQ(U32(point), m.Base)
	}
	ADDQ(U8(factors), f.Base)
	DECQ(count)
	JNZ(LabelRef("wavenumber"))
	VZEROUPPER()
	RET()
}

// nonlinear is iγw.
func (v vector) nonlinear(w, f Mem) value {
	g, x := v.every(f.Offset(gamma)), v.loadValue(w)
	return value{v.sub(v.zero(), v.mul(g, x.im)), v.mul(g, x.re)}
}

func predict(v vector) {
	substep(v, "predict", "writes n = iγw and dst = Half·v + Q·n.", "dst, n, v, w *float64", func(at []Mem, f Mem) {
		n := v.nonlinear(at[3], f)
		n.store(at[1])
		h, c := v.every(f.Offset(half)), v.every(f.Offset(q))
		x := v.loadValue(at[2])
		value{fma(h, x.re, v.mul(c, n.re)), fma(h, x.im, v.mul(c, n.im))}.store(at[0])
	})
}

func extrapolate(v vector) {
	doc := "writes n = iγw and dst = Half·a + Q·(2n − n1)."
	substep(v, "extrapolate", doc, "dst, n, a, n1, w *float64", func(at []Mem, f Mem) {
		n := v.nonlinear(at[4], f)
		n.store(at[1])
		h, c := v.every(f.Offset(half)), v.every(f.Offset(q))
		t := v.subValue(v.addValue(n, n), v.loadValue(at[3]))
		x := v.loadValue(at[2])
		value{fma(h, x.re, v.mul(c, t.re)), fma(h, x.im, v.mul(c, t.im))}.store(at[0])
	})
}

func complete(v vector) {
	doc := "replaces v by Full·v + F1·n1 + F2·(n2 + n3) + F3·iγw."
	substep(v, "complete", doc, "v, n1, n2, n3, w *float64", func(at []Mem, f Mem) {
		n := v.nonlinear(at[4], f)
		c := v.every(f.Offset(f3))
		sum := value{v.mul(c, n.re), v.mul(c, n.im)}
		add := func(place int, x value) {
			c := v.every(f.Offset(place))
			sum = value{fma(c, x.re, sum.re), fma(c, x.im, sum.im)}
		}
		add(f2, v.addValue(v.loadValue(at[2]), v.loadValue(at[3])))
		add(f1, v.loadValue(at[1]))
		add(full, v.loadValue(at[0]))
		sum.store(at[0])
	})
}

func square(v vector) {
	TEXT("square"+v.suffix(), NOSPLIT, "func(c *float64, points int)")
	Doc("square" + v.suffix() + " replaces each real and each imaginary part by its square.")
	Pragma("noescape")
	c, points := param("c"), param("points")
	Label("point")
	v.parts(func(o int) {
		x := v.loadValue(Mem{Base: c, Disp: o})
		value{v.mul(x.re, x.re), v.mul(x.im, x.im)}.store(Mem{Base: c, Disp: o})
	})
	ADDQ(U32(point), c)
	DECQ(points)
	JNZ(LabelRef("point"))
	VZEROUPPER()
	RET()
}
