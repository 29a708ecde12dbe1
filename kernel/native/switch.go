package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// switchStmt lays its bodies out one after another, each behind the end of a block that its test jumps out of.
func (f *fn) switchStmt(s *ast.SwitchStmt, name string) {
	if s.Init != nil {
		f.stmt(s.Init)
	}
	tag, k := f.tag(s)
	outer := f.facts
	out := f.block()
	clauses := s.Body.List
	starts := make([]label, len(clauses))
	for i := len(clauses) - 1; i >= 0; i-- {
		starts[i] = f.block()
	}
	f.facts = outer.branch()
	otherwise := out
	for i, c := range clauses {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			otherwise = starts[i]
		}
		for _, e := range c.List {
			f.matches(e, tag, k)
			f.jump(starts[i], true)
		}
	}
	f.br(otherwise)
	f.jumps = append(f.jumps, jump{name: name, out: out})
	for _, c := range clauses {
		f.end()
		f.facts = outer.branch()
		body := c.(*ast.CaseClause).Body
		f.stmts(body)
		if !fallsThrough(body) {
			f.br(out)
		}
	}
	f.jumps = f.jumps[:len(f.jumps)-1]
	f.end()
	f.facts = outer
	f.forgetChanged(s)
}

// tag evaluates the switch's value once; without one the cases are conditions.
func (f *fn) tag(s *ast.SwitchStmt) (local uint32, k types.BasicKind) {
	if s.Tag == nil {
		return 0, types.Invalid
	}
	k = basicOf(f.typeOf(s.Tag))
	if k == types.Invalid || isComplex(k) {
		refuse(s, "a switch over %s", short(f.typeOf(s.Tag)))
	}
	f.u.shapes.of(f.typeOf(s.Tag), s.Pos())
	f.operand(s.Tag, k)
	local = f.local(valOf(k))
	f.set(local)
	return local, k
}

func (f *fn) matches(e ast.Expr, tag uint32, k types.BasicKind) {
	if k == types.Invalid {
		f.expr(e)
		return
	}
	f.get(tag)
	f.operand(e, k)
	f.compareScalars(e, token.EQL, k)
}

func fallsThrough(body []ast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	b, ok := body[len(body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}
