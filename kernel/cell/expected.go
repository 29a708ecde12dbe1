package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// expected is the type that the place of an expression asks for, or nil.
func (seg *Segment) expected(path []ast.Node, e ast.Expr) types.Type {
	for i := len(path) - 2; i >= 0; i-- {
		if path[i+1] != ast.Node(e) {
			continue
		}
		switch p := path[i].(type) {
		case *ast.CallExpr:
			return seg.parameter(p, e)
		case *ast.AssignStmt:
			return seg.assigned(p, e)
		case *ast.BinaryExpr:
			return seg.operand(p, e)
		case *ast.KeyValueExpr:
			return seg.element(path[:i], p, e)
		case *ast.CompositeLit:
			return seg.element(path[:i+1], nil, e)
		case *ast.ReturnStmt:
			return seg.returned(path[:i], p, e)
		}
		return nil
	}
	return nil
}

func (seg *Segment) parameter(call *ast.CallExpr, e ast.Expr) types.Type {
	t := seg.typeOf(call.Fun)
	if t == nil {
		return nil
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	for i, a := range call.Args {
		if a != e {
			continue
		}
		n := sig.Params().Len()
		switch {
		case sig.Variadic() && i >= n-1:
			if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
				return s.Elem()
			}
		case i < n:
			return sig.Params().At(i).Type()
		}
	}
	return nil
}

func (seg *Segment) assigned(s *ast.AssignStmt, e ast.Expr) types.Type {
	for i, r := range s.Rhs {
		if r == e && i < len(s.Lhs) && s.Tok != token.DEFINE {
			return seg.typeOf(s.Lhs[i])
		}
	}
	return nil
}

func (seg *Segment) operand(b *ast.BinaryExpr, e ast.Expr) types.Type {
	if b.Op == token.SHL || b.Op == token.SHR {
		return nil
	}
	other := b.X
	if b.X == e {
		other = b.Y
	}
	t := seg.typeOf(other)
	if t == nil {
		return nil
	}
	return types.Default(t)
}

// element is what a composite literal, the last of path, holds at e: the value of a key, or an element.
func (seg *Segment) element(path []ast.Node, kv *ast.KeyValueExpr, e ast.Expr) types.Type {
	if len(path) == 0 || kv != nil && kv.Value != e {
		return nil
	}
	lit, ok := path[len(path)-1].(*ast.CompositeLit)
	if !ok || seg.typeOf(lit) == nil {
		return nil
	}
	switch t := seg.typeOf(lit).Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	case *types.Map:
		if kv == nil {
			return t.Key()
		}
		return t.Elem()
	case *types.Struct:
		if kv == nil {
			return nil
		}
		id, _ := kv.Key.(*ast.Ident)
		for f := range t.Fields() {
			if id != nil && f.Name() == id.Name {
				return f.Type()
			}
		}
	}
	return nil
}

func (seg *Segment) returned(path []ast.Node, r *ast.ReturnStmt, e ast.Expr) types.Type {
	var sig *types.Signature
	for i := len(path) - 1; i >= 0 && sig == nil; i-- {
		switch f := path[i].(type) {
		case *ast.FuncLit:
			sig, _ = seg.typeOf(f).(*types.Signature)
		case *ast.FuncDecl:
			if o, ok := seg.Info.Defs[f.Name].(*types.Func); ok {
				sig = o.Signature()
			}
		}
	}
	for i, x := range r.Results {
		if sig != nil && x == e && i < sig.Results().Len() {
			return sig.Results().At(i).Type()
		}
	}
	return nil
}
