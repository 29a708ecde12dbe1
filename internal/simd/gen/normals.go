package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"scorebook/internal/simd/minimax"
)

const (
	philoxA = 0xd2511f53
	philoxB = 0xcd9e8d57
	oneBits = 1023 << 52 // of 1.0
)

// normals emits blocks of 16 normal numbers from 8 counters, in 64-bit lanes.
func normals(v vector) {
	TEXT("normals"+v.suffix(), NOSPLIT, "func(dst *float64, keys *uint64, pair uint64, blocks int)")
	Doc("normals" + v.suffix() + " fills blocks of 16 from the counters pair, pair+1, …; keys are the rounds' key words.")
	Pragma("noescape")
	dst, keys, pair, blocks := param("dst"), param("keys"), param("pair"), param("blocks")
	first, counter := XMM(), v.register()
	VMOVQ(pair, first)
	VPBROADCASTQ(first, counter)
	VPADDQ(lanes64(), counter, counter)
	if v == zmm {
		v.normalBlocks(2, dst, keys, blocks, counter)
	}
	v.normalBlocks(1, dst, keys, blocks, counter)
	VZEROUPPER()
	RET()
}

// normalBlocks emits a loop over blocks, some at a time while that many are left.
func (v vector) normalBlocks(atOnce int, dst, keys, blocks reg.GPVirtual, counter reg.VecVirtual) {
	loop, end := fmt.Sprintf("blocks%d", atOnce), fmt.Sprintf("blocks%dend", atOnce)
	Label(loop)
	CMPQ(blocks, U8(atOnce))
	JL(LabelRef(end))
	states := make([]philox, atOnce*64/int(v))
	for i := range states {
		states[i] = v.philox(counter)
		VPADDQ(table64(uint64(v)/8), counter, counter)
	}
	for round := range 10 {
		for i := range states {
			states[i].encrypt(round, keys)
		}
	}
	for i, s := range states {
		at := i*int(v)/64*128 + i*int(v)%64
		cosine, sine := v.boxMuller(v.join(s.c[0], s.c[1]), v.join(s.c[2], s.c[3]))
		VMOVUPD(cosine, Mem{Base: dst, Disp: at})
		VMOVUPD(sine, Mem{Base: dst, Disp: 64 + at})
	}
	ADDQ(I32(128*atOnce), dst)
	SUBQ(U8(atOnce), blocks)
	JMP(LabelRef(loop))
	Label(end)
}

// statesAtOnce is how many counters of each stream normalRows has under way.
const statesAtOnce = 2

// normalRows emits blocks of 16 rows of normal numbers: number by number of a stream in each lane. keys holds the rounds'
// key words of eight streams side by side.
func normalRows(v vector) {
	TEXT("normalRows"+v.suffix(), NOSPLIT, "func(dst *float64, stride int, keys *uint64, pair uint64, blocks int)")
	Doc("normalRows" + v.suffix() + " fills blocks of 16 rows, stride bytes apart, from the counters pair, pair+1, … of the stream in each lane.")
	Pragma("noescape")
	dst, stride, keys, blocks := param("dst"), param("stride"), param("keys"), param("blocks")
	first, counter := XMM(), v.register()
	VMOVQ(param("pair"), first)
	VPBROADCASTQ(first, counter)
	sines, pairs := GP64(), GP64()
	Label("block")
	MOVQ(U64(8/statesAtOnce), pairs)
	LEAQ(Mem{Base: dst, Index: stride, Scale: 8}, sines)
	Label("pairs")
	states := make([]philox, statesAtOnce)
	for i := range states {
		states[i] = v.philox(counter)
		states[i].keyed = true
		VPADDQ(table64(1), counter, counter)
	}
	for round := range 10 {
		for i := range states {
			states[i].encrypt(round, keys)
		}
	}
	for _, s := range states {
		cosine, sine := v.boxMuller(v.join(s.c[0], s.c[1]), v.join(s.c[2], s.c[3]))
		VMOVUPD(cosine, Mem{Base: dst})
		VMOVUPD(sine, Mem{Base: sines})
		ADDQ(stride, dst)
		ADDQ(stride, sines)
	}
	DECQ(pairs)
	JNZ(LabelRef("pairs"))
	MOVQ(sines, dst)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// philox is the state of the generator in the low halves of 64-bit lanes. A round waits for its multiplication, so
// that several states go side by side.
type philox struct {
	vector
	c     [4]reg.VecVirtual
	keyed bool // each lane has a key of its own
}

func (v vector) philox(counter reg.VecVirtual) philox {
	p := philox{vector: v, c: [4]reg.VecVirtual{v.register(), v.register(), v.zero(), v.zero()}}
	VMOVAPD(counter, p.c[0])
	VPSRLQ(U8(32), counter, p.c[1])
	return p
}

// encrypt does a round.
func (p *philox) encrypt(round int, keys reg.GPVirtual) {
	a, b := p.register(), p.register()
	VPMULUDQ(table64(philoxA), p.c[0], a)
	VPMULUDQ(table64(philoxB), p.c[2], b)
	VPSRLQ(U8(32), b, p.c[0])
	p.xor3(p.c[1], p.key(keys, 2*round), p.c[0])
	VPSRLQ(U8(32), a, p.c[2])
	p.xor3(p.c[3], p.key(keys, 2*round+1), p.c[2])
	p.c[1], p.c[3] = b, a
}

// key is the address of key word i.
func (p *philox) key(keys reg.GPVirtual, i int) Mem {
	if p.keyed {
		return Mem{Base: keys, Disp: 64 * i}
	}
	return Mem{Base: keys, Disp: 8 * i}
}

// xor3 sets x ^= y ^ key.
func (p *philox) xor3(y reg.VecVirtual, key Mem, x reg.VecVirtual) {
	switch {
	case p.vector == zmm && p.keyed:
		VPTERNLOGQ(U8(0x96), key, y, x)
	case p.vector == zmm:
		VPTERNLOGQ_BCST(U8(0x96), key, y, x)
	case p.keyed:
		VPXOR(key, x, x)
		VPXOR(y, x, x)
	default:
		k := p.register()
		VPBROADCASTQ(key, k)
		VPXOR(k, x, x)
		VPXOR(y, x, x)
	}
}

// join makes 64 bits of two words.
func (v vector) join(low, high reg.VecVirtual) reg.VecVirtual {
	VANDPD(table64(math.MaxUint32), low, low)
	VPSLLQ(U8(32), high, high)
	VORPD(low, high, high)
	return high
}

// boxMuller emits the operations of boxMuller in package simd.
func (v vector) boxMuller(x, y reg.VecVirtual) (cosine, sine reg.VecVirtual) {
	u, two := v.fraction(x), v.constant64(2)
	VSUBPD(u, two, u)
	r := v.minusTwoLog(u)
	VSQRTPD(r, r)

	turn := v.register()
	VPSLLQ(U8(2), y, turn)
	f, g := v.fraction(turn), v.register()
	VSUBPD(float(1.5), f, f)
	VMULPD(f, f, g)
	sin, cos := v.horner(minimax.Sin, g), v.horner(minimax.Cos, g)
	VMULPD(f, sin, sin)
	VPSLLQ(U8(1), y, turn)
	VANDPD(table64(1<<63), y, y)
	VXORPD(y, cos, cos)
	cosine, sine = v.choose64(turn, sin, cos), v.choose64(turn, cos, sin)
	VMULPD(r, cosine, cosine)
	VMULPD(r, sine, sine)
	return cosine, sine
}

// fraction is 1 + x/2⁶⁴ to 52 bits.
func (v vector) fraction(x reg.VecVirtual) reg.VecVirtual {
	u := v.register()
	VPSRLQ(U8(12), x, u)
	VORPD(table64(oneBits), u, u)
	return u
}

// minusTwoLog emits the operations of minusTwoLog in package simd.
func (v vector) minusTwoLog(u reg.VecVirtual) reg.VecVirtual {
	e, k, s, z := v.register(), v.register(), v.register(), v.register()
	VPADDQ(table64(oneBits-minimax.HalfRoot), u, e)
	VPSRLQ(U8(52), e, e)
	VORPD(float(minimax.TwoTo52), e, k)
	VSUBPD(float(minimax.TwoTo52+1023), k, k)
	VPSLLQ(U8(52), e, e)
	VPSUBQ(e, u, u)
	VPADDQ(table64(oneBits), u, u)
	one := v.constant64(1)
	VSUBPD(one, u, s)
	VADDPD(one, u, u)
	VDIVPD(u, s, s)
	VMULPD(s, s, z)
	p := v.horner(minimax.Log, z)
	VMULPD(s, z, z)
	VMULPD(z, p, p)
	VFMADD231PD(float(minimax.Ln2Low64), k, p)
	VFMADD231PD(float(2), s, p)
	VFMADD231PD(float(minimax.Ln2High64), k, p)
	VMULPD(float(-2), p, p)
	return p
}

func (v vector) horner(c [7]float64, x reg.VecVirtual) reg.VecVirtual {
	p := v.constant64(c[0])
	for _, a := range c[1:] {
		VFMADD213PD(float(a), x, p)
	}
	return p
}

// choose64 is yes where the sign bit of which is set, else no.
func (v vector) choose64(which, yes, no reg.VecVirtual) reg.VecVirtual {
	r := v.register()
	if v == zmm {
		k := K()
		VPMOVQ2M(which, k)
		VBLENDMPD(yes, no, k, r)
		return r
	}
	VBLENDVPD(which, yes, no, r)
	return r
}

// float is x in every 64-bit lane of a table in memory.
func float(x float64) Mem { return table64(math.Float64bits(x)) }

func (v vector) constant64(x float64) reg.VecVirtual {
	r := v.register()
	VMOVUPD(float(x), r)
	return r
}
