package native

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// valueOf is the constant value of e, nil when it has none: what the type checker found or, in a loop that is written out, what an
// int computed of its counter comes to. Go's ints wrap, as those here do.
func (f *fn) valueOf(e ast.Expr) constant.Value {
	if v := f.info.Types[e].Value; v != nil || len(f.counters) == 0 {
		return v
	}
	if n, ok := f.intOf(e); ok {
		return constant.MakeInt64(n)
	}
	return nil
}

func (f *fn) intOf(e ast.Expr) (n int64, ok bool) {
	tv := f.info.Types[e]
	if tv.Type == nil || basicOf(tv.Type) != types.Int {
		if v := tv.Value; v != nil && v.Kind() == constant.Int {
			return constant.Int64Val(v)
		}
		return 0, false
	}
	if tv.Value != nil {
		return integer(tv.Value), true
	}
	switch x := e.(type) {
	case *ast.ParenExpr:
		return f.intOf(x.X)
	case *ast.Ident:
		n, ok = f.counters[f.varOf(x)]
		return n, ok
	case *ast.BinaryExpr:
		a, left := f.intOf(x.X)
		b, right := f.intOf(x.Y)
		if left && right {
			return integerOf(x.Op, a, b)
		}
	}
	return 0, false
}

// integerOf is a op b, where that does not fail.
func integerOf(op token.Token, a, b int64) (n int64, ok bool) {
	switch op {
	case token.ADD:
		return a + b, true
	case token.SUB:
		return a - b, true
	case token.MUL:
		return a * b, true
	case token.QUO:
		if b != 0 {
			return a / b, true
		}
	case token.REM:
		if b != 0 {
			return a % b, true
		}
	}
	return 0, false
}

// decided is what a comparison of known ints comes to.
func (f *fn) decided(e ast.Expr) (holds, ok bool) {
	x, isBinary := ast.Unparen(e).(*ast.BinaryExpr)
	if !isBinary || len(f.counters) == 0 {
		return false, false
	}
	switch x.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		a, left := f.intOf(x.X)
		b, right := f.intOf(x.Y)
		if left && right {
			return constant.Compare(constant.MakeInt64(a), x.Op, constant.MakeInt64(b)), true
		}
	}
	return false, false
}
