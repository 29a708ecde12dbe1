package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// rangeStmt writes a range loop by what it ranges over.
func (f *fn) rangeStmt(s *ast.RangeStmt, label string) {
	switch t := f.under(s.X).(type) {
	case *types.Basic:
		if t.Info()&types.IsInteger != 0 {
			f.rangeInt(s, label)
			return
		}
	case *types.Signature:
		f.rangeFunc(s, label, t)
		return
	case *types.Chan:
		f.rangeChan(s, label, t)
		return
	}
	f.rangeOver(s, label)
}

// rangeOver writes a range over a slice, array, string or map.
func (f *fn) rangeOver(s *ast.RangeStmt, label string) {
	f.open("{")
	switch t := f.under(s.X).(type) {
	case *types.Basic:
		f.rangeString(s, label)
	case *types.Map:
		f.rangeElements(s, label, f.expr(s.X), t.Key(), t.Elem())
	case *types.Slice:
		f.rangeElements(s, label, f.expr(s.X), types.Typ[types.Int], t.Elem())
	case *types.Array:
		f.rangeArray(s, label, t, false)
	case *types.Pointer:
		f.rangeArray(s, label, t.Elem().Underlying().(*types.Array), true)
	}
	f.close("}")
}

func wantsValue(s *ast.RangeStmt) bool { return s.Value != nil && !isBlank(s.Value) }

// rangeElements uses a range of yaegi's own, which takes elements that are channels for what is ranged over.
func (f *fn) rangeElements(s *ast.RangeStmt, label, operand string, key, elem types.Type) {
	x, k, v := f.temp(), f.temp(), f.temp()
	f.line("%s := %s", x, operand)
	_, ofChannels := elem.Underlying().(*types.Chan)
	f.label(label)
	switch {
	case !wantsValue(s):
		f.open("for %s := range %s {", k, x)
	case ofChannels:
		f.open("for %s := range %s {", k, x)
		f.line("%s := %s[%s]", v, x, k)
	default:
		f.open("for %s, %s := range %s {", k, v, x)
	}
	f.rangeBody(s, label, [2]string{k, v}, [2]types.Type{key, elem})
}

// rangeArray counts where no element is asked for, or where the array may change as the loop runs.
func (f *fn) rangeArray(s *ast.RangeStmt, label string, t *types.Array, behindPointer bool) {
	if wantsValue(s) && !behindPointer {
		f.rangeElements(s, label, f.expr(s.X), types.Typ[types.Int], t.Elem())
		return
	}
	x, k, v := f.temp(), f.temp(), f.temp()
	if operand := f.expr(s.X); wantsValue(s) || effective(operand) {
		f.line("%s := %s", x, operand)
	}
	f.label(label)
	f.open("for %s := 0; %s < %d; %s++ {", k, k, t.Len(), k)
	if wantsValue(s) {
		f.line("%s := (*%s)[%s]", v, x, k)
	}
	f.rangeBody(s, label, [2]string{k, v}, [2]types.Type{types.Typ[types.Int], t.Elem()})
}

// rangeString asks the host for the runes: yaegi counts the bytes before each rune anew, and invalid ones wrongly.
func (f *fn) rangeString(s *ast.RangeStmt, label string) {
	at, runes, i, k, v := f.temp(), f.temp(), f.temp(), f.temp(), f.temp()
	f.line("%s, %s := rt.Runes(%s)", at, runes, f.expr(s.X))
	f.label(label)
	f.open("for %s, %s := range %s {", i, k, at)
	if wantsValue(s) {
		f.line("%s := %s[%s]", v, runes, i)
	}
	f.rangeBody(s, label, [2]string{k, v}, [2]types.Type{types.Typ[types.Int], types.Typ[types.Rune]})
}

// rangeBody writes what every turn does, with its key and value in variables.
func (f *fn) rangeBody(s *ast.RangeStmt, label string, vals [2]string, from [2]types.Type) {
	f.check()
	f.rangeVars(s, vals[:], from[:])
	f.turn(s.Body, label, nothing)
	f.close("}")
}

// rangeVars gives a turn's values to the user's variables. Where the left side is an expression, all of it is
// evaluated before anything is assigned.
func (f *fn) rangeVars(s *ast.RangeStmt, vals []string, from []types.Type) {
	left := []ast.Expr{s.Key, s.Value}
	if s.Tok == token.ASSIGN && wantsValue(s) && !isBlank(s.Key) {
		targets := f.fixTargets(left)
		for i, l := range left {
			f.line("%s = %s", targets[i], f.convert(vals[i], from[i], f.typeOf(l)))
		}
		return
	}
	f.rangeVar(s, s.Key, vals[0], from[0])
	if wantsValue(s) {
		f.rangeVar(s, s.Value, vals[1], from[1])
	}
}

// rangeVar gives a turn's value to the variable the user named: a new one each turn, or one there already was.
func (f *fn) rangeVar(s *ast.RangeStmt, e ast.Expr, val string, from types.Type) {
	if e == nil || isBlank(e) {
		if e != nil || s.Key != nil {
			f.line("_ = %s", val)
		}
		return
	}
	if s.Tok == token.DEFINE {
		o := f.info.Defs[e.(*ast.Ident)]
		delete(f.locals, o)
		f.line("%s := %s", f.local(o), val)
		return
	}
	f.line("%s = %s", f.target(e), f.convert(val, from, f.typeOf(e)))
}

// rangeInt counts to n, evaluated once.
func (f *fn) rangeInt(s *ast.RangeStmt, label string) {
	t := types.Default(f.typeOf(s.X))
	if s.Key != nil && !isBlank(s.Key) {
		t = f.typeOf(s.Key)
		if o := f.info.Defs[identOf(s.Key)]; o != nil {
			t = f.subst(o.Type(), f.subs)
		}
	}
	n, i := f.temp(), f.temp()
	f.open("{")
	f.line("var %s %s = %s", n, f.typ(t), f.exprTo(s.X, t))
	f.label(label)
	f.open("for %s := %s(0); %s < %s; %s++ {", i, f.typ(t), i, n, i)
	f.check()
	if s.Key != nil {
		f.rangeVar(s, s.Key, i, t)
	}
	f.turn(s.Body, label, nothing)
	f.close("}")
	f.close("}")
}

func identOf(e ast.Expr) *ast.Ident {
	id, _ := e.(*ast.Ident)
	return id
}

// rangeChan receives until the channel is closed.
func (f *fn) rangeChan(s *ast.RangeStmt, label string, t *types.Chan) {
	c, p, ok := f.temp(), f.temp(), f.temp()
	f.open("{")
	f.line("%s := %s", c, f.expr(s.X))
	f.label(label)
	f.open("for {")
	f.check()
	f.line("%s, %s := rt.ReceiveOK(%s)", p, ok, c)
	f.open("if !%s {", ok)
	f.line("break")
	f.close("}")
	f.rangeVar(s, s.Key, fmt.Sprintf("*(%s.(*%s))", p, f.typ(t.Elem())), t.Elem())
	f.turn(s.Body, label, nothing)
	f.close("}")
	f.close("}")
}
