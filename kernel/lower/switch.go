package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// switchStmt writes an expression switch. One over interfaces or structs becomes a switch over comparisons that
// the host makes.
func (f *fn) switchStmt(s *ast.SwitchStmt, label string) {
	f.open("{")
	if s.Init != nil {
		f.simple(s.Init)
	}
	tag, tagType := "", types.Type(types.Typ[types.Bool])
	if s.Tag != nil {
		tagType = types.Default(f.typeOf(s.Tag))
		tag = f.temp()
		f.line("var %s %s = %s", tag, f.typ(tagType), f.exprTo(s.Tag, tagType))
	}
	conds := f.caseConditions(s.Body, tag, tagType)
	f.label(label)
	if fallsThrough(s.Body) {
		f.clausesInTurn(s.Body, conds, label)
		f.close("}")
		return
	}
	f.open("switch {")
	for i, c := range s.Body.List {
		f.clause(conds[i])
		f.within(label, func() { f.block(c.(*ast.CaseClause).Body) })
		f.depth--
	}
	f.close("}")
	f.close("}")
}

// fallsThrough reports a fallthrough, or a default clause that is not the last: yaegi gets both wrong.
func fallsThrough(b *ast.BlockStmt) bool {
	for i, st := range b.List {
		c := st.(*ast.CaseClause)
		if _, ok := endsInFallthrough(c.Body); ok || c.List == nil && i < len(b.List)-1 {
			return true
		}
	}
	return false
}

// endsInFallthrough gives a clause's statements without the fallthrough at their end.
func endsInFallthrough(list []ast.Stmt) ([]ast.Stmt, bool) {
	if n := len(list); n > 0 {
		if b, ok := list[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
			return list[:n-1], true
		}
	}
	return list, false
}

// clausesInTurn finds the clause to begin with, then asks each in turn whether it is the one, which a fallthrough
// makes of the next. yaegi goes wrong when one falls through from or to a default clause.
func (f *fn) clausesInTurn(b *ast.BlockStmt, conds []string, label string) {
	f.open("switch { default:")
	at, first := f.temp(), -1
	for i, c := range conds {
		if c == "" {
			first = i
		}
	}
	f.line("%s := %d", at, first)
	f.open("switch {")
	for i, c := range conds {
		if c != "" {
			f.line("case %s: %s = %d", c, at, i)
		}
	}
	f.close("}")
	for i, st := range b.List {
		body, falls := endsInFallthrough(st.(*ast.CaseClause).Body)
		f.open("if %s == %d {", at, i)
		f.within(label, func() { f.block(body) })
		if falls {
			f.line("%s = %d", at, i+1)
		}
		f.close("}")
	}
	f.close("}")
}

func (f *fn) clause(cond string) {
	if cond == "" {
		f.open("default:")
		return
	}
	f.open("case %s:", cond)
}

// caseConditions writes each clause's list as one condition; the default clause has none.
func (f *fn) caseConditions(b *ast.BlockStmt, tag string, tagType types.Type) []string {
	out := make([]string, len(b.List))
	for i, st := range b.List {
		var alts []string
		for _, e := range st.(*ast.CaseClause).List {
			f.unchecked(func() {
				alts = append(alts, f.alone("bool", func() string { return f.caseCondition(e, tag, tagType) }))
			})
		}
		out[i] = strings.Join(alts, " || ")
	}
	return out
}

func (f *fn) caseCondition(e ast.Expr, tag string, t types.Type) string {
	switch {
	case tag == "" && isInterface(f.typeOf(e)):
		return "rt.Equal(" + f.expr(e) + ", true)"
	case tag == "":
		return f.expr(e)
	case f.isNil(e):
		return "(" + tag + " == nil)"
	}
	_, structured := t.Underlying().(*types.Basic)
	if !structured || isInterface(f.typeOf(e)) {
		return fmt.Sprintf("rt.Equal(%s, %s)", f.convert(tag, t, emptyInterface), f.asAny(e))
	}
	return "(" + tag + " == " + f.exprTo(e, t) + ")"
}

// typeSwitch writes a type switch as a switch over questions to the host.
func (f *fn) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	f.open("{")
	if s.Init != nil {
		f.simple(s.Init)
	}
	x := f.temp()
	subject := switchSubject(s)
	f.line("var %s interface{} = %s", x, f.expr(subject))
	f.label(label)
	f.open("switch {")
	for _, st := range s.Body.List {
		c := st.(*ast.CaseClause)
		f.clause(f.typeCondition(c, x))
		f.bindCase(c, x, f.typeOf(subject))
		f.within(label, func() { f.block(c.Body) })
		f.depth--
	}
	f.close("}")
	f.close("}")
}

func switchSubject(s *ast.TypeSwitchStmt) ast.Expr {
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		return a.Rhs[0].(*ast.TypeAssertExpr).X
	case *ast.ExprStmt:
		return a.X.(*ast.TypeAssertExpr).X
	}
	return nil
}

func (f *fn) typeCondition(c *ast.CaseClause, x string) string {
	var alts []string
	for _, e := range c.List {
		if f.isNil(e) {
			alts = append(alts, "("+x+" == nil)")
			continue
		}
		alts = append(alts, fmt.Sprintf("rt.Is(%s, %d)", x, f.id(f.typeOf(e))))
	}
	return strings.Join(alts, " || ")
}

// bindCase declares the switch's variable with the type it has in one clause.
func (f *fn) bindCase(c *ast.CaseClause, x string, subject types.Type) {
	o := f.info.Implicits[c]
	if o == nil {
		return
	}
	t := f.subst(o.Type(), f.subs)
	v := f.local(o)
	switch {
	case len(c.List) != 1 || f.isNil(c.List[0]):
		f.line("var %s %s = %s", v, f.typ(t), f.convert(x, emptyInterface, subject))
	default:
		val := f.asserted(fmt.Sprintf("rt.Assert(%s, %d, %d)", x, f.id(subject), f.id(t)), t)
		f.line("var %s %s = %s", v, f.typ(t), val)
	}
	f.line("_ = %s", v)
}

// selectStmt writes a select as a choice that the host makes, where an interrupt reaches it.
func (f *fn) selectStmt(s *ast.SelectStmt, label string) {
	f.open("{")
	var cases []string
	hasDefault := false
	for _, st := range s.Body.List {
		c := st.(*ast.CommClause)
		if c.Comm == nil {
			hasDefault = true
			continue
		}
		cases = append(cases, f.selectCase(c.Comm))
	}
	which, val, ok := f.temp(), f.temp(), f.temp()
	f.line("%s, %s, %s := rt.Select(%t%s)", which, val, ok, hasDefault, prefixed(cases))
	f.line("_, _ = %s, %s", val, ok)
	f.label(label)
	f.open("switch {")
	n := 0
	for _, st := range s.Body.List {
		c := st.(*ast.CommClause)
		if c.Comm == nil {
			f.open("default:")
		} else {
			f.open("case %s == %d:", which, n)
			f.received(c.Comm, val, ok)
			n++
		}
		f.within(label, func() { f.block(c.Body) })
		f.depth--
	}
	f.close("}")
	f.close("}")
}

func prefixed(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return ", " + strings.Join(list, ", ")
}

// selectCase writes one communication: a channel to receive from, or a channel and the value to send.
func (f *fn) selectCase(s ast.Stmt) string {
	if send, ok := s.(*ast.SendStmt); ok {
		elem := f.under(send.Chan).(*types.Chan).Elem()
		c, v := f.temp(), f.temp()
		f.line("%s := %s", c, f.expr(send.Chan))
		f.line("var %s %s = %s", v, f.typ(elem), f.exprTo(send.Value, elem))
		return fmt.Sprintf("rt.Sending(%s, &%s)", c, v)
	}
	c := f.temp()
	f.line("%s := %s", c, f.expr(receiveOf(s).X))
	return fmt.Sprintf("rt.Receiving(%s)", c)
}

func receiveOf(s ast.Stmt) *ast.UnaryExpr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	return ast.Unparen(e).(*ast.UnaryExpr)
}

// received gives what a case received to the variables on its left.
func (f *fn) received(s ast.Stmt, val, ok string) {
	a, isAssign := s.(*ast.AssignStmt)
	if !isAssign {
		return
	}
	elem := f.under(receiveOf(s).X).(*types.Chan).Elem()
	texts := []string{fmt.Sprintf("*(%s.(*%s))", val, f.typ(elem)), ok}
	from := []types.Type{elem, types.Typ[types.Bool]}
	for i, l := range a.Lhs {
		if isBlank(l) {
			continue
		}
		if o := f.info.Defs[identOf(l)]; a.Tok == token.DEFINE && o != nil {
			f.line("var %s %s = %s", f.local(o), f.typ(from[i]), texts[i])
			f.line("_ = %s", f.local(o))
			continue
		}
		f.line("%s = %s", f.target(l), f.convert(texts[i], from[i], f.typeOf(l)))
	}
}
