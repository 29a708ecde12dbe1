package native

import (
	"go/ast"
	"go/types"
)

// steady reports a slice variable that nothing in the function changes, so that facts about it last.
func (f *fn) steady(v *types.Var) bool {
	return v != nil && f.look.writes[v] == 0 && !f.look.allWrite[v]
}

// checkIndex fails unless the index lies in the slice of the given length.
func (f *fn) checkIndex(x *ast.IndexExpr, s *types.Var, ix index, length uint32) {
	steady := f.steady(s)
	if f.src.template {
		return
	}
	if steady {
		if ix.known && ix.value >= 0 && f.facts.atLeast[s] > ix.value || ix.v != nil && f.facts.knows(ix.v, walked{s, ix.factor}, ix.plus) {
			return
		}
	}
	f.pushIndex(ix)
	f.get(length)
	f.op(0x5a) // i64.ge_u
	f.failIndex(x, ix, func() { f.get(length) })
	switch {
	case !steady:
	case ix.known:
		f.facts.atLeast[s] = max(f.facts.atLeast[s], ix.value+1)
	case ix.v != nil && !f.look.allWrite[ix.v]:
		f.facts.insideBy(ix.v, walked{s, ix.factor}, span{ix.plus, ix.plus})
	}
}

func (f *fn) checkArray(x *ast.IndexExpr, ix index, count int64) {
	f.pushIndex(ix)
	f.i64Const(count)
	f.op(0x5a)
	f.failIndex(x, ix, func() { f.i64Const(count) })
}

// failIndex fails when the condition on the stack holds.
func (f *fn) failIndex(x *ast.IndexExpr, ix index, length func()) {
	f.iff()
	site := f.u.addSite(Site{Pos: x.Pos(), kind: faultIndex, signed: ix.signed})
	f.trap(site, func() { f.pushIndex(ix) }, length)
	f.end()
}

// sliceExpr pushes x[low:high:max].
func (f *fn) sliceExpr(e *ast.SliceExpr) {
	ptr, whole, limit, sh := f.sliceable(e)
	low, high, top := f.bound(e.Low), f.bound(e.High), f.bound(e.Max)
	_, array := f.typeOf(e.X).Underlying().(*types.Array)
	end := limit
	if e.Max != nil {
		f.bounded(e.Max, top, func() { f.get(limit) }, pick(array, faultSlice3Alen, faultSlice3Acap))
		f.bounded(e.High, high, func() { f.pushIndex(top) }, faultSlice3B)
		f.bounded(e.Low, low, func() { f.pushIndex(high) }, faultSlice3C)
		end = f.held(top)
	} else {
		if e.High != nil {
			f.bounded(e.High, high, func() { f.get(limit) }, pick(array, faultSliceAlen, faultSliceAcap))
		} else {
			high = index{local: whole, signed: true}
		}
		f.bounded(e.Low, low, func() { f.pushIndex(high) }, faultSliceB)
	}
	f.piece(ptr, f.held(low), f.held(high), end, sh.size)
}

// sliceable evaluates what is sliced: address, length, capacity.
func (f *fn) sliceable(e *ast.SliceExpr) (ptr, whole, limit uint32, elem *shape) {
	p := f.place(e.X, false)
	switch f.typeOf(e.X).Underlying().(type) {
	case *types.Slice:
		f.read(p)
		parts := f.spill(p.shape)
		return parts[0], parts[1], parts[2], p.shape.elem
	case *types.Array:
		if p.frame {
			f.refuseEscape(e)
		}
		f.read(p)
		ptr, whole = f.local(i32), f.local(i64)
		f.set(ptr)
		f.i64Const(p.shape.count)
		f.set(whole)
		return ptr, whole, whole, p.shape.elem
	}
	refuse(e, "slicing %s", short(f.typeOf(e.X)))
	return
}

// refuseEscape keeps a slice of a local array from outliving the call that made the array.
func (f *fn) refuseEscape(e *ast.SliceExpr) {
	for _, v := range f.parts().results {
		if f.u.shapes.of(v.Type(), v.Pos()).slices {
			refuse(e, "a slice of a local array in a function that returns slices")
		}
	}
	for v := range f.look.allWrite {
		if f.u.shapes.of(v.Type(), e.Pos()).slices {
			refuse(e, "a slice of a local array in a function that sets %s", v.Name())
		}
	}
}

func (f *fn) parts() parts {
	for i, s := range f.u.sources {
		if s == f.src {
			return f.u.parts[i]
		}
	}
	return parts{}
}

// bound evaluates one bound of a slice expression; absent means 0.
func (f *fn) bound(e ast.Expr) index {
	if e == nil {
		return index{known: true, signed: true}
	}
	return f.index(e, true)
}

func (f *fn) held(ix index) uint32 {
	if !ix.known {
		return ix.local
	}
	l := f.local(i64)
	f.pushIndex(ix)
	f.set(l)
	return l
}

// bounded fails unless ix ≤ limit.
func (f *fn) bounded(e ast.Expr, ix index, limit func(), kind fault) {
	if f.src.template || e == nil && ix.known && ix.value == 0 {
		return
	}
	pos := f.pos
	if e != nil {
		pos = e.Pos()
	}
	f.pushIndex(ix)
	limit()
	f.op(0x56) // i64.gt_u
	f.iff()
	f.trap(f.u.addSite(Site{Pos: pos, kind: kind, signed: ix.signed}), func() { f.pushIndex(ix) }, limit)
	f.end()
}

// piece pushes the slice of [low, high) with its capacity up to end. With no capacity left the address stays,
// so that it does not point past the memory it came from.
func (f *fn) piece(ptr, low, high, end uint32, size int64) {
	room := f.local(i64)
	f.get(end)
	f.get(low)
	f.op(0x7d)
	f.set(room)
	f.get(ptr)
	f.get(low)
	f.i64Const(size)
	f.op(0x7e, 0xa7) // i64.mul, i32.wrap_i64
	f.i32Const(0)
	f.get(room)
	f.i64Const(0)
	f.op(0x52, 0x1b) // i64.ne, select
	f.op(0x6a)
	f.get(high)
	f.get(low)
	f.op(0x7d)
	f.get(room)
}

func pick(first bool, a, b fault) fault {
	if first {
		return a
	}
	return b
}
