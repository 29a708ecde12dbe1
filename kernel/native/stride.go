package native

import (
	"go/ast"
	"go/types"
)

// A stride is a slice walked by the counter of a loop. Its address is kept in a local that goes up by one
// element each turn.
type stride struct{ counter, slice *types.Var }

type strided struct {
	key   stride
	addr  uint32
	least int64 // the address is that of element counter + least
	most  int64 // the largest constant added to the counter
	size  int64
}

// mostStrides keeps the addresses in registers.
const mostStrides = 6

// beginStrides finds the slices that a loop indexes by counter + constant and computes their addresses.
func (f *fn) beginStrides(c counted) []*strided {
	if c.v == nil {
		return nil
	}
	var found []*strided
	byKey := map[stride]*strided{}
	ast.Inspect(c.body, func(n ast.Node) bool {
		x, ok := n.(*ast.IndexExpr)
		if !ok {
			return true
		}
		v, plus := f.shifted(x.Index)
		s := f.varOf(x.X)
		if v != c.v || s == nil || !f.steady(s) || f.slots[s] == nil || f.slots[s].shape.memory {
			return true
		}
		sl, ok := s.Type().Underlying().(*types.Slice)
		if !ok {
			return true
		}
		key := stride{v, s}
		st := byKey[key]
		if st == nil {
			st = &strided{key: key, least: plus, most: plus, size: f.u.shapes.of(sl.Elem(), x.Pos()).size}
			byKey[key] = st
			found = append(found, st)
		}
		st.least, st.most = min(st.least, plus), max(st.most, plus)
		return true
	})
	if len(found) > mostStrides {
		found = found[:mostStrides]
	}
	for _, st := range found {
		f.get(f.slots[st.key.slice].locals[0])
		f.get(c.local)
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

func (f *fn) advance(found []*strided) {
	for _, st := range found {
		f.get(st.addr)
		f.i32Const(int32(st.size))
		f.op(0x6a)
		f.set(st.addr)
	}
}

func (f *fn) endStrides(found []*strided) {
	for _, st := range found {
		delete(f.strides, st.key)
	}
}
