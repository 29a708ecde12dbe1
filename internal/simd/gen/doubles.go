package main

import (
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// doubles emits a loop over whole registers of float64 arrays; n is a multiple of their lanes. scalars follow n.
func doubles(v vector, name, doc, arrays, scalars string, body func(at map[string]Mem, scalar func(name string) reg.VecVirtual) func()) {
	signature := "func(" + arrays + " *float64, n int"
	if scalars != "" {
		signature += ", " + scalars + " float64"
	}
	TEXT(name+v.suffix(), NOSPLIT, signature+")")
	Doc(name + v.suffix() + " " + doc)
	Pragma("noescape")
	at := map[string]Mem{}
	var addresses []Mem
	for _, a := range strings.Split(arrays, ", ") {
		at[a] = Mem{Base: param(a)}
		addresses = append(addresses, at[a])
	}
	step := body(at, v.broadcast)
	n := param("n")
	Label("whole")
	step()
	for _, m := range addresses {
		ADDQ(U8(v), m.Base)
	}
	SUBQ(U8(v.lanes()/2), n)
	JNZ(LabelRef("whole"))
	VZEROUPPER()
	RET()
}

// broadcast loads a scalar parameter into every lane.
func (v vector) broadcast(name string) reg.VecVirtual {
	r := v.register()
	VBROADCASTSD(Load(Param(name), XMM()), r)
	return r
}

// advance emits x += dt·f + b·z, rounded after each operation as in Go without fusing.
func advance(v vector) {
	doubles(v, "advance", "computes x += dt·f + b·z.", "x, f, z", "dt, b",
		func(at map[string]Mem, scalar func(string) reg.VecVirtual) func() {
			dt, b := scalar("dt"), scalar("b")
			return func() {
				s, t := v.register(), v.register()
				VMULPD(at["f"], dt, s)
				VMULPD(at["z"], b, t)
				VADDPD(t, s, s)
				VADDPD(at["x"], s, s)
				VMOVUPD(s, at["x"])
			}
		})
}

// wellForce emits dst = x − x³.
func wellForce(v vector) {
	doubles(v, "wellForce", "computes dst = x − x·x·x.", "dst, x", "",
		func(at map[string]Mem, _ func(string) reg.VecVirtual) func() {
			return func() {
				x, y := v.register(), v.register()
				VMOVUPD(at["x"], x)
				VMULPD(x, x, y)
				VMULPD(x, y, y)
				VSUBPD(y, x, x)
				VMOVUPD(x, at["dst"])
			}
		})
}

// finite emits the union of the bits of x − x, which is +0 unless a number is NaN or infinite.
func finite(v vector) {
	TEXT("finite"+v.suffix(), NOSPLIT, "func(x *float64, n int) uint32")
	Doc("finite" + v.suffix() + " is 0 when all numbers are finite.")
	Pragma("noescape")
	x, n, bits, answer := param("x"), param("n"), v.zero(), GP32()
	Label("whole")
	d := v.register()
	VMOVUPD(Mem{Base: x}, d)
	VSUBPD(d, d, d)
	VORPD(d, bits, bits)
	ADDQ(U8(v), x)
	SUBQ(U8(v.lanes()/2), n)
	JNZ(LabelRef("whole"))
	if v == zmm {
		k := K()
		VPTESTMQ(bits, bits, k)
		KMOVW(k, answer)
	} else {
		VPCMPEQQ(v.zero(), bits, bits)
		VMOVMSKPD(bits, answer)
		XORL(U8(15), answer)
	}
	VZEROUPPER()
	Store(answer, ReturnIndex(0))
	RET()
}

// narrow emits the conversion to float32, to the nearest and even.
func narrow(v vector) {
	TEXT("narrow"+v.suffix(), NOSPLIT, "func(dst *float32, x *float64, n int)")
	Doc("narrow" + v.suffix() + " converts to float32.")
	Pragma("noescape")
	dst, x, n := param("dst"), param("x"), param("n")
	Label("whole")
	if v == zmm {
		d := YMM()
		VCVTPD2PS(Mem{Base: x}, d)
		VMOVUPS(d, Mem{Base: dst})
	} else {
		d := XMM()
		VCVTPD2PSY(Mem{Base: x}, d)
		VMOVUPS(d, Mem{Base: dst})
	}
	ADDQ(U8(v), x)
	ADDQ(U8(v/2), dst)
	SUBQ(U8(v.lanes()/2), n)
	JNZ(LabelRef("whole"))
	VZEROUPPER()
	RET()
}
