package native

import (
	"go/ast"
	"go/types"
)

// A stride is a slice walked by the counter of a loop. Its address is kept in a local that goes up with the counter.
type stride struct {
	counter *types.Var
	walked
}

type strided struct {
	key   stride
	addr  uint32
	least int64 // the address is that of element counter·factor + least
	most  int64 // the largest constant added to that
	ahead int64 // elements that the counter is ahead of the address, in the copies of an unrolled body
	size  int64
}

// mostStrides keeps the addresses in registers.
const mostStrides = 6

// walks calls see for each index expression in a loop's body that is a variable times a factor plus a constant, or a
// constant alone, into a slice that nothing changes.
func (f *fn) walks(body ast.Node, see func(x *ast.IndexExpr, s *types.Var, ix index, size int64)) {
	ast.Inspect(body, func(n ast.Node) bool {
		x, ok := n.(*ast.IndexExpr)
		if !ok {
			return true
		}
		s := f.varOf(x.X)
		if s == nil || !f.steady(s) || f.slots[s] == nil || f.slots[s].shape.memory {
			return true
		}
		sl, ok := s.Type().Underlying().(*types.Slice)
		tv, value := f.info.Types[x.Index], f.valueOf(x.Index)
		if !ok || value == nil && (!wide(basicOf(tv.Type)) || isUnsigned(basicOf(tv.Type))) {
			return true
		}
		ix := index{known: value != nil}
		if ix.known {
			ix.value = integer(value)
		} else if ix.v, ix.factor, ix.plus = f.affine(x.Index); ix.v == nil {
			return true
		}
		see(x, s, ix, f.u.shapes.of(sl.Elem(), x.Pos()).size)
		return true
	})
}

// gather makes strides of the walks that are wanted, one for each slice and factor.
func (f *fn) gather(body ast.Node, wanted func(index, *types.Var) bool) []*strided {
	var found []*strided
	byKey := map[stride]*strided{}
	f.walks(body, func(_ *ast.IndexExpr, s *types.Var, ix index, size int64) {
		if ix.known || !wanted(ix, s) {
			return
		}
		key := stride{ix.v, walked{s, ix.factor}}
		st := byKey[key]
		if st == nil {
			st = &strided{key: key, least: ix.plus, most: ix.plus, size: size}
			byKey[key] = st
			found = append(found, st)
		}
		st.least, st.most = min(st.least, ix.plus), max(st.most, ix.plus)
	})
	return found
}

// beginStrides finds the slices that a loop indexes by its counter and computes their addresses.
func (f *fn) beginStrides(c counted) []*strided {
	if c.v == nil {
		return nil
	}
	found := f.gather(c.body, func(ix index, s *types.Var) bool { return ix.v == c.v && !inside(c.body, s) })
	if len(found) > mostStrides {
		found = found[:mostStrides]
	}
	for _, st := range found {
		f.get(f.slots[st.key.slice].locals[0])
		f.get(c.local)
		if st.key.factor != 1 {
			f.i64Const(st.key.factor)
			f.op(0x7e)
		}
		f.i64Const(st.least)
		f.op(0x7c, 0xa7)
		f.i32Const(int32(st.size))
		f.op(0x6c, 0x6a)
		st.addr = f.local(i32)
		f.set(st.addr)
		f.strides[st.key] = st
	}
	return found
}

// advance moves the addresses on by so many turns.
func (f *fn) advance(found []*strided, turns int64) {
	for _, st := range found {
		st.ahead = 0
		f.get(st.addr)
		f.i32Const(int32(turns * st.key.factor * st.size))
		f.op(0x6a)
		f.set(st.addr)
	}
}

func (f *fn) endStrides(found []*strided) {
	for _, st := range found {
		delete(f.strides, st.key)
	}
}
