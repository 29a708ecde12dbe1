package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Statements run in the order of the text. A segment that holds nothing but var declarations is like a file: each
// variable is initialised after those it depends on.

// onlyVars reports a segment without statements that has variables to initialise.
func (seg *Segment) onlyVars() bool {
	for _, s := range seg.Body {
		d, ok := s.(*ast.DeclStmt)
		if !ok || d.Decl.(*ast.GenDecl).Tok != token.VAR {
			return false
		}
	}
	return seg.Last == nil
}

// inInitOrder puts the declarations into the order that the checker found.
func (seg *Segment) inInitOrder() {
	specs := map[types.Object]*ast.ValueSpec{}
	idents := map[types.Object]*ast.Ident{}
	var body []ast.Stmt
	declare := func(sp *ast.ValueSpec) {
		body = append(body, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: sp.Pos(), Tok: token.VAR, Specs: []ast.Spec{sp}}})
	}
	for _, s := range seg.Body {
		for _, sp := range s.(*ast.DeclStmt).Decl.(*ast.GenDecl).Specs {
			v := sp.(*ast.ValueSpec)
			if len(v.Values) == 0 {
				declare(v)
			}
			for _, id := range v.Names {
				if o := seg.Info.Defs[id]; o != nil {
					specs[o], idents[o] = v, id
				}
			}
		}
	}
	for _, init := range seg.Info.InitOrder {
		sp := &ast.ValueSpec{Values: []ast.Expr{init.Rhs}}
		for _, v := range init.Lhs {
			if idents[v] == nil {
				return // an error keeps the segment from running at all
			}
			sp.Names, sp.Type = append(sp.Names, idents[v]), specs[v].Type
		}
		declare(sp)
	}
	seg.Body = body
}

// usedTooEarly finds statements that speak of a variable which a later statement of the cell declares.
func (ck *checking) usedTooEarly() (errs []types.Error) {
	declared := map[types.Object]int{}
	for i, s := range ck.seg.Body {
		ids, _ := defines(s)
		for _, id := range ids {
			if o := ck.seg.Info.Defs[id]; o != nil {
				declared[o] = i
			}
		}
	}
	for i, s := range ck.seg.Body {
		ast.Inspect(s, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				return false
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			if at, ok := declared[ck.seg.Info.Uses[id]]; ok && at > i {
				errs = append(errs, types.Error{Fset: ck.scope.fset, Pos: id.Pos(), Msg: id.Name + " is used before the line that declares it"})
			}
			return true
		})
	}
	return errs
}
