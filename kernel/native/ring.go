package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A ringed remainder is (i+c) % m or (i+m+c) % m of a loop's counter: a neighbour on a ring. Where 0 ≤ i+plus < m, it is
// i+plus, and the element at that index is walked like any other.
type ringed struct {
	counter *types.Var
	plus    int64
}

// A modulus is a constant, an int variable that the loop leaves alone, or the length of a slice.
type modulus struct {
	value int64
	v     *types.Var
}

// rings are the ringed remainders of an innermost loop's body.
type rings struct {
	of     map[*ast.BinaryExpr]ringed
	least  int64             // the counter from which none of them is negative
	beyond map[modulus]int64 // how far below the modulus the counter must stay
	order  []modulus
}

// largestModulus keeps sums of a modulus and an index from wrapping.
const largestModulus = 1 << 62

// farthestNeighbour bounds what affine adds to a variable.
const farthestNeighbour = 1 << 9

// ringsOf finds the rings of a loop that may have a second form.
func (f *fn) ringsOf(c counted) rings {
	r := rings{of: map[*ast.BinaryExpr]ringed{}, beyond: map[modulus]int64{}}
	if !f.twoForms(c) {
		return r
	}
	ast.Inspect(c.body, func(n ast.Node) bool {
		x, ok := n.(*ast.BinaryExpr)
		if !ok || x.Op != token.REM || f.info.Types[x].Value != nil || basicOf(f.typeOf(x)) != types.Int {
			return true
		}
		m, ok := f.modulus(x.Y, c.body)
		if !ok {
			return true
		}
		s := ringSum{f: f, counter: c.v, body: c.body, m: m}
		if !s.add(x.X, 1) || s.counters != 1 || s.moduli < 0 || s.moduli > 1 {
			return true
		}
		plus := s.plus
		if m.v == nil && plus >= 0 {
			if plus %= m.value; plus > m.value/2 {
				plus -= m.value
			}
		}
		if plus < -farthestNeighbour || plus > farthestNeighbour {
			return true
		}
		r.of[x] = ringed{c.v, plus}
		r.least = max(r.least, -plus)
		if _, ok := r.beyond[m]; !ok {
			r.order = append(r.order, m)
		}
		r.beyond[m] = max(r.beyond[m], plus)
		return true
	})
	return r
}

// modulus recognises what stays the same and may be taken a remainder by.
func (f *fn) modulus(e ast.Expr, body ast.Node) (modulus, bool) {
	if tv := f.info.Types[e]; tv.Value != nil {
		m := integer(tv.Value)
		return modulus{value: m}, m > 0 && m <= 1<<30
	}
	v := f.varOf(e)
	if s := f.lengthOf(e); s != nil && v == nil {
		return modulus{v: s}, f.slots[s] != nil && !f.slots[s].shape.memory && !inside(body, s)
	}
	if v == nil || basicOf(v.Type()) != types.Int || inside(body, v) || f.slots[v] == nil || f.slots[v].outer || f.sets(body, v) {
		return modulus{}, false
	}
	return modulus{v: v}, true
}

// pushModulus pushes its value.
func (f *fn) pushModulus(m modulus) {
	switch {
	case m.v == nil:
		f.i64Const(m.value)
	case basicOf(m.v.Type()) == types.Int:
		f.get(f.slots[m.v].locals[0])
	default:
		f.get(f.slots[m.v].locals[1])
	}
}

// A ringSum counts what a sum consists of.
type ringSum struct {
	f                      *fn
	counter                *types.Var
	body                   ast.Node
	m                      modulus
	counters, moduli, plus int64
}

// add takes an expression apart; it reports false for one that has other terms.
func (s *ringSum) add(e ast.Expr, sign int64) bool {
	e = ast.Unparen(e)
	if tv := s.f.info.Types[e]; tv.Value != nil {
		n := integer(tv.Value)
		s.plus += sign * n
		return n >= -1<<30 && n <= 1<<30
	}
	if v := s.f.varOf(e); v != nil && v == s.counter {
		s.counters += sign
		return true
	}
	if m, ok := s.f.modulus(e, s.body); ok {
		s.moduli += sign
		return m == s.m
	}
	x, ok := e.(*ast.BinaryExpr)
	switch {
	case ok && x.Op == token.ADD:
		return s.add(x.X, sign) && s.add(x.Y, sign)
	case ok && x.Op == token.SUB:
		return s.add(x.X, sign) && s.add(x.Y, -sign)
	}
	return false
}

// within joins to the condition on the stack that the counter has come to where no ringed remainder wraps.
func (r rings) within(f *fn, c counted) {
	if len(r.of) == 0 {
		return
	}
	f.get(c.local)
	f.i64Const(r.least)
	f.op(0x59, 0x71) // i64.ge_s, and
	for _, m := range r.order {
		if m.v == nil {
			continue
		}
		f.pushModulus(m)
		f.i64Const(1)
		f.op(0x7d)
		f.i64Const(largestModulus)
		f.op(0x54, 0x71) // i64.lt_u, and
	}
}

// shorten lowers room to where the first of the remainders wraps.
func (r rings) shorten(f *fn, room uint32) {
	for _, m := range r.order {
		f.pushModulus(m)
		f.i64Const(r.beyond[m])
		f.op(0x7d)
		f.lower(room)
	}
}

// approach is the else of a stretch that is free: the stretch ends where none of the remainders wraps any more.
func (r rings) approach(f *fn, c counted, stop uint32) {
	if r.least == 0 {
		return
	}
	f.els()
	f.get(c.local)
	f.i64Const(r.least)
	f.op(0x53)
	f.iff()
	f.i64Const(r.least)
	f.lower(stop)
	f.end()
}
