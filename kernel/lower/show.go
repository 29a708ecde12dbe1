package lower

import (
	"go/ast"
	"go/types"
	"strings"

	"scorebook/kernel/cell"
)

// show hands the value of the cell's last expression to the host.
func (f *fn) show(seg *cell.Segment) {
	e := seg.Last
	f.at(e.Pos())
	f.bounds = true
	tv := f.info.Types[e]
	switch t := tv.Type.(type) {
	case *types.Tuple:
		if t.Len() == 0 || !seg.Show {
			f.line("%s", f.expr(e))
			return
		}
		f.showTuple(e, t)
		return
	}
	if tv.IsVoid() {
		f.line("%s", f.expr(e))
		return
	}
	if tv.IsType() || f.isNil(e) || tv.IsBuiltin() {
		f.reject(e, "this is no value that can be shown", "")
	}
	t := types.Default(f.typeOf(e))
	v := f.temp()
	f.line("%s := %s", v, f.exprTo(e, t))
	if !seg.Show {
		f.line("_ = %s", v)
		return
	}
	f.line("rt.Show(%q, %s)", typeText(t), f.convert(v, t, emptyInterface))
}

func (f *fn) showTuple(e ast.Expr, t *types.Tuple) {
	temps := f.tuple(e, t)
	for i := range temps {
		temps[i] = f.convert(temps[i], t.At(i).Type(), emptyInterface)
	}
	f.line("rt.ShowAll(%q, %t, %s)", typeText(t), f.prints(e), strings.Join(temps, ", "))
}

// prints reports a call of fmt's printing functions, made for its effect.
func (f *fn) prints(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	o := f.info.Uses[orBlank(calleeIdent(c.Fun))]
	return o != nil && o.Pkg() != nil && o.Pkg().Path() == "fmt" && strings.Contains(o.Name(), "rint") && !strings.HasPrefix(o.Name(), "S")
}

// typeText writes a type as the user would.
func typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == "main" {
			return ""
		}
		return p.Name()
	})
}
