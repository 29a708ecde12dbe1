package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"scorebook/kernel/cell"
)

// stmt writes one statement.
func (f *fn) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		f.open("{")
		f.block(s.List)
		f.close("}")
	case *ast.LabeledStmt:
		f.labeled(s)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.at(s.Pos())
		f.forStmt(s, "")
	case *ast.RangeStmt:
		f.at(s.Pos())
		f.rangeStmt(s, "")
	case *ast.SwitchStmt:
		f.at(s.Pos())
		f.switchStmt(s, "")
	case *ast.TypeSwitchStmt:
		f.at(s.Pos())
		f.typeSwitch(s, "")
	case *ast.SelectStmt:
		f.at(s.Pos())
		f.selectStmt(s, "")
	case *ast.EmptyStmt:
	case *ast.DeclStmt:
		f.declStmt(s.Decl.(*ast.GenDecl))
	default:
		f.at(s.Pos())
		f.simple(s)
	}
}

// simple writes a statement without a body.
func (f *fn) simple(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		f.exprStmt(s.X)
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.IncDecStmt:
		f.line("%s%s", f.operand(s.X), s.Tok)
	case *ast.SendStmt:
		elem := f.under(s.Chan).(*types.Chan).Elem()
		xs := f.inOrder(2, func(i int) string {
			return f.exprTo([]ast.Expr{s.Chan, s.Value}[i], []types.Type{f.typeOf(s.Chan), elem}[i])
		})
		v := f.temp()
		f.line("var %s %s = %s", v, f.typ(elem), xs[1])
		f.line("rt.Send(%s, &%s)", xs[0], v)
	case *ast.ReturnStmt:
		f.returnStmt(s)
	case *ast.BranchStmt:
		f.branch(s)
	case *ast.GoStmt:
		f.task("rt.Go", f.later(s.Call))
	case *ast.DeferStmt:
		f.deferStmt(s)
	case *ast.EmptyStmt:
	default:
		f.reject(s, fmt.Sprintf("%T cannot stand here", s), "")
	}
}

func (f *fn) exprStmt(e ast.Expr) {
	s := f.expr(e)
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		s = "rt.Receive(" + f.expr(u.X) + ")"
	}
	if s == "" {
		return
	}
	if c, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if f.info.Types[ast.Unparen(c.Fun)].IsType() {
			s = "_ = " + s
		}
		f.line("%s", guarded(s))
		return
	}
	f.line("%s", guarded(s))
}

// guarded keeps a statement from starting with func, which yaegi would take for a declaration.
func guarded(s string) string {
	if strings.HasPrefix(s, "func") {
		return "(" + s[:strings.LastIndex(s, "(")] + ")" + s[strings.LastIndex(s, "("):]
	}
	return s
}

// later evaluates a call's function and arguments now and returns the call that is to happen later.
func (f *fn) later(c *ast.CallExpr) string {
	fun, args := f.callParts(c)
	if fun == "" {
		return guarded(args[0])
	}
	for i, a := range args {
		spread := strings.HasSuffix(a, "...")
		t := f.temp()
		if a == "nil" {
			continue
		}
		f.line("%s := %s", t, strings.TrimSuffix(a, "..."))
		if args[i] = t; spread {
			args[i] += "..."
		}
	}
	if !isDeclared(fun) {
		t := f.temp()
		f.line("%s := %s", t, fun)
		fun = t
	}
	return fun + "(" + strings.Join(args, ", ") + ")"
}

// isDeclared reports a name that goes on meaning the same function.
func isDeclared(fun string) bool {
	return strings.HasPrefix(fun, "rt.") && !strings.ContainsAny(fun, "(")
}

func (f *fn) deferStmt(s *ast.DeferStmt) {
	if f.defers == "" {
		f.defers = "rt.Cell()"
	}
	f.task(f.defers+".Push", f.later(s.Call))
}

// task hands a call to the host to make later, through a name: see hoisted.
func (f *fn) task(host, call string) {
	t := f.temp()
	f.line("%s := func() { %s }", t, call)
	f.line("%s(%s)", host, t)
}

func (f *fn) returnStmt(s *ast.ReturnStmt) {
	if len(f.leave) > 0 {
		f.returnFromBody(s)
		return
	}
	vals := f.returned(s)
	switch {
	case f.counted:
		f.returnCounted(vals)
	case f.defers == "" || f.sig == nil:
		f.line("return %s", strings.Join(vals, ", "))
	default:
		if len(s.Results) > 0 {
			f.line("%s = %s", strings.Join(f.results, ", "), strings.Join(vals, ", "))
		}
		f.line("return")
	}
}

// returnCounted computes what is returned, calls included, before it takes the call from the count.
func (f *fn) returnCounted(vals []string) {
	temps := make([]string, len(vals))
	for i, v := range vals {
		temps[i] = f.temp()
		f.line("var %s %s = %s", temps[i], f.typ(f.subst(f.sig.Results().At(i).Type(), f.subs)), v)
	}
	f.exit()
	f.line("return %s", strings.Join(temps, ", "))
}

// returned writes what a return statement returns, as the results want it.
func (f *fn) returned(s *ast.ReturnStmt) []string {
	if f.sig == nil {
		return nil
	}
	rs := f.sig.Results()
	if len(s.Results) == 0 {
		return f.results
	}
	if len(s.Results) == 1 && rs.Len() > 1 {
		t := f.typeOf(s.Results[0]).(*types.Tuple)
		temps := f.tuple(s.Results[0], t)
		for i := range temps {
			temps[i] = f.convert(temps[i], t.At(i).Type(), f.subst(rs.At(i).Type(), f.subs))
		}
		return temps
	}
	return f.inOrder(len(s.Results), func(i int) string {
		r := s.Results[i]
		v := f.exprTo(r, f.subst(rs.At(i).Type(), f.subs))
		if needsName(r) || len(s.Results) > 1 && strings.Contains(v, "rt.") {
			t := f.temp()
			f.line("var %s %s = %s", t, f.typ(f.subst(rs.At(i).Type(), f.subs)), v)
			v = t
		}
		return v
	})
}

// needsName lists results that yaegi does not return rightly unless they are variables.
func needsName(e ast.Expr) bool {
	u, ok := ast.Unparen(e).(*ast.UnaryExpr)
	return ok && u.Op == token.ARROW
}

// tuple takes a call's several results into temporaries.
func (f *fn) tuple(e ast.Expr, t *types.Tuple) []string {
	temps := make([]string, t.Len())
	for i := range temps {
		temps[i] = f.temp()
	}
	f.line("%s := %s", strings.Join(temps, ", "), f.expr(e))
	return temps
}

func (f *fn) ifStmt(s *ast.IfStmt) {
	f.at(s.Pos())
	scoped := s.Init != nil
	if scoped {
		f.open("{")
		f.simple(s.Init)
	}
	f.open("if %s {", f.expr(s.Cond))
	f.block(s.Body.List)
	if s.Else != nil {
		f.depth--
		f.open("} else {")
		if b, ok := s.Else.(*ast.BlockStmt); ok {
			f.block(b.List)
		} else {
			f.stmt(s.Else)
		}
	}
	f.close("}")
	if scoped {
		f.close("}")
	}
}

func (f *fn) labeled(s *ast.LabeledStmt) {
	label := s.Label.Name
	switch b := s.Stmt.(type) {
	case *ast.ForStmt:
		f.at(b.Pos())
		f.forStmt(b, label)
	case *ast.RangeStmt:
		f.at(b.Pos())
		f.rangeStmt(b, label)
	case *ast.SwitchStmt:
		f.switchStmt(b, label)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(b, label)
	case *ast.SelectStmt:
		f.selectStmt(b, label)
	default:
		f.line("%s:", label)
		f.stmt(s.Stmt)
	}
}

// label starts a statement that break and continue may name.
func (f *fn) label(name string) {
	if name != "" {
		f.line("%s:", name)
	}
}

func (f *fn) branch(s *ast.BranchStmt) {
	if f.branchFromBody(s) {
		return
	}
	if e, ok := f.left(s); ok && s.Tok == token.CONTINUE {
		e.atEnd()
	}
	if s.Label != nil {
		f.line("%s %s", s.Tok, s.Label.Name)
		return
	}
	f.line("%s", s.Tok)
}

// show hands the value of the cell's last expression to the host.
func (f *fn) show(seg *cell.Segment) {
	e := seg.Last
	f.at(e.Pos())
	tv := f.info.Types[e]
	switch t := tv.Type.(type) {
	case *types.Tuple:
		if t.Len() == 0 || !seg.Show {
			f.line("%s", guarded(f.expr(e)))
			return
		}
		f.showTuple(e, t)
		return
	}
	if tv.IsVoid() {
		f.line("%s", guarded(f.expr(e)))
		return
	}
	if tv.IsType() || f.isNil(e) || tv.IsBuiltin() {
		f.reject(e, "this is no value that can be shown", "")
	}
	t := types.Default(f.typeOf(e))
	v := f.temp()
	f.line("%s := %s", v, f.exprTo(e, t))
	if !seg.Show {
		f.line("_ = %s", v)
		return
	}
	f.line("rt.Show(%q, %s)", typeText(t), f.convert(v, t, emptyInterface))
}

func (f *fn) showTuple(e ast.Expr, t *types.Tuple) {
	temps := f.tuple(e, t)
	for i := range temps {
		temps[i] = f.convert(temps[i], t.At(i).Type(), emptyInterface)
	}
	f.line("rt.ShowAll(%q, %t, %s)", typeText(t), f.prints(e), strings.Join(temps, ", "))
}

// prints reports a call of fmt's printing functions, made for its effect.
func (f *fn) prints(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	o := f.info.Uses[orBlank(calleeIdent(c.Fun))]
	return o != nil && o.Pkg() != nil && o.Pkg().Path() == "fmt" && strings.Contains(o.Name(), "rint") && !strings.HasPrefix(o.Name(), "S")
}

// typeText writes a type as the user would.
func typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == "main" {
			return ""
		}
		return p.Name()
	})
}
