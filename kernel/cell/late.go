package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

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

// declareLateMethods adds the methods that this cell gives to types of earlier cells to those types, so that
// the rest of the cell sees them.
func (s *Scope) declareLateMethods(c *Checked, seg *Segment, mentioned map[string]bool) error {
	bases := map[*ast.FuncDecl]*types.TypeName{}
	var fresh []string
	for _, f := range seg.Funcs {
		base := ReceiverName(f)
		if base == "" || seg.decls[base] {
			continue
		}
		if tn, ok := c.names.objects[base].(*types.TypeName); ok {
			seg.Late, bases[f] = append(seg.Late, f), tn
			if _, known := method(tn, f.Name.Name); !known {
				fresh = append(fresh, f.Name.Name)
			}
		}
	}
	// What is added to a type stays there: first see whether the rest of the segment is right.
	if err := s.trial(c, seg, fresh, mentioned); err != nil {
		return err
	}
	for _, f := range seg.Late {
		if err := s.addMethod(c, seg, f, bases[f], mentioned); err != nil {
			return err
		}
	}
	return nil
}

// trial checks a segment without the methods it adds, and passes over all complaints that name one of them.
func (s *Scope) trial(c *Checked, seg *Segment, fresh []string, mentioned map[string]bool) error {
	if len(fresh) == 0 {
		return nil
	}
	seg.Pkg = types.NewPackage(MainPath, "main")
	file := &ast.File{Name: ast.NewIdent("main")}
	s.addImports(c, seg, file, mentioned)
	file.Decls = append(file.Decls, seg.declarations()...)
	ck := checking{scope: s, seg: seg, src: c.Source}
	ck.run(file, seg.Pkg)
	names := regexp.MustCompile(`\b(` + strings.Join(fresh, "|") + `)\b`)
	ck.errs = slices.DeleteFunc(ck.errs, func(e types.Error) bool { return names.MatchString(e.Msg) || undefined.MatchString(e.Msg) })
	seg.Pkg = types.NewPackage(MainPath, "main")
	s.addImports(c, seg, &ast.File{}, mentioned)
	return ck.result()
}

// method finds a method that a type already has.
func method(tn *types.TypeName, name string) (*types.Func, bool) {
	if named, ok := types.Unalias(tn.Type()).(*types.Named); ok {
		for m := range named.Methods() {
			if m.Name() == name {
				return m, true
			}
		}
	}
	return nil, false
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
	if m, ok := method(tn, f.Name.Name); ok {
		if !types.Identical(m.Type(), sig) {
			return s.failure(c.Source, "TypeError", f.Name.Pos(), fmt.Sprintf("%s.%s is already declared with another signature", tn.Name(), f.Name.Name),
				"declare the type "+tn.Name()+" again to change its methods")
		}
		return nil
	}
	if o, _, _ := types.LookupFieldOrMethod(named, true, tn.Pkg(), f.Name.Name); o != nil && isField(o) {
		return s.failure(c.Source, "TypeError", f.Name.Pos(), fmt.Sprintf("%s has a field %s already", tn.Name(), f.Name.Name), "give the method another name")
	}
	named.AddMethod(types.NewFunc(f.Name.Pos(), tn.Pkg(), f.Name.Name, sig))
	return nil
}

func isField(o types.Object) bool {
	v, ok := o.(*types.Var)
	return ok && v.IsField()
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
