package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// stmt writes one statement.
func (f *fn) stmt(s ast.Stmt) {
	f.bounds = !f.ours
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
		defer f.spanning(s)()
		f.at(s.Pos())
		if !f.compiledLoop(s, func(g *fn) { g.forStmt(s, "") }) {
			f.forStmt(s, "")
		}
	case *ast.RangeStmt:
		defer f.spanning(s)()
		f.at(s.Pos())
		if !f.compiledLoop(s, func(g *fn) { g.rangeStmt(s, "") }) {
			f.rangeStmt(s, "")
		}
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
		f.line("%s%s", f.target(s.X), s.Tok)
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
		f.line("%s", s)
		return
	}
	f.line("%s", s)
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
