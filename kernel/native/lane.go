package native

import (
	"go/types"
	"math"
)

// A lane is a value that two turns of a loop, or two calls of a function, compute at once: float64, uint64, or a condition
// as a mask. Lanes of the same making are one.
type lane struct {
	key    laneKey
	uses   int
	pushed int  // so often
	fixed  bool // the same in all turns
	held   bool // in the local
	local  uint32
	have   bool // there is a local

	pair int64 // in whose text it was first
}

type laneKind uint8

const (
	laneConst   laneKind = iota // bits
	laneFixed                   // a scalar from outside the loop: of, or expr
	laneCounter                 // float64(counter + plus)
	laneNow                     // the counter
	laneCount                   // the int in the local bits
	laneRow                     // of the row
	laneSteps                   // plus and plus + 1
	laneLoad                    // of the walked slice, at counter + plus
	laneSpread                  // of the walked slice, at counter·factor + plus
	laneGather                  // of the slice of, at (counter + plus) / bits
	lanePlain                   // a vector operation on the arguments
	laneShift                   // one by a constant, bits
	laneCall                    // an elementary function
	laneParam                   // in a local: a parameter, or the variable of
	laneFloat                   // float64 of an int
)

// A laneKey is how a lane is made.
type laneKey struct {
	kind    laneKind
	code    uint64
	a, b, c *lane
	bits    uint64
	walk    *strided
	row     *row
	plus    int64
	epoch   int // stores of the same turns before a load
	of      types.Object
	field   string
	name    string // of a function, or the text of an index
}

// lane finds or makes a lane; nil when an argument could not be made.
func (l *lanes) lane(k laneKey, args ...*lane) *lane {
	for i, a := range args {
		if a == nil {
			return nil
		}
		*[]**lane{&k.a, &k.b, &k.c}[i] = a
	}
	if made := l.made[k]; made != nil {
		return made
	}
	v := &lane{key: k, pair: l.pair}
	switch k.kind {
	case laneConst, laneFixed, laneSteps:
		v.fixed = true
	case lanePlain, laneShift, laneCall, laneFloat:
		v.fixed = true
		for _, a := range args {
			v.fixed = v.fixed && a.fixed
		}
	}
	l.made[k] = v
	l.order = append(l.order, v)
	return v
}

func (l *lanes) plain(code uint64, args ...*lane) *lane {
	return l.lane(laneKey{kind: lanePlain, code: code}, args...)
}

func (l *lanes) bits(b uint64) *lane { return l.lane(laneKey{kind: laneConst, bits: b}) }

func (l *lanes) number(x float64) *lane { return l.bits(math.Float64bits(x)) }

// held is what a local holds.
func (l *lanes) held(local uint32, of types.Object) *lane {
	v := l.lane(laneKey{kind: laneParam, bits: uint64(local), of: of})
	v.local, v.have, v.held = local, true, true
	return v
}

const signBit = 1 << 63

func (l *lanes) negated(x *lane) *lane { return l.plain(v128Xor, x, l.bits(signBit)) }

// not turns a mask round.
func (l *lanes) not(m *lane) *lane {
	if m != nil && m.key.kind == lanePlain && m.key.code == v128Not {
		return m.key.a
	}
	return l.plain(v128Not, m)
}

// choose is a where the mask is set, and b elsewhere.
func (l *lanes) choose(mask, a, b *lane) *lane {
	if mask == nil || a == nil || b == nil {
		return nil
	}
	if a == b {
		return a
	}
	isNot := func(m *lane) bool { return m.key.kind == lanePlain && m.key.code == v128Not }
	if isNot(mask) {
		mask, a, b = mask.key.a, b, a
	}
	sign := l.bits(signBit)
	flips := func(x, y *lane) bool {
		return x.key.kind == lanePlain && x.key.code == v128Xor && x.key.a == y && x.key.b == sign
	}
	switch {
	case flips(a, b):
		return l.plain(v128Xor, b, l.plain(v128And, mask, sign))
	case flips(b, a):
		return l.plain(v128Xor, a, l.plain(v128And, l.not(mask), sign))
	}
	if a.key.kind == lanePlain && a.key.code == i64x2Add && a.key.a == b && a.key.b == l.bits(1) {
		return l.plain(i64x2Sub, b, mask) // a mask is −1
	}
	return l.plain(v128Select, a, b, mask)
}
