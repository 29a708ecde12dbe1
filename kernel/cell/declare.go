package cell

import (
	"fmt"
	"go/ast"
	"go/token"
)

// CellFunc is the name of the function that holds a cell's statements while it is checked.
const CellFunc = "ǃcell"

// declarations lays a segment out as the declarations of a Go file. A variable that a statement declares becomes
// a variable of the package, so that functions of the same cell see it.
func (seg *Segment) declarations() []ast.Decl {
	var decls []ast.Decl
	body := &ast.BlockStmt{}
	for _, p := range seg.pieces {
		if p.decl != nil {
			if f, ok := p.decl.(*ast.FuncDecl); ok && seg.isLate(f) {
				decls = append(decls, asFunction(f))
				continue
			}
			if g, ok := p.decl.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
				seg.parenthesise(p.decl)
				decls = append(decls, p.decl)
			}
			continue
		}
		for _, s := range p.stmts {
			if e, ok := s.(*ast.ExprStmt); ok && e.X == seg.Last {
				continue // it comes last of all
			}
			d, rest := seg.asDeclaration(s)
			if d != nil {
				decls = append(decls, d)
			}
			body.List = append(body.List, rest...)
		}
	}
	if seg.Last != nil {
		body.List = append(body.List, &ast.ExprStmt{X: seg.Last})
	}
	if n := len(body.List); n > 0 {
		body.Lbrace, body.Rbrace = body.List[0].Pos(), body.List[n-1].End()
	}
	return append(decls, &ast.FuncDecl{Name: ast.NewIdent(CellFunc), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: body})
}

// parenthesise writes type B A as type B (A) where A is not the segment's: the checker, looking for cycles, would
// take it for a type of the same file.
func (seg *Segment) parenthesise(d ast.Decl) {
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok != token.TYPE {
		return
	}
	for _, sp := range g.Specs {
		t := sp.(*ast.TypeSpec)
		if id, ok := t.Type.(*ast.Ident); ok && !seg.decls[id.Name] {
			t.Type = &ast.ParenExpr{Lparen: id.Pos(), X: id, Rparen: id.End()}
		}
	}
}

// asDeclaration turns x := e and var x = e into a package's var. Names that := merely assigns get their value
// through a temporary, which keeps the rules of assignment.
func (seg *Segment) asDeclaration(s ast.Stmt) (ast.Decl, []ast.Stmt) {
	switch s := s.(type) {
	case *ast.DeclStmt:
		if d := s.Decl.(*ast.GenDecl); d.Tok == token.VAR {
			return d, nil
		}
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			break
		}
		spec := &ast.ValueSpec{Values: s.Rhs}
		var assigned []ast.Stmt
		for _, l := range s.Lhs {
			id, ok := l.(*ast.Ident)
			if !ok {
				return nil, []ast.Stmt{s} // go/types says what is wrong
			}
			if id.Name != "_" && seg.definedBefore(id, s) {
				seg.fresh++
				t := &ast.Ident{NamePos: id.NamePos, Name: fmt.Sprintf("ǃ%s%d", id.Name, seg.fresh)}
				assigned = append(assigned, &ast.AssignStmt{Lhs: []ast.Expr{id}, TokPos: id.End(), Tok: token.ASSIGN, Rhs: []ast.Expr{&ast.Ident{NamePos: id.NamePos, Name: t.Name}}})
				id = t
			}
			spec.Names = append(spec.Names, id)
		}
		return &ast.GenDecl{TokPos: s.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}}, assigned
	}
	return nil, []ast.Stmt{s}
}

// definedBefore reports whether an earlier statement of the segment declares the name.
func (seg *Segment) definedBefore(id *ast.Ident, before ast.Stmt) bool {
	for _, s := range seg.Body {
		if s == before {
			return false
		}
		ids, _ := defines(s)
		for _, d := range ids {
			if d.Name == id.Name {
				return true
			}
		}
	}
	return false
}

// ReceiverName returns the name of a method's base type, or "".
func ReceiverName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return ""
	}
	t := ast.Unparen(f.Recv.List[0].Type)
	if p, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(p.X)
	}
	switch x := t.(type) {
	case *ast.IndexExpr:
		t = x.X
	case *ast.IndexListExpr:
		t = x.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
