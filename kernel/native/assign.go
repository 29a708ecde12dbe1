package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (f *fn) assign(s *ast.AssignStmt) {
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		f.operate(s, s.Lhs[0], binaryOf(s.Tok), s.Rhs[0])
	case len(s.Lhs) == 1:
		f.assignOne(s, s.Lhs[0], s.Rhs[0])
	case len(s.Rhs) == 1:
		f.assignResults(s)
	default:
		f.assignMany(s)
	}
}

// target is the place an assignment goes to; nil for the blank name.
func (f *fn) target(s *ast.AssignStmt, e ast.Expr, later bool) *place {
	if id, ok := e.(*ast.Ident); ok {
		if id.Name == "_" {
			return nil
		}
		if v, ok := f.info.Defs[id].(*types.Var); ok && s.Tok == token.DEFINE {
			sl := f.slotFor(v)
			return &place{shape: sl.shape, locals: sl.locals, addr: sl.addr, off: sl.off, v: v}
		}
	}
	p := f.place(e, later)
	return &p
}

// value pushes an assignment's right side as the type of its place.
func (f *fn) value(e ast.Expr, p *place) *shape {
	if p == nil {
		sh := f.shapeOf(e)
		f.expr(e)
		return sh
	}
	f.pushAs(e, p.shape.typ)
	return p.shape
}

func (f *fn) assignOne(s *ast.AssignStmt, l, r ast.Expr) {
	p := f.target(s, l, true)
	sh := f.value(r, p)
	if p == nil {
		f.spill(sh)
		return
	}
	if !p.inMemory() {
		f.setAll(p.locals)
		f.changed(p)
		f.noteLength(s, l, r)
		return
	}
	from := f.spill(sh)
	if sh.memory && sh.size > 128 && overlaps(r) {
		f.get(from[0])
		from = f.settle(sh)
	}
	f.write(*p, from)
}

// noteLength remembers n := len(s) when neither changes.
func (f *fn) noteLength(s *ast.AssignStmt, l, r ast.Expr) {
	id, ok := l.(*ast.Ident)
	if !ok || s.Tok != token.DEFINE {
		return
	}
	if v, ok := f.info.Defs[id].(*types.Var); ok && f.look.writes[v] == 0 {
		if of := f.lengthOf(r); of != nil {
			f.lengths[v] = of
		}
	}
}

// overlaps reports an expression whose value may lie in the memory that is being assigned.
func overlaps(e ast.Expr) bool {
	_, lit := ast.Unparen(e).(*ast.CompositeLit)
	return !lit
}

func (f *fn) changed(p *place) {
	if p.v != nil {
		f.facts.forget(p.v)
	}
}

// assignMany evaluates both sides before it sets anything.
func (f *fn) assignMany(s *ast.AssignStmt) {
	places := make([]*place, len(s.Lhs))
	values := make([][]uint32, len(s.Lhs))
	for i, l := range s.Lhs {
		places[i] = f.target(s, l, true)
	}
	for i, r := range s.Rhs {
		values[i] = f.settle(f.value(r, places[i]))
	}
	for i, p := range places {
		if p != nil {
			f.write(*p, values[i])
		}
	}
}

// assignResults spreads the results of a call.
func (f *fn) assignResults(s *ast.AssignStmt) {
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok {
		refuse(s, "this assignment")
	}
	places := make([]*place, len(s.Lhs))
	for i, l := range s.Lhs {
		places[i] = f.target(s, l, true)
	}
	tuple, ok := f.typeOf(call).(*types.Tuple)
	if !ok {
		refuse(s, "this assignment")
	}
	f.expr(call)
	values := make([][]uint32, len(places))
	for i := len(places) - 1; i >= 0; i-- {
		values[i] = f.spill(f.u.shapes.of(tuple.At(i).Type(), call.Pos()))
	}
	for i, p := range places {
		if p != nil {
			f.write(*p, values[i])
		}
	}
}

// operate is x op= y.
func (f *fn) operate(n ast.Stmt, x ast.Expr, op token.Token, y ast.Expr) {
	p := f.place(x, false)
	k := basicOf(p.shape.typ)
	if k == types.Invalid {
		refuse(n, "operator %s", op)
	}
	f.read(p)
	switch {
	case op == token.SHL || op == token.SHR:
		f.shift(n, op, k, y)
	case isComplex(k):
		f.operand(y, k)
		f.complexArith(n, op, k)
	default:
		f.operand(y, k)
		f.arith(n, op, k)
	}
	if !p.inMemory() {
		f.setAll(p.locals)
		f.changed(&p)
		return
	}
	f.write(p, f.spill(p.shape))
}

func (f *fn) incDec(s *ast.IncDecStmt) {
	p := f.place(s.X, false)
	k := basicOf(p.shape.typ)
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	f.read(p)
	f.one(s, k)
	if isComplex(k) {
		f.complexArith(s, op, k)
	} else {
		f.arith(s, op, k)
	}
	f.write(p, f.spill(p.shape))
}

func (f *fn) one(n ast.Node, k types.BasicKind) {
	switch {
	case k == types.Complex64:
		f.f32Const(1)
		f.f32Const(0)
	case k == types.Complex128:
		f.f64Const(1)
		f.f64Const(0)
	case k == types.Float64:
		f.f64Const(1)
	case k == types.Float32:
		f.f32Const(1)
	case wide(k):
		f.i64Const(1)
	case isInteger(k):
		f.i32Const(1)
	default:
		refuse(n, "++ of %s", types.Typ[k])
	}
}

// binaryOf is the operator within an assignment operator.
func binaryOf(t token.Token) token.Token {
	return t - token.ADD_ASSIGN + token.ADD
}
