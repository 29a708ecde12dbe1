package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// An index that is out of range fails in yaegi too, but without the figures that one needs to find out why. Where it
// costs little, a comparison before the statement fails first and says them: for operands that are names or fields,
// outside loop headers and what && and || may pass over.

// unchecked writes something without such comparisons.
func (f *fn) unchecked(write func()) {
	was := f.bounds
	f.bounds = false
	write()
	f.bounds = was
}

// checkIndex compares an index with the length.
func (f *fn) checkIndex(e *ast.IndexExpr) {
	length := f.lengthOf(e.X)
	if !f.bounds || length == "" || !f.plain(e.Index) || f.inSpan(e) {
		return
	}
	constant := f.info.Types[e.Index].Value != nil
	if constant && length[0] != 'l' {
		return // the checker has seen to it
	}
	i := f.asInt(e.Index)
	cond := fmt.Sprintf("%s >= %s", i, length)
	if f.sig == nil && !constant {
		cond = fmt.Sprintf("%s < 0 || %s", i, cond)
	}
	f.line("if %s { rt.OutOfRange(%s, %s) }", cond, i, length)
}

// checkedElement writes an element of what is no name but costs more than a comparison anyway, or stands in the cell
// itself, by way of temporaries that the index and the length can be taken from.
func (f *fn) checkedElement(e *ast.IndexExpr) (string, bool) {
	length := f.lengthOf(e.X)
	if !f.bounds || f.sig != nil && !costly(e.X) || length != "" && f.plain(e.Index) {
		return "", false
	}
	of := ""
	if length == "" {
		of = f.temp()
		length = "len(" + of + ")"
		f.line("%s := %s", of, f.exprTo(e.X, types.Default(f.typeOf(e.X))))
	}
	i, at := f.temp(), f.asInt(e.Index)
	f.line("%s := %s", i, at)
	f.line("if %s < 0 || %s >= %s { rt.OutOfRange(%s, %s) }", i, i, length, i, length)
	if of == "" {
		of = f.followed(e.X)
	}
	return of + "[" + i + "]", true
}

// costly reports what makes a new value: a call or a composite literal.
func costly(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.CallExpr, *ast.CompositeLit:
		return true
	}
	return false
}

// checkSlice compares the bounds of a slice expression with each other and with the capacity.
func (f *fn) checkSlice(e *ast.SliceExpr) {
	length := f.lengthOf(e.X)
	if !f.bounds || length == "" || e.Slice3 {
		return
	}
	low, high, most, slice := "0", length, length, false
	if _, slice = f.under(e.X).(*types.Slice); slice {
		most = "cap" + length[len("len"):]
	}
	for _, b := range []struct {
		e    ast.Expr
		text *string
	}{{e.Low, &low}, {e.High, &high}} {
		if b.e == nil {
			continue
		}
		if !f.plain(b.e) {
			return
		}
		*b.text = f.asInt(b.e)
	}
	if e.High == nil {
		most = high
	}
	if e.Low == nil && e.High == nil {
		return
	}
	f.line("if %s > %s || %s > %s { rt.BadSlice(%s, %s, %s, %t, %t) }", high, most, low, high, low, high, most, e.High != nil, slice)
}

// lengthOf writes the length of an operand that can be named again at no cost, or "".
func (f *fn) lengthOf(x ast.Expr) string {
	t := f.under(x)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	switch t := t.(type) {
	case *types.Array:
		return fmt.Sprint(t.Len())
	case *types.Slice, *types.Basic:
		if f.plain(x) && f.info.Types[x].Value == nil {
			return "len(" + f.expr(x) + ")"
		}
	}
	return ""
}

// plain reports what can be evaluated twice at little cost: a constant, a variable, fields of one, sums with a
// constant, and in the cell itself, where nothing turns often, elements and sums of such.
func (f *fn) plain(e ast.Expr) bool {
	if f.info.Types[e].Value != nil {
		return true
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := f.info.ObjectOf(e).(*types.Var)
		return ok
	case *ast.SelectorExpr:
		sel := f.info.Selections[e]
		return sel != nil && sel.Kind() == types.FieldVal && f.plain(e.X)
	case *ast.BinaryExpr:
		constant := f.info.Types[e.X].Value != nil || f.info.Types[e.Y].Value != nil
		return (e.Op == token.ADD || e.Op == token.SUB) && (constant || f.sig == nil) && f.plain(e.X) && f.plain(e.Y)
	case *ast.IndexExpr:
		return f.sig == nil && f.lengthOf(e.X) != "" && f.plain(e.X) && f.plain(e.Index)
	}
	return false
}

func (f *fn) asInt(e ast.Expr) string {
	if f.info.Types[e].Value != nil {
		return f.literal(f.info.Types[e].Value, types.Typ[types.Int])
	}
	if b, ok := f.typeOf(e).(*types.Basic); ok && b.Kind() == types.Int {
		return f.expr(e)
	}
	return "int(" + f.expr(e) + ")"
}

// A span is an index variable that a loop's header keeps within the length of a variable.
type span struct{ index, of types.Object }

// inSpan reports an index that the loops around it keep in range.
func (f *fn) inSpan(e *ast.IndexExpr) bool {
	x, i := identOf(ast.Unparen(e.X)), identOf(ast.Unparen(e.Index))
	if x == nil || i == nil {
		return false
	}
	for _, s := range f.spans {
		if s == (span{f.info.ObjectOf(i), f.info.ObjectOf(x)}) {
			return true
		}
	}
	return false
}

// spanning notes a loop's span until the function it returns is called.
func (f *fn) spanning(s ast.Stmt) (done func()) {
	was := f.spans
	f.spans = append(was[:len(was):len(was)], f.spanOf(s))
	return func() { f.spans = was }
}

// spanOf reads the span of for i := …; i < len(x); … and of for i := range x.
func (f *fn) spanOf(s ast.Stmt) span {
	switch s := s.(type) {
	case *ast.RangeStmt:
		x, i := identOf(ast.Unparen(s.X)), identOf(s.Key)
		if x != nil && i != nil {
			return span{f.info.ObjectOf(i), f.info.ObjectOf(x)}
		}
	case *ast.ForStmt:
		c, ok := s.Cond.(*ast.BinaryExpr)
		if !ok || c.Op != token.LSS {
			break
		}
		call, ok := ast.Unparen(c.Y).(*ast.CallExpr)
		i := identOf(c.X)
		if !ok || i == nil || len(call.Args) != 1 {
			break
		}
		if name, x := identOf(call.Fun), identOf(call.Args[0]); name != nil && x != nil && name.Name == "len" {
			return span{f.info.ObjectOf(i), f.info.ObjectOf(x)}
		}
	}
	return span{}
}
