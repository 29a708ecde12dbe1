package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// vector is a register width in bytes; a row of 8 lanes takes one ZMM register or two YMM registers.
type vector int

const (
	ymm vector = 32
	zmm vector = 64
)

const (
	row   = 64      // bytes of the real or of the imaginary parts of a point
	point = 2 * row // bytes of a point
)

func (v vector) suffix() string { return map[vector]string{ymm: "AVX2", zmm: "AVX512"}[v] }

func (v vector) register() reg.VecVirtual {
	if v == zmm {
		return ZMM()
	}
	return YMM()
}

// parts calls body with the offset of each register of a row.
func (v vector) parts(body func(offset int)) {
	for at := 0; at < row; at += int(v) {
		body(at)
	}
}

func (v vector) zero() reg.VecVirtual {
	r := v.register()
	if v == zmm {
		VPXORQ(r, r, r)
	} else {
		VXORPD(r, r, r)
	}
	return r
}

func (v vector) load(m Mem) reg.VecVirtual {
	r := v.register()
	VMOVUPD(m, r)
	return r
}

// every is the number at m in each lane.
func (v vector) every(m Mem) reg.VecVirtual {
	r := v.register()
	VBROADCASTSD(m, r)
	return r
}

func (v vector) add(x, y reg.VecVirtual) reg.VecVirtual {
	r := v.register()
	VADDPD(y, x, r)
	return r
}

func (v vector) sub(x, y reg.VecVirtual) reg.VecVirtual {
	r := v.register()
	VSUBPD(y, x, r)
	return r
}

func (v vector) mul(x, y reg.VecVirtual) reg.VecVirtual {
	r := v.register()
	VMULPD(y, x, r)
	return r
}

// fma replaces z by x·y + z and returns it.
func fma(x, y, z reg.VecVirtual) reg.VecVirtual {
	VFMADD231PD(y, x, z)
	return z
}

// value is a complex number in each lane.
type value struct{ re, im reg.VecVirtual }

func (v vector) loadValue(m Mem) value { return value{v.load(m), v.load(m.Offset(row))} }

func (x value) store(m Mem) {
	VMOVUPD(x.re, m)
	VMOVUPD(x.im, m.Offset(row))
}

func (v vector) addValue(x, y value) value { return value{v.add(x.re, y.re), v.add(x.im, y.im)} }
func (v vector) subValue(x, y value) value { return value{v.sub(x.re, y.re), v.sub(x.im, y.im)} }

// rotate is x times the factor at w; of the registers that hold x it makes the result.
func (v vector) rotate(x value, w Mem) value {
	r, i := v.every(w), v.every(w.Offset(8))
	re, im := v.mul(i, x.im), v.mul(i, x.re)
	VFMSUB231PD(x.re, r, re) // r·x.re − i·x.im
	VFMADD231PD(x.im, r, im)
	return value{re, im}
}

func param(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }
