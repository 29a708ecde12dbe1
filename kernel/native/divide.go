package native

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"math/bits"
)

// divideBy divides the two ints on the stack, the upper one a constant from 2 to 2³⁰, and reports whether it did. By a power
// of two a counter that is never negative needs only a shift or a mask.
// Numbers below 2³¹ are multiplied by the reciprocal ⌈2^(31+l)/m⌉, l = ⌈log₂ m⌉, which is exact for them: its error
// times such a number is below 2^(31+l)/m.
func (f *fn) divideBy(op token.Token, k types.BasicKind, v constant.Value, natural bool) bool {
	m, ok := constant.Int64Val(constant.ToInt(v))
	if k != types.Int || !ok || m < 2 || m > 1<<30 {
		return false
	}
	power := m&(m-1) == 0
	quotient := func(x uint32) {
		f.get(x)
		f.quotient(m)
	}
	x := f.local(i64)
	f.op(0x1a)
	f.set(x)
	if natural && power {
		f.get(x)
		if op == token.QUO {
			f.i64Const(int64(bits.TrailingZeros64(uint64(m))))
			f.op(0x88) // i64.shr_u
		} else {
			f.i64Const(m - 1)
			f.op(0x83)
		}
		return true
	}
	if op == token.REM && power {
		f.small(x, func() {
			f.get(x)
			f.i64Const(m - 1)
			f.op(0x83)
		}, func() {
			f.get(x)
			f.i64Const(m)
			f.op(0x81)
		})
		return true
	}
	if op == token.REM {
		f.wraps(x, func() { f.i64Const(m) }, func() {
			f.small(x, func() {
				f.get(x)
				quotient(x)
				f.i64Const(m)
				f.op(0x7e, 0x7d)
			}, func() {
				f.get(x)
				f.i64Const(m)
				f.op(0x81)
			})
		})
		return true
	}
	f.small(x, func() { quotient(x) }, func() {
		f.get(x)
		f.i64Const(m)
		f.op(0x7f)
	})
	return true
}

// quotient divides the number below 2³¹ on the stack.
func (f *fn) quotient(m int64) {
	shift := int64(bits.Len64(uint64(m - 1)))
	if m&(m-1) != 0 {
		f.i64Const((int64(1)<<(31+shift) + m - 1) / m)
		f.op(0x7e)
		shift += 31
	}
	f.i64Const(shift)
	f.op(0x88) // i64.shr_u
}

// small pushes one value when x is from 0 to 2³¹−1 and else the other.
func (f *fn) small(x uint32, yes, no func()) {
	f.get(x)
	f.i64Const(1 << 31)
	f.op(0x54)
	f.either(yes, no)
}

// wraps pushes x mod m for m from 1 to 2⁶², which needs no division for 0 ≤ x < 2m: the indices of neighbours on a ring.
// With a larger m, a negative x less m could wrap round to what looks like the answer.
func (f *fn) wraps(x uint32, m func(), rest func()) {
	f.get(x)
	m()
	f.op(0x54)
	f.either(func() { f.get(x) }, func() {
		less := f.local(i64)
		f.get(x)
		m()
		f.op(0x7d)
		f.tee(less)
		m()
		f.op(0x54)
		f.either(func() { f.get(less) }, rest)
	})
}

// remainder is x % y of ints.
func (f *fn) remainder(n ast.Node, x, y uint32) {
	f.get(y)
	f.i64Const(1)
	f.op(0x7d)
	f.i64Const(1 << 62)
	f.op(0x54) // i64.lt_u
	f.either(func() {
		f.wraps(x, func() { f.get(y) }, func() {
			f.get(x)
			f.get(y)
			f.op(0x81)
		})
	}, func() {
		f.get(y)
		f.op(0x50)
		f.iff()
		f.trap(f.u.site(faultDivide, n.Pos()), nil, nil)
		f.end()
		f.get(x)
		f.get(y)
		f.op(0x81)
	})
}

// either pushes one of two i64 values by the condition on the stack.
func (f *fn) either(yes, no func()) {
	f.op(0x04, i64)
	f.depth++
	yes()
	f.els()
	no()
	f.end()
}

// cheaper lowers operations on floats that have a faster form of the same bits: 2·x is x + x, and division by a power
// of two a product.
func (f *fn) cheaper(e *ast.BinaryExpr, k types.BasicKind) bool {
	left, right := f.info.Types[e.X].Value, f.info.Types[e.Y].Value
	x := e.X
	if left != nil {
		x = e.Y
	}
	switch {
	case left != nil && right != nil:
		return false
	case e.Op == token.MUL && (left != nil && float(left) == 2 || right != nil && float(right) == 2):
		f.expr(x)
		twice := f.local(valOf(k))
		f.tee(twice)
		f.get(twice)
		f.arith(e, token.ADD, k)
		return true
	case e.Op == token.QUO && right != nil:
		part, exp := math.Frexp(float(right))
		if part != 0.5 || exp < -100 || exp > 100 {
			return false
		}
		f.expr(x)
		f.constant(e.Y, constant.MakeFloat64(1/float(right)), types.Typ[k])
		f.arith(e, token.MUL, k)
		return true
	}
	return false
}
