package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// rangeStmt runs over an integer, a slice or an array.
func (f *fn) rangeStmt(s *ast.RangeStmt, name string) {
	t := f.typeOf(s.X)
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if k := basicOf(t); isInteger(k) {
			f.rangeInteger(s, name)
			return
		}
	case *types.Slice:
		f.rangeSlice(s, name)
		return
	case *types.Array:
		f.rangeArray(s, name, u)
		return
	}
	refuse(s, "a range over %s", short(t))
}

func (f *fn) rangeInteger(s *ast.RangeStmt, name string) {
	t := f.typeOf(s.X)
	if s.Key != nil && !isBlank(s.Key) {
		if id, ok := s.Key.(*ast.Ident); ok {
			if v, ok := f.info.Defs[id].(*types.Var); ok {
				t = v.Type()
			}
		}
	}
	k := basicOf(t)
	limit := f.local(valOf(k))
	f.operand(s.X, k)
	f.set(limit)
	end, _ := f.intOf(s.X)
	f.count(s, name, k, counted{limit: func() { f.get(limit) }, end: end, body: s.Body}, func(counter uint32) {
		f.rangeKey(s, counter)
	})
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// rangeKey sets the key, unless it is the counter itself.
func (f *fn) rangeKey(s *ast.RangeStmt, counter uint32) {
	if id, ok := s.Key.(*ast.Ident); ok && s.Tok == token.DEFINE {
		if v, ok := f.info.Defs[id].(*types.Var); ok && f.slots[v] != nil && f.slots[v].locals[0] == counter {
			return
		}
	}
	f.rangeSet(s, s.Key, func() { f.get(counter) })
}

// rangeSet gives the loop's variable its value for this turn.
func (f *fn) rangeSet(s *ast.RangeStmt, e ast.Expr, push func()) {
	if e == nil || isBlank(e) {
		return
	}
	as := &ast.AssignStmt{Tok: s.Tok, TokPos: s.TokPos}
	p := f.target(as, e, true)
	push()
	f.write(*p, f.spill(p.shape))
}

func (f *fn) rangeSlice(s *ast.RangeStmt, name string) {
	sh := f.shapeOf(s.X)
	v := f.varOf(s.X)
	f.expr(s.X)
	parts := f.spill(sh)
	c := counted{limit: func() { f.get(parts[1]) }, body: s.Body, value: f.rangeValue(s), over: v, from: parts[0], assume: func() { f.assumeRange(s, v) }}
	f.count(s, name, types.Int, c, func(counter uint32) {
		ix := index{local: counter, signed: true}
		f.rangeKey(s, counter)
		if s.Value != nil && !isBlank(s.Value) {
			at := f.scaled(parts[0], ix, sh.elem.size)
			f.rangeSet(s, s.Value, func() { f.read(place{shape: sh.elem, addr: at}) })
		}
	})
}

// rangeValue is the loop's own variable for the elements.
func (f *fn) rangeValue(s *ast.RangeStmt) *types.Var {
	id, ok := s.Value.(*ast.Ident)
	if !ok || s.Tok != token.DEFINE {
		return nil
	}
	v, _ := f.info.Defs[id].(*types.Var)
	return v
}

// assumeRange knows that the key lies in the slice, when neither changes.
func (f *fn) assumeRange(s *ast.RangeStmt, v *types.Var) {
	id, ok := s.Key.(*ast.Ident)
	if !ok || s.Tok != token.DEFINE || !f.steady(v) {
		return
	}
	if i, ok := f.info.Defs[id].(*types.Var); ok && f.look.writes[i] == 0 {
		f.facts.inside(i, v, span{})
	}
}

func (f *fn) rangeArray(s *ast.RangeStmt, name string, u *types.Array) {
	sh := f.shapeOf(s.X)
	var addr uint32
	if s.Value != nil && !isBlank(s.Value) {
		// The range is over a copy of the array.
		f.expr(s.X)
		addr = f.settle(sh)[0]
	}
	limit := f.held(index{known: true, value: u.Len()})
	c := counted{limit: func() { f.get(limit) }, body: s.Body, value: f.rangeValue(s), from: addr}
	f.count(s, name, types.Int, c, func(counter uint32) {
		f.rangeKey(s, counter)
		if s.Value != nil && !isBlank(s.Value) {
			at := f.scaled(addr, index{local: counter}, sh.elem.size)
			f.rangeSet(s, s.Value, func() { f.read(place{shape: sh.elem, addr: at}) })
		}
	})
}
