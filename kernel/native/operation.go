package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// An operation is one on two local variables of a floating-point type. Its result has a local of its own, and is taken
// from there for as long as neither variable was set: what a loop's condition has computed, its body need not.
type operation struct {
	op   token.Token
	x, y *types.Var
}

// operationOf recognises an operation.
func (f *fn) operationOf(e *ast.BinaryExpr) (operation, bool) {
	switch e.Op {
	case token.ADD, token.SUB, token.MUL, token.QUO:
	default:
		return operation{}, false
	}
	o := operation{e.Op, f.localFloat(e.X), f.localFloat(e.Y)}
	return o, o.x != nil && o.y != nil
}

// localFloat is the variable that an expression names, if nobody else can set it.
func (f *fn) localFloat(e ast.Expr) *types.Var {
	v := f.varOf(e)
	if v == nil || !isFloat(basicOf(v.Type())) || f.slots[v] == nil || f.slots[v].outer {
		return nil
	}
	return v
}

// compute keeps the result of an operation.
func (f *fn) compute(x *ast.BinaryExpr, o operation) {
	k := basicOf(f.typeOf(x))
	f.expr(x.X)
	f.expr(x.Y)
	f.arith(x, x.Op, k)
	l, ok := f.resultLocals[o]
	if !ok {
		l = f.local(valOf(k))
		f.resultLocals[o] = l
	}
	f.set(l)
	f.facts.results[o] = true
}
