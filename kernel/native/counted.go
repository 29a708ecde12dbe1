package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// counted describes a loop whose counter goes up by one to a limit that does not change.
type counted struct {
	v      *types.Var // the loop's own variable, when the counter is that
	local  uint32     // the counter
	start  int64      // its first value, or −1 when that is not a constant
	end    int64      // the limit, or 0 when that is not a constant
	limit  func()     // pushes the limit
	body   *ast.BlockStmt
	value  *types.Var // the element, of a range with values
	over   *types.Var // the slice, of a range with values, when a variable names it
	from   uint32     // the address of its first
	enter  func()     // sets a range's variables at the begin of a turn
	assume func()     // takes the facts that the loop's condition gives
}

// count runs a range: its counter is a local of its own, and what the body does to the variable does not move
// it. When the body leaves the variable alone the two are one.
func (f *fn) count(s *ast.RangeStmt, name string, k types.BasicKind, c counted, enter func(counter uint32)) {
	val := valOf(k)
	c.local = f.local(val)
	if id, ok := s.Key.(*ast.Ident); ok && s.Tok == token.DEFINE {
		if v, ok := f.info.Defs[id].(*types.Var); ok && f.look.writes[v] == 0 && val == i64 {
			c.v = v
			c.local = f.slotFor(v).locals[0]
		}
	}
	f.zero(val)
	f.set(c.local)
	c.enter = func() { enter(c.local) }
	body := func() {
		c.enter()
		f.stmts(s.Body.List)
	}
	if val == i64 && !isUnsigned(k) {
		f.chunks(s, name, c, body)
		return
	}
	f.turns(s, name, turn{
		leave: func(out label) facts {
			f.get(c.local)
			c.limit()
			f.compareScalars(s, token.GEQ, k)
			f.jump(out, true)
			return f.facts
		},
		body: body,
		post: func() {
			f.get(c.local)
			f.one(s, k)
			f.arith(s, token.ADD, k)
			f.set(c.local)
		},
	})
}

// countedFor lowers for i := a; i < n; i++ where the body leaves i and n alone.
func (f *fn) countedFor(s *ast.ForStmt, name string) bool {
	i, start, ok := f.counter(s)
	if !ok {
		return false
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.LSS || f.varOf(cond.X) != i || !f.constantIn(cond.Y, s.Body) {
		return false
	}
	limit := f.local(i64)
	f.operand(cond.Y, types.Int)
	f.set(limit)
	c := counted{v: i, local: f.slots[i].locals[0], start: start, limit: func() { f.get(limit) }, body: s.Body}
	c.end, _ = f.intOf(cond.Y)
	c.assume = func() {
		if of, less := f.lengthLess(cond.Y); of != nil && start >= 0 && less >= 0 {
			f.facts.inside(i, of, span{-start, less})
		}
	}
	f.chunks(s, name, c, func() { f.stmts(s.Body.List) })
	return true
}

// counter is the variable of for i := a; …; i++, when the body leaves it alone, and the constant a, or −1.
func (f *fn) counter(s *ast.ForStmt) (i *types.Var, start int64, ok bool) {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return nil, 0, false
	}
	post, ok := s.Post.(*ast.IncDecStmt)
	if !ok || post.Tok != token.INC {
		return nil, 0, false
	}
	id, ok := init.Lhs[0].(*ast.Ident)
	if !ok {
		return nil, 0, false
	}
	i, ok = f.info.Defs[id].(*types.Var)
	if !ok || basicOf(i.Type()) != types.Int || f.varOf(post.X) != i || f.look.writes[i] != 1 {
		return nil, 0, false
	}
	start = -1
	if n, ok := f.intOf(init.Rhs[0]); ok {
		start = n
	}
	return i, start, true
}

// constantIn reports an expression of constants, lengths and variables that a loop cannot change.
func (f *fn) constantIn(e ast.Expr, body ast.Node) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		if f.info.Types[e].Value != nil {
			return true
		}
		v := f.varOf(x)
		return v != nil && !f.look.allWrite[v] && !f.sets(body, v)
	case *ast.BinaryExpr:
		plain := x.Op == token.ADD || x.Op == token.SUB || x.Op == token.MUL || x.Op == token.QUO && f.info.Types[x.Y].Value != nil
		return plain && f.constantIn(x.X, body) && f.constantIn(x.Y, body)
	case *ast.CallExpr:
		return f.lengthOf(x) != nil
	}
	return false
}

// sets reports whether a statement assigns to the variable.
func (f *fn) sets(body ast.Node, v *types.Var) bool {
	if f.look.writes[v] == 0 {
		return false
	}
	look := &survey{writes: map[*types.Var]int{}, written: map[*types.Var]bool{}}
	ast.Inspect(body, func(n ast.Node) bool {
		look.assignments(f.src, n)
		return true
	})
	return look.writes[v] > 0
}

// lengthOf recognises len(s) for a slice that nothing changes.
func (f *fn) lengthOf(e ast.Expr) *types.Var {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v := f.varOf(x); v != nil {
			return f.lengths[v]
		}
	case *ast.CallExpr:
		if !f.info.Types[x.Fun].IsBuiltin() || builtinName(x.Fun) != "len" {
			return nil
		}
		v := f.varOf(x.Args[0])
		if v == nil || !f.steady(v) {
			return nil
		}
		if _, ok := v.Type().Underlying().(*types.Slice); ok {
			return v
		}
	}
	return nil
}

// lengthLess recognises len(s) and len(s)−c.
func (f *fn) lengthLess(e ast.Expr) (*types.Var, int64) {
	if v := f.lengthOf(e); v != nil {
		return v, 0
	}
	x, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || x.Op != token.SUB || f.info.Types[x.Y].Value == nil {
		return nil, 0
	}
	return f.lengthOf(x.X), integer(f.info.Types[x.Y].Value)
}

func (f *fn) varOf(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := f.info.Uses[id].(*types.Var)
	return v
}
