package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// later evaluates a call's function and arguments now and returns the call that is to happen later.
func (f *fn) later(e *ast.CallExpr) string {
	if id := calleeIdent(e.Fun); id != nil {
		if _, ok := f.info.Uses[id].(*types.Builtin); ok {
			return f.expr(f.withKeptArguments(e))
		}
	}
	c, args := f.callParts(e)
	now := func(s string) string {
		if s == "nil" || s == "" {
			return s
		}
		t := f.temp()
		f.line("%s := %s", t, strings.TrimSuffix(s, "..."))
		return t
	}
	if c.fun == "" {
		c.recv = now(c.kept)
	} else {
		if !isDeclared(c.fun) {
			c.fun = now(c.fun)
		}
		c.recv = now(c.recv)
	}
	for i, a := range args {
		if args[i] = now(a); strings.HasSuffix(a, "...") {
			args[i] += "..."
		}
	}
	return c.call(args)
}

// isDeclared reports a name that goes on meaning the same function.
func isDeclared(fun string) bool {
	return strings.HasPrefix(fun, "rt.") && !strings.ContainsAny(fun, "(")
}

// withKeptArguments gives a built-in's call other arguments: variables with the values they have now.
func (f *fn) withKeptArguments(e *ast.CallExpr) *ast.CallExpr {
	out := *e
	out.Args = make([]ast.Expr, len(e.Args))
	for i, a := range e.Args {
		tv := f.info.Types[a]
		if tv.IsType() || tv.Value != nil || f.isNil(a) {
			out.Args[i] = a
			continue
		}
		v := types.NewVar(a.Pos(), f.pkg, "kept", f.typeOf(a))
		id := &ast.Ident{NamePos: a.Pos(), Name: v.Name()}
		f.info.Types[id], f.info.Uses[id] = types.TypeAndValue{Type: v.Type()}, v
		f.line("%s := %s", f.local(v), f.expr(a))
		out.Args[i] = id
	}
	f.info.Types[&out] = f.info.Types[e]
	return &out
}

func (f *fn) deferStmt(s *ast.DeferStmt) {
	if f.defers == "" {
		f.defers = "rt.Cell()"
	}
	call := f.later(s.Call)
	if f.mayRecover(s.Call) {
		call = "rt.Direct(); " + call
	}
	f.task(f.defers+".Push", call)
}

// mayRecover reports a deferred function that may call recover itself, which works in no function it calls in turn.
func (f *fn) mayRecover(e *ast.CallExpr) bool {
	fun := ast.Unparen(e.Fun)
	if lit, ok := fun.(*ast.FuncLit); ok {
		return recoversIn(lit.Body)
	}
	switch o := f.info.Uses[orBlank(calleeIdent(fun))].(type) {
	case *types.Builtin:
		return false
	case *types.Func:
		return f.recovering[o.Origin()]
	}
	return true
}

// recoversIn reports whether a function's own body calls recover.
func recoversIn(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			id, ok := ast.Unparen(n.Fun).(*ast.Ident)
			found = found || ok && id.Name == "recover"
		}
		return !found
	})
	return found
}

// task hands a call to the host to make later, through a name: see hoisted.
func (f *fn) task(host, call string) {
	t := f.temp()
	f.line("%s := func() { %s }", t, call)
	f.line("%s(%s)", host, t)
}
