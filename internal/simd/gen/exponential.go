package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"scorebook/internal/simd/minimax"
)

// exponential emits eˣ in each lane.
type exponential struct {
	vector
	least, most, round reg.VecVirtual
}

func newExponential(v vector) exponential {
	return exponential{v, v.held(minimax.ExpMin), v.held(minimax.ExpMax), v.held(minimax.Round)}
}

// of overwrites x with eˣ; a NaN stays one, since VMINPS and VMAXPS return their first operand here for it.
func (e exponential) of(x reg.VecVirtual) {
	t, n, p := e.register(), e.register(), e.register()
	VMINPS(x, e.most, x)
	VMAXPS(x, e.least, x)
	VMOVAPS(x, t)
	VFMADD132PS(constant(minimax.Log2E), e.round, t)
	VSUBPS(e.round, t, n)
	VFMADD231PS(constant(-minimax.Ln2High), n, x)
	VFMADD231PS(constant(-minimax.Ln2Low), n, x)
	VMOVUPS(constant(minimax.Exp[0]), p)
	for _, c := range minimax.Exp[1:] {
		VFMADD213PS(constant(c), x, p)
	}
	if e.vector == zmm {
		VSCALEFPS(n, p, x)
		return
	}
	e.scale(p, t, n, x)
}

// scale sets x = p·2ⁿ with n in the low bits of t, in two factors so that neither leaves the exponent's range.
func (e exponential) scale(p, t, half, x reg.VecVirtual) {
	VPSUBD(e.round, t, t)
	VPSRAD(U8(1), t, half)
	VPSUBD(half, t, t)
	for _, k := range []reg.VecVirtual{half, t} {
		VPADDD(table(127), k, k)
		VPSLLD(U8(23), k, k)
	}
	VMULPS(half, p, p)
	VMULPS(t, p, x)
}

func exponentials(v vector) {
	elementwise(v, "exp", "computes dst = eˣ.", "dst, x", "", func() func([]Mem, reg.Register) {
		e := newExponential(v)
		return func(at []Mem, mask reg.Register) {
			x := v.register()
			v.load(at[1], mask, x)
			e.of(x)
			v.store(x, mask, at[0])
		}
	})
	elementwise(v, "swish", "computes dst = x/(1 + e⁻ˣ).", "dst, x", "", func() func([]Mem, reg.Register) {
		e, zero := newExponential(v), v.zero()
		return func(at []Mem, mask reg.Register) {
			x, d := v.register(), v.register()
			v.load(at[1], mask, x)
			VSUBPS(x, zero, d)
			e.of(d)
			VADDPS(constant(1), d, d)
			VDIVPS(d, x, x)
			v.store(x, mask, at[0])
		}
	})
	elementwise(v, "swishBack", "computes dpre = dy·swish′(pre).", "dpre, dy, pre", "", func() func([]Mem, reg.Register) {
		e, zero, one := newExponential(v), v.zero(), v.held(1)
		return func(at []Mem, mask reg.Register) {
			z, s, q := v.register(), v.register(), v.register()
			v.load(at[2], mask, z)
			VSUBPS(z, zero, s)
			e.of(s)
			VADDPS(one, s, s)
			VDIVPS(s, one, s)
			VMOVAPS(z, q)
			VFNMADD231PS(s, z, q)
			VFMADD213PS(s, s, q)
			v.load(at[1], mask, z)
			VMULPS(q, z, z)
			v.store(z, mask, at[0])
		}
	})
	elementwise(v, "tanh", "computes dst = tanh(x).", "dst, x", "", func() func([]Mem, reg.Register) {
		e, one := newExponential(v), v.held(1)
		return func(at []Mem, mask reg.Register) {
			x, a := v.register(), v.register()
			v.load(at[1], mask, x)
			VANDPS(table(0x7fffffff), x, a)
			VANDPS(table(0x80000000), x, x)
			far, near := v.register(), v.register()
			VADDPS(a, a, far)
			e.of(far)
			VADDPS(one, far, far)
			VMOVUPS(constant(2), near)
			VDIVPS(far, near, far)
			VSUBPS(far, one, far)
			tanhNear(v, a, near)
			choose(v, a, near, far)
			VORPS(x, far, far)
			v.store(far, mask, at[0])
		}
	})
}

// tanhNear sets near = a + a³·P(a²).
func tanhNear(v vector, a, near reg.VecVirtual) {
	u := v.register()
	VMULPS(a, a, u)
	VMOVUPS(constant(minimax.Tanh[0]), near)
	for _, c := range minimax.Tanh[1:] {
		VFMADD213PS(constant(c), u, near)
	}
	VMULPS(u, near, near)
	VFMADD213PS(a, a, near)
}

// choose moves near to far in the lanes where a < TanhSmall.
func choose(v vector, a, near, far reg.VecVirtual) {
	const lessOrdered = 17
	if v == zmm {
		k := K()
		VCMPPS(U8(lessOrdered), constant(minimax.TanhSmall), a, k)
		VMOVAPS(near, k, far)
		return
	}
	less := v.register()
	VCMPPS(U8(lessOrdered), constant(minimax.TanhSmall), a, less)
	VBLENDVPS(less, near, far, far)
}
