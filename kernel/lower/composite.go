package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// composite writes T{…}.
func (f *fn) composite(e *ast.CompositeLit, t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return f.structLit(e, t, u)
	case *types.Slice:
		return f.typ(t) + f.elements(e, u.Elem())
	case *types.Array:
		return f.typ(t) + f.elements(e, u.Elem())
	case *types.Map:
		return f.mapLit(e, t, u)
	case *types.Pointer:
		return "&" + f.composite(e, u.Elem())
	}
	f.reject(e, "this composite literal cannot be written", "")
	return ""
}

func (f *fn) structLit(e *ast.CompositeLit, t types.Type, u *types.Struct) string {
	host := false
	if n, ok := types.Unalias(t).(*types.Named); ok {
		host = !IsUser(n)
	}
	names := make([]string, len(e.Elts))
	blank := map[int]bool{}
	parts := f.inOrder(len(e.Elts), func(i int) string {
		at, val := i, e.Elts[i]
		if kv, ok := val.(*ast.KeyValueExpr); ok {
			at, val = fieldIndex(u, kv.Key.(*ast.Ident).Name), kv.Value
		}
		field := u.Field(at)
		names[i], blank[i] = FieldName(field, at), field.Name() == "_"
		if host {
			names[i] = field.Name()
		}
		return f.hoisted(val, f.elem(val, f.subst(field.Type(), f.subs)))
	})
	var set []string
	for i, name := range names {
		if blank[i] { // a blank field stays zero
			f.line("%s := %s", f.temp(), parts[i])
			continue
		}
		set = append(set, name+": "+parts[i])
	}
	return f.typ(t) + "{" + strings.Join(set, ", ") + "}"
}

func fieldIndex(u *types.Struct, name string) int {
	for i := range u.NumFields() {
		if u.Field(i).Name() == name {
			return i
		}
	}
	return 0
}

func (f *fn) elements(e *ast.CompositeLit, elem types.Type) string {
	keys := make([]string, len(e.Elts))
	parts := f.inOrder(len(e.Elts), func(i int) string {
		if kv, ok := e.Elts[i].(*ast.KeyValueExpr); ok {
			keys[i] = f.expr(kv.Key) + ": "
			return f.elem(kv.Value, elem)
		}
		return f.elem(e.Elts[i], elem)
	})
	for i, key := range keys {
		parts[i] = key + parts[i]
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// mapLit writes a map literal. yaegi looks for keys that are there twice, without regard to their types.
func (f *fn) mapLit(e *ast.CompositeLit, t types.Type, u *types.Map) string {
	xs := f.inOrder(2*len(e.Elts), func(i int) string {
		kv := e.Elts[i/2].(*ast.KeyValueExpr)
		if i%2 == 0 {
			return f.elem(kv.Key, u.Key())
		}
		return f.elem(kv.Value, u.Elem())
	})
	if isInterface(u.Key()) && len(e.Elts) > 1 {
		m := f.temp()
		f.line("%s := %s{}", m, f.typ(t))
		for i := range e.Elts {
			f.line("%s[%s] = %s", m, xs[2*i], xs[2*i+1])
		}
		return m
	}
	parts := make([]string, len(e.Elts))
	for i := range parts {
		parts[i] = xs[2*i] + ": " + xs[2*i+1]
	}
	return f.typ(t) + "{" + strings.Join(parts, ", ") + "}"
}

// elem writes an element, whose type Go lets one leave out.
func (f *fn) elem(e ast.Expr, t types.Type) string {
	if c, ok := e.(*ast.CompositeLit); ok && c.Type == nil {
		return f.composite(c, t)
	}
	s := f.exprTo(e, t)
	if !f.crashesInLiteral(e) {
		return s
	}
	v := f.temp()
	f.line("var %s %s = %s", v, f.typ(t), s)
	return v
}

// crashesInLiteral reports arithmetic on an element of a field, x.f[i], which yaegi cannot compile where it stands
// as an element of a literal.
func (f *fn) crashesInLiteral(e ast.Expr) bool {
	if f.info.Types[e].Value != nil {
		return false
	}
	e = ast.Unparen(e)
	for call, ok := e.(*ast.CallExpr); ok && f.info.Types[call.Fun].IsType(); call, ok = e.(*ast.CallExpr) {
		e = ast.Unparen(call.Args[0]) // a conversion, of which nothing may be left
	}
	if _, ok := e.(*ast.BinaryExpr); !ok {
		return false
	}
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if x, ok := n.(*ast.IndexExpr); ok {
			_, field := ast.Unparen(x.X).(*ast.SelectorExpr)
			found = found || field
		}
		return !found
	})
	return found
}
