package native

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// A place is where a value is: in locals, or in memory. When its bounds check is put off, check does it.
type place struct {
	shape  *shape
	locals []uint32
	addr   uint32
	off    int64
	check  func()
	v      *types.Var // when the place is a whole variable
	frame  bool       // in the frame of this call, which ends with it

	element *elementKey // when the place is an element at a constant index of a slice that stays what it is
}

func (p place) inMemory() bool { return p.locals == nil }

// place evaluates the operands of an expression that names a variable, a field or an element. With later, the
// operands are kept as they are now and the bounds check is left to the caller, as an assignment wants it.
func (f *fn) place(e ast.Expr, later bool) place {
	switch x := e.(type) {
	case *ast.ParenExpr:
		return f.place(x.X, later)
	case *ast.Ident:
		return f.variable(x)
	case *ast.SelectorExpr:
		return f.fieldPlace(x, later)
	case *ast.IndexExpr:
		if _, ok := f.typeOf(x.X).Underlying().(*types.Slice); ok {
			return f.element(x, later)
		}
		if _, ok := f.typeOf(x.X).Underlying().(*types.Array); ok {
			return f.arrayElement(x, later)
		}
		refuse(x, "indexing %s", short(f.typeOf(x.X)))
	}
	sh := f.shapeOf(e)
	f.expr(e)
	ls := f.spill(sh)
	if sh.memory {
		return place{shape: sh, addr: ls[0]}
	}
	return place{shape: sh, locals: ls}
}

func (f *fn) variable(id *ast.Ident) place {
	obj := f.info.Uses[id]
	if obj == nil {
		obj = f.info.Defs[id]
	}
	v, ok := obj.(*types.Var)
	if !ok {
		refuse(id, "%s", id.Name)
	}
	s := f.slots[v]
	if s == nil {
		if _, isFunc := v.Type().Underlying().(*types.Signature); isFunc {
			refuse(id, "%s, a function, is used as a value", id.Name)
		}
		s = f.slotFor(v)
	}
	return place{shape: s.shape, locals: s.locals, addr: s.addr, off: s.off, v: v, frame: s.shape.memory && !s.outer}
}

// fieldPlace narrows a place to a field, through embedded structs.
func (f *fn) fieldPlace(x *ast.SelectorExpr, later bool) place {
	sel := f.info.Selections[x]
	if sel == nil {
		refuse(x, "%s.%s", types.ExprString(x.X), x.Sel.Name)
	}
	if sel.Kind() != types.FieldVal {
		refuse(x, "a method value")
	}
	p := f.place(x.X, later)
	for _, i := range sel.Index() {
		if p.shape.fields == nil {
			refuse(x, "a pointer")
		}
		fl := p.shape.fields[i]
		if p.inMemory() {
			p.off += fl.off
		} else {
			p.locals = p.locals[fl.first : fl.first+len(fl.shape.leaves)]
		}
		p.shape, p.v = fl.shape, nil
	}
	return p
}

// element is a slice's element.
func (f *fn) element(x *ast.IndexExpr, later bool) place {
	base := f.place(x.X, later)
	var parts []uint32
	if base.inMemory() {
		f.read(base)
		parts = f.spill(base.shape)
	} else {
		parts = base.locals
		if later {
			parts = f.keep(parts, base.shape)
		}
	}
	sh := base.shape.elem
	ix := f.index(x.Index, later)
	p := place{shape: sh, addr: parts[0]}
	check := func() { f.checkIndex(x, base.v, ix, parts[1]) }
	if later {
		p.check = check
	} else {
		check()
	}
	if ix.known && ix.value >= 0 && ix.value*sh.size < 1<<31 {
		p.off = ix.value * sh.size
		if f.steady(base.v) && len(sh.leaves) == 1 && sh.leaves[0].val == f64 {
			p.element = &elementKey{base.v, ix.value}
		}
		return p
	}
	if st := f.strides[stride{ix.v, walked{base.v, ix.factor}}]; ix.v != nil && base.v != nil && st != nil {
		p.addr, p.off = st.addr, (ix.plus-st.least+st.ahead)*sh.size
		return p
	}
	p.addr = f.scaled(parts[0], ix, sh.size)
	return p
}

// arrayElement is an element of an array that lives in memory.
func (f *fn) arrayElement(x *ast.IndexExpr, later bool) place {
	base := f.place(x.X, later)
	ix := f.index(x.Index, later)
	p := place{shape: base.shape.elem, addr: base.addr, off: base.off, check: base.check, frame: base.frame}
	count := base.shape.count
	if ix.known && ix.value >= 0 && ix.value < count {
		p.off += ix.value * p.shape.size
		return p
	}
	check := func() {
		if before := base.check; before != nil {
			before()
		}
		f.checkArray(x, ix, count)
	}
	if later {
		p.check = check
	} else {
		check()
	}
	p.addr = f.scaled(base.addr, ix, p.shape.size)
	return p
}

// keep copies locals that an assignment could change before they are used.
func (f *fn) keep(from []uint32, sh *shape) []uint32 {
	f.getAll(from)
	return f.spill(sh)
}

// An index is a constant or an i64 local, perhaps known to be a variable times a factor plus a constant.
type index struct {
	known        bool
	value        int64
	local        uint32
	signed       bool
	v            *types.Var
	factor, plus int64
}

func (f *fn) index(e ast.Expr, later bool) index {
	tv := f.info.Types[e]
	if v := f.valueOf(e); v != nil {
		if n, ok := constant.Int64Val(constant.ToInt(v)); ok {
			return index{known: true, value: n, signed: true}
		}
	}
	k := basicOf(tv.Type)
	ix := index{signed: !isUnsigned(k)}
	if wide(k) && ix.signed {
		ix.v, ix.factor, ix.plus = f.affine(e)
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok && ix.v != nil && !later {
		ix.local = f.variable(id).locals[0]
		return ix
	}
	f.expr(e)
	f.extend(k)
	ix.local = f.local(i64)
	f.set(ix.local)
	return ix
}

// affine recognises v, c·v, v+c, c+v and v−c and c·v+c, with small constants.
func (f *fn) affine(e ast.Expr) (v *types.Var, factor, plus int64) {
	x, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok {
		return f.varOf(e), 1, 0
	}
	if r, ok := f.ringed[x]; ok {
		return r.counter, 1, r.plus
	}
	left, c := x.X, f.valueOf(x.Y)
	if c == nil && x.Op != token.SUB {
		left, c = x.Y, f.valueOf(x.X)
	}
	if c == nil {
		return nil, 0, 0
	}
	n := integer(c)
	if n < 0 || n > 1<<9 {
		return nil, 0, 0
	}
	switch x.Op {
	case token.ADD:
		v, factor, plus = f.affine(left)
		return v, factor, plus + n
	case token.SUB:
		v, factor, plus = f.affine(left)
		return v, factor, plus - n
	case token.MUL:
		if v = f.varOf(left); v != nil && n > 0 {
			return v, n, 0
		}
	}
	return nil, 0, 0
}

// extend widens the integer on the stack to an i64.
func (f *fn) extend(k types.BasicKind) {
	switch {
	case wide(k):
	case isUnsigned(k):
		f.op(0xad)
	default:
		f.op(0xac)
	}
}

// scaled leaves base + index·size in a new local.
func (f *fn) scaled(base uint32, ix index, size int64) uint32 {
	f.get(base)
	f.pushIndex(ix)
	f.op(0xa7)
	switch {
	case size == 1:
	case size&(size-1) == 0:
		shift := int32(0)
		for s := size; s > 1; s >>= 1 {
			shift++
		}
		f.i32Const(shift)
		f.op(0x74)
	default:
		f.i32Const(int32(size))
		f.op(0x6c)
	}
	f.op(0x6a)
	at := f.local(i32)
	f.set(at)
	return at
}

func (f *fn) pushIndex(ix index) {
	if ix.known && ix.value == 0 {
		f.zero(i64)
	} else if ix.known {
		f.i64Const(ix.value)
	} else {
		f.get(ix.local)
	}
}

// read pushes the value of a place.
func (f *fn) read(p place) {
	switch {
	case p.shape.memory:
		f.address(p.addr, p.off)
	case p.element != nil:
		f.readElement(p)
	case p.inMemory():
		f.load(p.addr, p.off, p.shape)
	default:
		f.getAll(p.locals)
	}
}

// write sets a place from a value held in locals (the address of it, for a value in memory).
func (f *fn) write(p place, from []uint32) {
	if p.check != nil {
		p.check()
	}
	switch {
	case p.shape.memory:
		f.copyMemory(p.addr, p.off, from[0], 0, p.shape.size)
	case p.element != nil:
		f.writeElement(p, from)
	case p.inMemory():
		f.store(p.addr, p.off, p.shape, from)
	default:
		f.getAll(from)
		f.setAll(p.locals)
	}
	if p.v != nil {
		f.facts.forget(p.v)
	}
}
