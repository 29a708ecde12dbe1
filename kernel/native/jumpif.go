package native

import (
	"go/ast"
	"go/token"
)

// jumpIf branches to a label when a condition is as wanted. Conditions become branches rather than values, so
// that a comparison and its jump stay together.
func (f *fn) jumpIf(e ast.Expr, to label, want bool) {
	e = ast.Unparen(e)
	if f.info.Types[e].Value == nil {
		switch x := e.(type) {
		case *ast.UnaryExpr:
			if x.Op == token.NOT {
				f.jumpIf(x.X, to, !want)
				return
			}
		case *ast.BinaryExpr:
			switch x.Op {
			case token.LAND, token.LOR:
				f.jumpLogical(x, to, want)
				return
			}
			if !want && f.jumpUnless(x, to) {
				return
			}
		}
	}
	if want {
		f.expr(e)
		f.brIf(to)
		return
	}
	skip := f.block()
	f.expr(e)
	f.brIf(skip)
	f.br(to)
	f.end()
}

// jumpLogical is && and ||: with &&, the left side false decides; with ||, the left side true.
func (f *fn) jumpLogical(x *ast.BinaryExpr, to label, want bool) {
	decided := x.Op == token.LOR
	if decided == want {
		f.jumpIf(x.X, to, want)
		f.apart(func() { f.jumpIf(x.Y, to, want) })
		return
	}
	skip := f.block()
	f.jumpIf(x.X, skip, decided)
	f.apart(func() { f.jumpIf(x.Y, to, want) })
	f.end()
}

// apart lowers code that may not run: what it learns is forgotten.
func (f *fn) apart(code func()) {
	outer := f.facts
	f.facts = outer.branch()
	code()
	f.facts = outer
}

var opposite = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL,
	token.LSS: token.GEQ, token.GEQ: token.LSS, token.LEQ: token.GTR, token.GTR: token.LEQ,
}

// jumpUnless branches when a comparison of integers fails, or of floats for equality; the order of floats has
// no opposite, because of NaN.
func (f *fn) jumpUnless(x *ast.BinaryExpr, to label) bool {
	op, ok := opposite[x.Op]
	if !ok || f.info.Types[x.X].IsNil() || f.info.Types[x.Y].IsNil() {
		return false
	}
	t := f.typeOf(x.X)
	if f.info.Types[x.X].Value != nil {
		t = f.typeOf(x.Y)
	}
	k := basicOf(t)
	if !isInteger(k) && !(isFloat(k) && (op == token.EQL || op == token.NEQ)) {
		return false
	}
	f.operand(x.X, k)
	f.rightOperand(x.Y, k)
	f.compareScalars(x, op, k)
	f.brIf(to)
	return true
}
