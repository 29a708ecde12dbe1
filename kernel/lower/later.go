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

// spreadOut gives a built-in whose arguments are the results of one call a variable for each.
func (f *fn) spreadOut(e *ast.CallExpr) *ast.CallExpr {
	if len(e.Args) != 1 {
		return e
	}
	t, ok := f.typeOf(e.Args[0]).(*types.Tuple)
	if !ok {
		return e
	}
	out := *e
	out.Args = nil
	for i, name := range f.tuple(e.Args[0], t) {
		out.Args = append(out.Args, f.variableNamed(name, t.At(i).Type(), e.Args[0]))
	}
	f.info.Types[&out] = f.info.Types[e]
	return &out
}

// variableNamed makes an expression of a variable that the lowered source has.
func (f *fn) variableNamed(name string, t types.Type, at ast.Node) ast.Expr {
	v := types.NewVar(at.Pos(), f.pkg, name, t)
	id := &ast.Ident{NamePos: at.Pos(), Name: name}
	f.info.Types[id], f.info.Uses[id] = types.TypeAndValue{Type: t}, v
	f.locals[v] = name
	return id
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
		kept, val := f.temp(), f.expr(a)
		f.line("%s := %s", kept, val)
		out.Args[i] = f.variableNamed(kept, f.typeOf(a), a)
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
