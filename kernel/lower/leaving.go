package lower

import (
	"go/ast"
	"go/types"
)

// leavingIn finds the literals in a function's own body that may be called elsewhere: those that it returns, hands to
// others or keeps, but not those that it only calls.
func (f *fn) leavingIn(b *ast.BlockStmt) map[*ast.FuncLit]string {
	all, called := map[*ast.FuncLit]string{}, map[ast.Expr]bool{}
	held := map[*ast.FuncLit]types.Object{}
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if !called[n] && all[n] == "" {
				all[n] = "function literal"
			}
			return false
		case *ast.CallExpr:
			called[ast.Unparen(n.Fun)] = true
		case *ast.ReturnStmt:
			for _, r := range n.Results {
				if lit, ok := ast.Unparen(r).(*ast.FuncLit); ok {
					all[lit] = "returned literal"
				}
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i := range n.Lhs {
					f.hold(held, n.Lhs[i], n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			if len(n.Names) == len(n.Values) {
				for i := range n.Names {
					f.hold(held, n.Names[i], n.Values[i])
				}
			}
		}
		return true
	})
	passed := f.passedOn(b)
	for lit, o := range held {
		if !passed[o] {
			delete(all, lit)
		}
	}
	return all
}

// hold notes a literal that goes into a local variable.
func (f *fn) hold(held map[*ast.FuncLit]types.Object, to, from ast.Expr) {
	lit, ok := ast.Unparen(from).(*ast.FuncLit)
	id, named := to.(*ast.Ident)
	if !ok || !named {
		return
	}
	o := f.info.Defs[id]
	if o == nil {
		o = f.info.Uses[id]
	}
	if o == nil || f.globals[o] == "" {
		held[lit] = o
	}
}

// passedOn finds the variables of func type that are used otherwise than being called or set.
func (f *fn) passedOn(b *ast.BlockStmt) map[types.Object]bool {
	passed, plain := map[types.Object]bool{}, map[*ast.Ident]bool{}
	for v := range f.sig.Results().Variables() {
		passed[v] = true
	}
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
				plain[id] = true
			}
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				if id, ok := to.(*ast.Ident); ok {
					plain[id] = true
				}
			}
		case *ast.Ident:
			if o := f.info.Uses[n]; o != nil && !plain[n] {
				passed[o] = true
			}
		}
		return true
	})
	return passed
}
