package native

import (
	"go/ast"
	"go/types"
)

// callExpr pushes the results of a call.
func (f *fn) callExpr(e *ast.CallExpr) {
	fun := ast.Unparen(e.Fun)
	tv := f.info.Types[fun]
	switch {
	case tv.IsType():
		f.conversion(e)
		return
	case tv.IsBuiltin():
		f.builtin(e, builtinName(fun))
		return
	}
	switch fun := fun.(type) {
	case *ast.Ident:
		f.callObject(e, f.info.Uses[fun], nil)
	case *ast.SelectorExpr:
		if sel := f.info.Selections[fun]; sel != nil {
			f.callMethod(e, fun, sel)
			return
		}
		f.callPackage(e, fun)
	default:
		refuse(e, "a call of %s", types.ExprString(e.Fun))
	}
}

func builtinName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// callObject calls a source of the unit; recv pushes the receiver of a method.
func (f *fn) callObject(e *ast.CallExpr, obj types.Object, recv func()) {
	i, ok := f.u.byObject[obj]
	sig, isFunc := f.typeOf(e.Fun).Underlying().(*types.Signature)
	switch {
	case !isFunc:
		refuse(e, "a call of %s", types.ExprString(e.Fun))
	case !ok && f.u.callable != nil && obj != nil && f.u.callable(obj):
		f.pretend(e, sig, recv)
		return
	case !ok:
		refuse(e, "a call of %s, which is not compiled", types.ExprString(e.Fun))
	}
	if f.u.inlines(i) {
		f.inline(i, e, sig, recv)
		return
	}
	// Arguments are all evaluated before any is passed, so that a call among them finds this one not begun.
	if recv != nil {
		recv()
	}
	f.arguments(e, sig)
	results := f.returned(e, sig)
	f.before(i)
	for _, r := range results {
		if r.shape.memory {
			f.address(r.addr, r.off)
		}
	}
	f.callUnit(i)
	f.noteCall(i, e)
	f.disturb()
	for j := len(results) - 1; j >= 0; j-- {
		if !results[j].shape.memory {
			f.setAll(results[j].locals)
		}
	}
	f.after(i)
	for _, r := range results {
		f.read(r)
	}
}

// pretend stands for a call in a source that is only checked.
func (f *fn) pretend(e *ast.CallExpr, sig *types.Signature, recv func()) {
	if recv != nil {
		recv()
	}
	f.arguments(e, sig)
	for _, r := range f.returned(e, sig) {
		f.read(r)
	}
}

func (f *fn) arguments(e *ast.CallExpr, sig *types.Signature) {
	if len(e.Args) == 1 && sig.Params().Len() > 1 {
		f.expr(e.Args[0])
		return
	}
	for i, a := range e.Args {
		f.exprTo(a, sig.Params().At(i).Type())
	}
}

// returned makes places for the results.
func (f *fn) returned(e *ast.CallExpr, sig *types.Signature) []place {
	var ps []place
	for v := range sig.Results().Variables() {
		sh := f.u.shapes.of(v.Type(), e.Pos())
		p := place{shape: sh}
		if sh.memory {
			p.addr, p.off = f.frameSpace(sh.size)
		} else {
			p.locals = f.newLocals(sh)
		}
		ps = append(ps, p)
	}
	return ps
}

// callMethod calls a declared method on a value.
func (f *fn) callMethod(e *ast.CallExpr, fun *ast.SelectorExpr, sel *types.Selection) {
	m, ok := sel.Obj().(*types.Func)
	if !ok || sel.Kind() != types.MethodVal {
		refuse(e, "a call of %s", types.ExprString(e.Fun))
	}
	recv := m.Type().(*types.Signature).Recv().Type()
	if _, pointer := recv.(*types.Pointer); pointer {
		refuse(e, "a method with a pointer receiver")
	}
	if _, isInterface := recv.Underlying().(*types.Interface); isInterface {
		refuse(e, "a call through an interface")
	}
	if len(sel.Index()) > 1 {
		refuse(e, "a promoted method")
	}
	f.callObject(e, m, func() { f.expr(fun.X) })
}

// callPackage calls a function of package math, or refuses.
func (f *fn) callPackage(e *ast.CallExpr, fun *ast.SelectorExpr) {
	obj, ok := f.info.Uses[fun.Sel].(*types.Func)
	if !ok || obj.Pkg() == nil {
		refuse(e, "a call of %s", types.ExprString(e.Fun))
	}
	if obj.Pkg().Path() == "math" && f.math(e, obj.Name()) {
		return
	}
	if i, ok := f.u.byObject[obj]; ok && i >= 0 {
		f.callObject(e, obj, nil)
		return
	}
	refuse(e, "a call of %s", types.ExprString(e.Fun))
}
