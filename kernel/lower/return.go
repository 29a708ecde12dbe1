package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// returnStmt writes a return statement.
func (f *fn) returnStmt(s *ast.ReturnStmt) {
	if len(f.leave) > 0 {
		f.returnFromBody(s)
		return
	}
	vals := f.returned(s)
	if f.shared && f.defers == "" && len(s.Results) > 0 {
		f.setResults(vals)
		vals = f.results
	}
	switch {
	case f.counted:
		f.returnCounted(vals)
	case f.defers == "" || f.sig == nil:
		f.line("return %s", strings.Join(vals, ", "))
	default:
		if len(s.Results) > 0 {
			f.setResults(vals)
		}
		f.line("return")
	}
}

// setResults assigns to the variables of the results. yaegi does not know which nil is meant among several values.
func (f *fn) setResults(vals []string) {
	out := make([]string, len(vals))
	for i, v := range vals {
		if out[i] = v; v == "nil" {
			out[i] = fmt.Sprintf("*(new(%s))", f.typ(f.subst(f.sig.Results().At(i).Type(), f.subs)))
		}
	}
	f.line("%s = %s", strings.Join(f.results, ", "), strings.Join(out, ", "))
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
