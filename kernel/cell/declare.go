package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
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

func (seg *Segment) isLate(f *ast.FuncDecl) bool {
	for _, l := range seg.Late {
		if l == f {
			return true
		}
	}
	return false
}

// LateName is what a late method is called while it is checked as a function of its receiver.
func LateName(typeName, method string) string { return "ǃ" + typeName + "ǃ" + method }

// asFunction writes a method as a function whose first parameter is the receiver.
func asFunction(f *ast.FuncDecl) *ast.FuncDecl {
	t := *f.Type
	params := append([]*ast.Field(nil), f.Recv.List...)
	if len(params[0].Names) == 0 && t.Params.NumFields() > 0 && len(t.Params.List[0].Names) > 0 {
		recv := *params[0]
		recv.Names = []*ast.Ident{ast.NewIdent("_")}
		params[0] = &recv
	}
	if len(params[0].Names) > 0 {
		for _, p := range t.Params.List {
			if len(p.Names) == 0 {
				p.Names = []*ast.Ident{ast.NewIdent("_")}
			}
		}
	}
	t.Params = &ast.FieldList{Opening: t.Params.Opening, List: append(params, t.Params.List...), Closing: t.Params.Closing}
	return &ast.FuncDecl{Doc: f.Doc, Name: &ast.Ident{NamePos: f.Name.NamePos, Name: LateName(ReceiverName(f), f.Name.Name)}, Type: &t, Body: f.Body}
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

// declareLateMethods adds the methods that this cell gives to types of earlier cells to those types, so that
// the rest of the cell sees them.
func (s *Scope) declareLateMethods(c *Checked, seg *Segment, mentioned map[string]bool) error {
	for _, f := range seg.Funcs {
		base := ReceiverName(f)
		if base == "" || seg.decls[base] {
			continue
		}
		tn, ok := c.names.objects[base].(*types.TypeName)
		if !ok {
			continue
		}
		seg.Late = append(seg.Late, f)
		if err := s.addMethod(c, seg, f, tn, mentioned); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scope) addMethod(c *Checked, seg *Segment, f *ast.FuncDecl, tn *types.TypeName, mentioned map[string]bool) error {
	named, ok := types.Unalias(tn.Type()).(*types.Named)
	if !ok || named.TypeParams() != nil {
		return s.failure(c.Source, "TypeError", f.Name.Pos(), fmt.Sprintf("a method cannot be added to %s in a later cell", tn.Name()),
			"declare the type again together with its methods")
	}
	sig, err := s.lateSignature(c, seg, f, mentioned)
	if err != nil {
		return err
	}
	for m := range named.Methods() {
		if m.Name() != f.Name.Name {
			continue
		}
		if !types.Identical(m.Type(), sig) {
			return s.failure(c.Source, "TypeError", f.Name.Pos(), fmt.Sprintf("%s.%s is already declared with another signature", tn.Name(), f.Name.Name),
				"declare the type "+tn.Name()+" again to change its methods")
		}
		return nil
	}
	named.AddMethod(types.NewFunc(f.Name.Pos(), tn.Pkg(), f.Name.Name, sig))
	return nil
}

// lateSignature checks a method's head alone and gives its signature with the receiver back in its place.
func (s *Scope) lateSignature(c *Checked, seg *Segment, f *ast.FuncDecl, mentioned map[string]bool) (*types.Signature, error) {
	head := &Segment{decls: map[string]bool{}, pieces: []piece{{kind: funcDecl, decl: &ast.FuncDecl{Name: f.Name, Type: f.Type, Recv: f.Recv}}}}
	for _, p := range seg.pieces {
		if g, ok := p.decl.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			head.pieces = append(head.pieces, p)
			for _, sp := range g.Specs {
				head.decls[sp.(*ast.TypeSpec).Name.Name] = true
			}
		}
	}
	head.Pkg = types.NewPackage(MainPath, "main")
	file := &ast.File{Name: ast.NewIdent("main")}
	s.addImports(c, head, file, mentioned)
	fn := asFunction(f)
	fn.Body = nil
	file.Decls = append(file.Decls, fn)
	for _, p := range head.pieces[1:] {
		file.Decls = append(file.Decls, p.decl)
	}
	ck := checking{scope: s, seg: head, src: c.Source}
	ck.run(file, head.Pkg)
	o, ok := head.Pkg.Scope().Lookup(fn.Name.Name).(*types.Func)
	if err := ck.headResult(); err != nil || !ok {
		return nil, err
	}
	sig := o.Type().(*types.Signature)
	recv := sig.Params().At(0)
	rest := make([]*types.Var, 0, sig.Params().Len()-1)
	for i := 1; i < sig.Params().Len(); i++ {
		rest = append(rest, sig.Params().At(i))
	}
	return types.NewSignatureType(types.NewVar(recv.Pos(), recv.Pkg(), recv.Name(), recv.Type()), nil, nil, types.NewTuple(rest...), sig.Results(), sig.Variadic()), nil
}

// headResult is result without the complaint that the body is missing.
func (ck *checking) headResult() error {
	kept := ck.errs[:0]
	for _, e := range ck.errs {
		if e.Msg != "missing function body" && e.Msg != "func "+CellFunc+" is missing its body" {
			kept = append(kept, e)
		}
	}
	ck.errs = kept
	return ck.result()
}

// LateSignature returns the signature under which a late method was checked, receiver first, or nil for any
// other declaration.
func (seg *Segment) LateSignature(f *ast.FuncDecl) *types.Signature {
	if !seg.isLate(f) {
		return nil
	}
	o, ok := seg.Pkg.Scope().Lookup(LateName(ReceiverName(f), f.Name.Name)).(*types.Func)
	if !ok {
		return nil
	}
	return o.Signature()
}
