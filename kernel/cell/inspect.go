package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Values gives the present value of a session's variable in a few words; it may not know.
type Values func(name string) (text string, ok bool)

// Inspect describes the name at a cursor, which counts code points; where there is none, the function whose
// arguments or the type whose literal the cursor is in. Detail 0 leaves out a package's long doc, the methods'
// signatures and the source of the user's own declarations; detail 1 has them.
func (s *Scope) Inspect(text string, cursor, detail int) Inspection {
	return s.InspectWithValues(text, cursor, detail, nil)
}

// InspectWithValues is Inspect that also shows what the session's variables hold.
func (s *Scope) InspectWithValues(text string, cursor, detail int, values Values) (found Inspection) {
	defer func() {
		// As with completion, a text that the checker was not made for is no reason to lose the kernel.
		if recover() != nil {
			found = Inspection{Data: map[string]any{}}
		}
	}()
	sub := s.subjectAt(text, byteOffset(text, cursor))
	if sub == nil {
		return Inspection{Data: map[string]any{}}
	}
	d := s.describe(sub, detail)
	if v, ok := sub.object.(*types.Var); ok && values != nil && s.names.objects[v.Name()] == v {
		if value, ok := values(v.Name()); ok {
			d.facts = append([]string{"= " + value}, d.facts...)
		}
	}
	return Inspection{Found: true, Data: d.bundle()}
}

// A subject is what an inspection is about. Owner is the type that declares a field.
type subject struct {
	object types.Object
	owner  *types.TypeName
}

func (s *Scope) subjectAt(text string, at int) *subject {
	word, after, ok := wordAt(text, at)
	if !ok {
		return s.aroundCursor(text, at)
	}
	end := word.offset + len(word.lit)
	if sub := s.lookAt(text).subject(word.offset); sub != nil {
		return sub
	}
	if sub := s.lookUpTo(text, spot{start: word.offset, cursor: end}, word.lit).subject(word.offset); sub != nil {
		return sub
	}
	if after {
		return nil
	}
	return s.byName(word.lit)
}

// wordAt finds the identifier that touches an offset; after says that it follows a dot.
func wordAt(text string, at int) (word lexeme, after, ok bool) {
	toks, _ := lexOpen(text)
	for i, t := range toks {
		if t.tok == token.IDENT && t.offset <= at && at <= t.offset+len(t.lit) {
			return t, i > 0 && toks[i-1].tok == token.PERIOD, true
		}
	}
	return lexeme{}, false, false
}

// subject resolves the identifier at an offset of the seen text.
func (v *sight) subject(offset int) *subject {
	pos := v.pos(offset)
	seg, path := v.path(pos)
	if len(path) == 0 {
		return nil
	}
	id, ok := path[len(path)-1].(*ast.Ident)
	if !ok {
		return nil
	}
	return seg.subject(path, id)
}

func (seg *Segment) subject(path []ast.Node, id *ast.Ident) *subject {
	o := seg.Info.ObjectOf(id)
	if o == nil && len(path) > 1 {
		o = seg.Info.Implicits[path[len(path)-2]]
	}
	if o == nil || o.Type() == nil || o.Type() == types.Typ[types.Invalid] && !isPackage(o) {
		return nil
	}
	return &subject{object: o, owner: seg.owner(path, id)}
}

func isPackage(o types.Object) bool {
	_, ok := o.(*types.PkgName)
	return ok
}

// owner is the named type whose field an identifier selects or sets, or nil.
func (seg *Segment) owner(path []ast.Node, id *ast.Ident) *types.TypeName {
	for i := len(path) - 2; i >= 0; i-- {
		switch p := path[i].(type) {
		case *ast.SelectorExpr:
			if sel := seg.Info.Selections[p]; sel != nil && p.Sel == id {
				return declaring(sel)
			}
		case *ast.CompositeLit:
			if t := seg.typeOf(p); t != nil {
				return nameOf(t)
			}
		}
	}
	return nil
}

// declaring is the type that declares what a selection finds, which may be embedded in the one selected from.
func declaring(sel *types.Selection) *types.TypeName {
	t := sel.Recv()
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		st := structOf(t)
		if st == nil {
			return nil
		}
		t = st.Field(i).Type()
	}
	return nameOf(t)
}

func nameOf(t types.Type) *types.TypeName {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj()
	}
	return nil
}

// aroundCursor is the function or type in whose brackets the cursor stands.
func (s *Scope) aroundCursor(text string, at int) *subject {
	sp := spotAt(text, at)
	if sp.quoted || sp.dead {
		last := sp.toks[len(sp.toks)-1]
		if last.tok == token.COMMENT {
			return nil
		}
		sp.start = last.offset
	}
	sp.cursor = sp.start
	v := s.lookUpTo(text, sp, placeholder)
	seg, path := v.path(v.pos(sp.start))
	for i := len(path) - 2; i >= 0; i-- {
		var head ast.Expr
		switch n := path[i].(type) {
		case *ast.CallExpr:
			head = n.Fun
		case *ast.CompositeLit:
			head = n.Type
		}
		if id := nameIn(head); id != nil && path[i+1] != ast.Node(head) {
			return seg.subject(path[:i+1], id)
		}
	}
	return nil
}

// nameIn is the identifier that names a function or type, or nil.
func nameIn(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return nameIn(e.X)
	case *ast.IndexListExpr:
		return nameIn(e.X)
	case *ast.ParenExpr:
		return nameIn(e.X)
	}
	return nil
}

// byName is what a name means when the text around it says nothing.
func (s *Scope) byName(name string) *subject {
	if o := s.find(s.names, name); o != nil {
		return &subject{object: o}
	}
	if o := types.Universe.Lookup(name); o != nil {
		return &subject{object: o}
	}
	if path, ok := s.path(s.names, name); ok {
		if p, err := s.importer.Import(path); err == nil {
			return &subject{object: types.NewPkgName(token.NoPos, nil, name, p)}
		}
	}
	return nil
}
