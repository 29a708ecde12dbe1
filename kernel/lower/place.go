package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Place is where a statement lies. A function that calls none of the cells' functions is a leaf: it marks its statements
// in a variable of its own, so that the place of the call is still known when it fails.
type Place struct {
	token.Position
	In    string // the function, as its user would call it; "" for the cell itself
	Frame string // what the interpreter calls it
	Leaf  bool
}

// position numbers a place in a cell for the run time's error messages.
func (f *fn) position(pos token.Pos) int {
	f.Positions = append(f.Positions, Place{f.fset.Position(pos), f.in, f.frame, f.leaf})
	return len(f.Positions) - 1
}

// at marks the statement that runs next, for the error message should it fail.
func (f *fn) at(pos token.Pos) {
	if f.ours {
		return
	}
	if pos.IsValid() {
		f.now = pos
		marker := "ǃp"
		if f.leaf {
			marker = "ǃl"
		}
		f.line("%s = %d", marker, f.position(pos))
	}
	if f.sig == nil {
		f.check() // a call before this one may have been broken off
	}
}

// userName is what a declared function is called in messages.
func userName(o *types.Func) string {
	recv := o.Signature().Recv()
	if recv == nil {
		return o.Name()
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		return "(*" + typeText(p.Elem()) + ")." + o.Name()
	}
	return typeText(t) + "." + o.Name()
}

// literalIn is what a function literal is called that stands in another function.
func literalIn(outer string) string {
	if outer == "" {
		return "a func literal"
	}
	return "a func literal of " + outer
}

// calls reports whether a function may call another of the cells', at once or through compiled code, so that its
// own statement must stay known meanwhile.
func (f *fn) calls(b *ast.BlockStmt) bool {
	if f.defers != "" || f.callsCells(b) {
		return true
	}
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			found = true
		case *ast.RangeStmt:
			_, overFunc := f.under(n.X).(*types.Signature)
			found = found || overFunc
		}
		return !found
	})
	return found
}
