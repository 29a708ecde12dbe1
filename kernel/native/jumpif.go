package native

import (
	"go/ast"
	"go/token"
)

// jumpIf branches to a label when a condition is as wanted, and tells what is known where it is not. Conditions become
// branches rather than values, so that a comparison and its jump stay together.
func (f *fn) jumpIf(e ast.Expr, to label, want bool) (passed facts) {
	e = ast.Unparen(e)
	if f.info.Types[e].Value == nil {
		switch x := e.(type) {
		case *ast.UnaryExpr:
			if x.Op == token.NOT {
				return f.jumpIf(x.X, to, !want)
			}
		case *ast.BinaryExpr:
			switch x.Op {
			case token.LAND, token.LOR:
				return f.jumpLogical(x, to, want)
			}
		}
	}
	f.expr(e)
	f.jump(to, want)
	return f.facts
}

// jump branches when the condition on the stack is as wanted. It is an if around a br rather than a br_if: where the
// target has other ways in, wazero splits the edge of a br_if, and then no longer joins the comparison with its jump.
func (f *fn) jump(to label, want bool) {
	f.iff()
	if !want {
		f.els()
	}
	f.br(to)
	f.end()
}

// jumpLogical is && and ||: with &&, the left side false decides; with ||, the left side true.
func (f *fn) jumpLogical(x *ast.BinaryExpr, to label, want bool) (passed facts) {
	decided := x.Op == token.LOR
	if decided == want {
		passed = f.jumpIf(x.X, to, want)
		f.given(passed, func() { passed = f.jumpIf(x.Y, to, want) })
		return passed
	}
	skip := f.block()
	passed = f.jumpIf(x.X, skip, decided)
	f.given(passed, func() { f.jumpIf(x.Y, to, want) })
	f.end()
	return f.facts
}

// apart lowers code that may not run: what it learns is forgotten.
func (f *fn) apart(code func()) { f.given(f.facts, code) }

// given does so for code that knows more than what is known behind it.
func (f *fn) given(known facts, code func()) {
	outer := f.facts
	f.facts = known.branch()
	code()
	f.facts = outer
}
