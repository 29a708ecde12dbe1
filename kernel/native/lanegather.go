package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A gathering is of elements at the counter, plus a constant, divided by a constant: the slow variable of a fast one. Each lane
// has its own index, and no store of the loop may be in the slice.
type gathering struct {
	slice       *types.Var
	plus, ratio int64
}

// gather is such an element.
func (l *lanes) gather(e *ast.IndexExpr) *lane {
	if l.nested > 0 || l.c.v == nil || l.kind(e) != types.Float64 {
		return nil
	}
	s := l.f.varOf(e.X)
	x, ok := ast.Unparen(e.Index).(*ast.BinaryExpr)
	if !ok || x.Op != token.QUO || l.info.Types[x.Y].Value == nil || l.kind(x) != types.Int || s == nil || !l.f.steady(s) ||
		l.f.slots[s] == nil || l.f.slots[s].shape.memory || inside(l.c.body, s) {
		return nil
	}
	if _, ok := s.Type().Underlying().(*types.Slice); !ok {
		return nil
	}
	g := gathering{slice: s, ratio: integer(l.info.Types[x.Y].Value)}
	v, factor, plus := l.f.affine(x.X)
	if v != l.c.v || factor != 1 || plus < 0 || g.ratio < 2 || g.ratio > 1<<30 {
		return nil
	}
	g.plus = plus
	if l.pair == 0 {
		l.gathered = append(l.gathered, g)
	}
	return l.lane(laneKey{kind: laneGather, of: s, plus: plus + 2*l.pair, bits: uint64(g.ratio)})
}

func (l *lanes) pushGathered(v *lane) {
	f := l.f
	for k := range int64(2) {
		f.get(l.c.local)
		f.i64Const(v.key.plus + l.ahead + k)
		f.op(0x7c)
		f.quotient(int64(v.key.bits))
		f.op(0xa7)
		f.i32Const(3)
		f.op(0x74)
		f.get(f.slots[v.key.of.(*types.Var)].locals[0])
		f.op(0x6a)
		f.memory(0x2b, 8, 0)
		if k == 0 {
			f.vector(f64x2Splat)
		} else {
			f.vectorLane(f64x2Replace, 1)
		}
	}
}

// gatherInside joins to the condition on the stack that, up to the counter whole, what is gathered is in its slice and what is
// stored outside it.
func (l *lanes) gatherInside(whole uint32) {
	f := l.f
	for _, g := range l.gathered {
		parts := f.slots[g.slice].locals
		f.get(l.c.local)
		f.zero(i64)
		f.op(0x59, 0x71) // i64.ge_s, and
		f.get(whole)
		f.i64Const(g.plus)
		f.op(0x7c)
		f.get(parts[1])
		f.i64Const(g.ratio)
		f.op(0x7e)
		f.op(0x57, 0x71) // i64.le_s, and
		for _, s := range l.stores {
			if s.pair > 0 {
				continue
			}
			start := f.local(i64)
			f.get(s.walk.addr)
			f.op(0xad) // i64.extend_i32_u
			f.i64Const((s.plus - s.walk.least) * 8)
			f.op(0x7c)
			f.tee(start)
			f.get(parts[0])
			f.op(0xad)
			f.get(parts[1])
			f.i64Const(8)
			f.op(0x7e, 0x7c)
			f.op(0x59) // i64.ge_s
			f.get(start)
			f.get(whole)
			f.get(l.c.local)
			f.op(0x7d)
			f.i64Const(8)
			f.op(0x7e, 0x7c)
			f.get(parts[0])
			f.op(0xad)
			f.op(0x57, 0x72, 0x71) // i64.le_s, or, and
		}
	}
}
