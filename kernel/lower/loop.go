package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// forStmt writes a for loop. When a closure or a pointer can outlive a turn, each turn has its own variables,
// as Go has it since 1.22.
func (f *fn) forStmt(s *ast.ForStmt, label string) {
	scoped := s.Init != nil
	if scoped {
		f.open("{")
		f.simple(s.Init)
	}
	if vars := f.escaping(s); len(vars) > 0 || !f.plainFor(s, label) {
		f.forEachTurn(s, label, vars)
	}
	if scoped {
		f.close("}")
	}
}

// plainFor writes the loop as one of yaegi's own, unless its header needs more than one statement can hold.
func (f *fn) plainFor(s *ast.ForStmt, label string) bool {
	cond, post := "true", ""
	lines := f.captured(func() {
		if s.Cond != nil {
			f.unchecked(func() { cond = f.expr(s.Cond) })
		}
	})
	if s.Post != nil {
		f.unchecked(func() { post = strings.TrimSpace(f.captured(func() { f.simple(s.Post) })) })
	}
	if lines != "" || strings.Contains(post, "\n") {
		return false
	}
	f.label(label)
	if post != "" {
		f.open("for ; %s; %s {", cond, post)
	} else {
		f.open("for %s {", cond)
	}
	f.check()
	f.turn(s.Body, label, nothing)
	f.close("}")
	return true
}

// escaping lists the loop's variables that a closure captures or whose address is taken in its body.
func (f *fn) escaping(s *ast.ForStmt) []types.Object {
	a, ok := s.Init.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return nil
	}
	return f.escapingIn(a.Lhs, &ast.ForStmt{For: s.For, Cond: s.Cond, Post: s.Post, Body: s.Body})
}

func (f *fn) escapingIn(ids []ast.Expr, body ast.Node) (out []types.Object) {
	for _, l := range ids {
		id, ok := l.(*ast.Ident)
		if !ok {
			continue
		}
		if o := f.info.Defs[id]; o != nil && f.escapes(o, body) {
			out = append(out, o)
		}
	}
	return out
}

func (f *fn) escapes(o types.Object, body ast.Node) bool {
	found := false
	uses := func(n ast.Node) {
		ast.Inspect(n, func(m ast.Node) bool {
			if id, ok := m.(*ast.Ident); ok && f.info.Uses[id] == o {
				found = true
			}
			return !found
		})
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			uses(n.Body)
			return false
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				uses(n.X)
			}
		case *ast.SelectorExpr: // a method with a pointer receiver takes the address
			if sel := f.info.Selections[n]; sel != nil && sel.Kind() == types.MethodVal {
				uses(n.X)
			}
		}
		return !found
	})
	return found
}

// forEachTurn keeps the loop's variables outside and gives every turn copies, which it writes back.
func (f *fn) forEachTurn(s *ast.ForStmt, label string, vars []types.Object) {
	first := f.temp()
	f.line("%s := true", first)
	outer := map[types.Object]string{}
	for _, o := range vars {
		outer[o] = f.local(o)
	}
	inner := map[types.Object]string{}
	f.label(label)
	f.open("for {")
	f.check()
	for _, o := range vars {
		delete(f.locals, o)
		inner[o] = f.local(o)
		f.line("%s := %s", inner[o], outer[o])
	}
	f.open("if %s {", first)
	f.line("%s = false", first)
	f.depth--
	f.open("} else {")
	if s.Post != nil {
		f.simple(s.Post)
	}
	f.close("}")
	for _, o := range vars {
		f.line("%s = %s", outer[o], inner[o])
	}
	if s.Cond != nil {
		f.open("if !(%s) {", f.expr(s.Cond))
		f.line("break")
		f.close("}")
	}
	f.turn(s.Body, label, func() {
		for _, o := range vars {
			f.line("%s = %s", outer[o], inner[o])
		}
	})
	f.close("}")
}

// An enclosing statement is one that break or continue may leave.
type enclosing struct {
	label string
	loop  bool
	atEnd func() // what every turn of a loop does last, continue included
}

// turn writes the body of a loop and what each turn does at its end.
func (f *fn) turn(b *ast.BlockStmt, label string, atEnd func()) {
	f.around = append(f.around, enclosing{label, true, atEnd})
	f.block(b.List)
	f.around = f.around[:len(f.around)-1]
	atEnd()
}

// within writes what stands in a switch or select.
func (f *fn) within(label string, write func()) {
	f.around = append(f.around, enclosing{label: label, atEnd: nothing})
	write()
	f.around = f.around[:len(f.around)-1]
}

func nothing() {}

// left finds the statement that a break or continue leaves, unless it lies outside this function.
func (f *fn) left(s *ast.BranchStmt) (enclosing, bool) {
	for i := len(f.around) - 1; i >= 0; i-- {
		e := f.around[i]
		if s.Label != nil && e.label == s.Label.Name || s.Label == nil && (e.loop || s.Tok == token.BREAK) {
			return e, true
		}
	}
	return enclosing{}, false
}
