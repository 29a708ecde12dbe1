package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// expr writes an expression as a value of its own, erased type.
func (f *fn) expr(e ast.Expr) string {
	if tv := f.info.Types[e]; tv.Value != nil {
		return f.literal(tv.Value, f.typeOf(e))
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.ident(e)
	case *ast.ParenExpr:
		return "(" + f.expr(e.X) + ")"
	case *ast.BasicLit:
		panic("lower: literal without a value")
	case *ast.FuncLit:
		return f.funcLit(e)
	case *ast.CompositeLit:
		return f.composite(e, f.typeOf(e))
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.IndexExpr:
		return f.index(e)
	case *ast.IndexListExpr:
		return f.genericValue(e)
	case *ast.SliceExpr:
		return f.slice(e)
	case *ast.StarExpr:
		return "*" + f.operand(e.X)
	case *ast.UnaryExpr:
		return f.unary(e)
	case *ast.BinaryExpr:
		return f.binary(e)
	case *ast.CallExpr:
		return f.call(e)
	case *ast.TypeAssertExpr:
		return f.assertion(e)
	}
	f.reject(e, fmt.Sprintf("%T cannot stand here", e), "")
	return ""
}

// operand is expr with parentheses where something binds looser than a dot or a star.
func (f *fn) operand(e ast.Expr) string {
	s := f.expr(e)
	switch ast.Unparen(e).(type) {
	case *ast.BinaryExpr, *ast.UnaryExpr, *ast.StarExpr, *ast.FuncLit, *ast.TypeAssertExpr:
		if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
			return "(" + s + ")"
		}
	}
	if strings.HasPrefix(s, "*") || strings.HasPrefix(s, "&") {
		return "(" + s + ")"
	}
	return s
}

func (f *fn) ident(e *ast.Ident) string {
	if e.Name == "_" {
		return "_"
	}
	o := f.info.ObjectOf(e)
	switch o := o.(type) {
	case *types.Nil:
		return "nil"
	case *types.Var:
		return f.variable(o)
	case *types.Func:
		if o.Signature().TypeParams() != nil {
			return f.genericValue(e)
		}
		return f.function(o)
	}
	f.reject(e, e.Name+" is no value", "")
	return ""
}

func (f *fn) variable(v *types.Var) string {
	if n, ok := f.globals[v]; ok {
		return n
	}
	if f.ofHost(v) {
		return f.alias(v.Pkg().Path()) + "." + v.Name()
	}
	return f.local(v)
}

// function names a declared function. One that calls itself does so directly, three times faster.
func (f *fn) function(o *types.Func) string {
	if o == f.self && f.selfRun != "" {
		return f.selfRun
	}
	if n, ok := f.globals[o]; ok {
		return n
	}
	return f.alias(o.Pkg().Path()) + "." + o.Name()
}

// genericValue writes an instance of a generic function as a value, which yaegi only makes of variables.
func (f *fn) genericValue(e ast.Expr) string {
	t := f.temp()
	f.line("var %s %s = %s", t, f.typ(f.typeOf(e)), f.genericCallee(e))
	return t
}

// genericCallee names an instance of a generic function.
func (f *fn) genericCallee(e ast.Expr) string {
	id := calleeIdent(e)
	o, ok := f.info.Uses[id].(*types.Func)
	if !ok {
		f.reject(e, "this cannot be given type arguments here", "")
	}
	inst := f.info.Instances[id]
	subs := substitution{}
	for i := range o.Signature().TypeParams().Len() {
		subs[o.Signature().TypeParams().At(i)] = f.subst(inst.TypeArgs.At(i), f.subs)
	}
	return f.instance(o, subs, e)
}

func calleeIdent(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return calleeIdent(e.X)
	case *ast.IndexListExpr:
		return calleeIdent(e.X)
	}
	return nil
}

func (f *fn) index(e *ast.IndexExpr) string {
	switch t := f.under(e.X).(type) {
	case *types.Signature:
		return f.genericValue(e)
	case *types.Map:
		xs := f.inOrder(2, func(i int) string {
			if i == 0 {
				return f.operand(e.X)
			}
			return f.mapKey(e.Index, t)
		})
		return xs[0] + "[" + xs[1] + "]"
	}
	if element, ok := f.checkedElement(e); ok {
		return element
	}
	f.checkIndex(e)
	xs := f.inOrder(2, func(i int) string {
		if i == 0 {
			return f.followed(e.X)
		}
		return f.expr(e.Index)
	})
	return xs[0] + "[" + xs[1] + "]"
}

// mapKey writes a key; only at run time is it known whether a value in an interface can be one.
func (f *fn) mapKey(e ast.Expr, m *types.Map) string {
	if f.isNil(e) {
		return fmt.Sprintf("*(new(%s))", f.typ(m.Key()))
	}
	s := f.exprTo(e, m.Key())
	if !isInterface(m.Key()) || isHostInterface(m.Key()) {
		return s
	}
	switch f.under(e).(type) {
	case *types.Basic, *types.Pointer, *types.Chan:
		return s
	}
	return "rt.Key(" + s + ")"
}

// followed writes an array, slice or string that is to be indexed, and follows a pointer to an array.
func (f *fn) followed(e ast.Expr) string {
	if _, ok := f.under(e).(*types.Pointer); ok {
		return "(*" + f.operand(e) + ")"
	}
	return f.operand(e)
}

func (f *fn) slice(e *ast.SliceExpr) string {
	f.checkSlice(e)
	parts := []ast.Expr{e.X, e.Low, e.High, e.Max}
	xs := f.inOrder(len(parts), func(i int) string {
		switch {
		case i == 0:
			return f.followed(e.X)
		case parts[i] == nil:
			return ""
		}
		return f.expr(parts[i])
	})
	s := xs[0] + "[" + xs[1] + ":" + xs[2]
	if e.Slice3 {
		s += ":" + xs[3]
	}
	return s + "]"
}

func (f *fn) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.ARROW:
		return f.receive(e)
	case token.AND:
		if c, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return "&" + f.composite(c, f.typeOf(c))
		}
		return "&" + f.target(e.X)
	}
	return e.Op.String() + f.operand(e.X)
}

// receive waits on a channel in the host, where an interrupt reaches it.
func (f *fn) receive(e *ast.UnaryExpr) string {
	elem := f.under(e.X).(*types.Chan).Elem()
	return fmt.Sprintf("*(rt.Receive(%s).(*%s))", f.expr(e.X), f.typ(elem))
}

func (f *fn) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.EQL, token.NEQ:
		return f.comparison(e)
	case token.LAND, token.LOR:
		return f.shortCircuit(f.expr(e.X), e.Op.String(), func() (y string) {
			f.unchecked(func() { y = f.expr(e.Y) })
			return y
		})
	case token.SHL, token.SHR:
		return f.pair(e, func() string { return f.exprTo(e.X, f.typeOf(e)) }, func() string { return f.shiftCount(e.Y) })
	}
	t := f.operandType(e)
	return f.pair(e, func() string { return f.exprTo(e.X, t) }, func() string { return f.exprTo(e.Y, t) })
}

// shiftCount writes a shift's right side; an untyped constant may look like a float there, and to what is computed
// there yaegi gives the type of the left side.
func (f *fn) shiftCount(e ast.Expr) string {
	if v := f.info.Types[e].Value; v != nil {
		return f.literal(v, types.Typ[types.Uint])
	}
	n, s := f.temp(), f.exprTo(e, types.Default(f.typeOf(e)))
	f.line("%s := %s", n, s)
	if b, ok := f.under(e).(*types.Basic); ok && b.Info()&types.IsUnsigned != 0 {
		return n
	}
	f.line("if %s < 0 { rt.NegativeShift() }", n)
	return "uint(" + n + ")"
}

// pair writes two operands, the left one computed first, and the operator between them.
func (f *fn) pair(e *ast.BinaryExpr, x, y func() string) string {
	xs := f.inOrder(2, func(i int) string { return []func() string{x, y}[i]() })
	return "(" + xs[0] + " " + e.Op.String() + " " + xs[1] + ")"
}

// operandType is the common type of two operands: that of the one which is no untyped constant.
func (f *fn) operandType(e *ast.BinaryExpr) types.Type {
	x, y := f.typeOf(e.X), f.typeOf(e.Y)
	if b, ok := x.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return y
	}
	return x
}

// comparison compares interfaces and structs in the host, by Go's rules; all else yaegi compares rightly.
func (f *fn) comparison(e *ast.BinaryExpr) string {
	op := e.Op.String()
	switch {
	case f.isNil(e.X):
		return "(" + f.operand(e.Y) + " " + op + " nil)"
	case f.isNil(e.Y):
		return "(" + f.operand(e.X) + " " + op + " nil)"
	}
	t := f.operandType(e)
	if isInterface(f.typeOf(e.Y)) {
		t = f.typeOf(e.Y)
	}
	switch t.Underlying().(type) {
	case *types.Interface, *types.Struct, *types.Array, *types.Chan:
		// Two types of which one is declared compare as one type.
		same := !isInterface(f.typeOf(e.X)) && !isInterface(f.typeOf(e.Y))
		xs := f.inOrder(2, func(i int) string {
			operand := []ast.Expr{e.X, e.Y}[i]
			if same {
				return f.convert(f.exprTo(operand, t), t, emptyInterface)
			}
			return f.asAny(operand)
		})
		eq := fmt.Sprintf("rt.Equal(%s, %s)", xs[0], xs[1])
		if e.Op == token.NEQ {
			return "!" + eq
		}
		return eq
	}
	return f.pair(e, func() string { return f.exprTo(e.X, t) }, func() string { return f.exprTo(e.Y, t) })
}

var emptyInterface = types.NewInterfaceType(nil, nil)

func (f *fn) asAny(e ast.Expr) string { return f.exprTo(e, emptyInterface) }

// assertion writes x.(T) with one value.
func (f *fn) assertion(e *ast.TypeAssertExpr) string {
	t := f.typeOf(e)
	return f.asserted(fmt.Sprintf("rt.Assert(%s, %d, %d)", f.expr(e.X), f.id(f.typeOf(e.X)), f.id(t)), t)
}

// asserted takes a value of a type out of what the host gave for it.
func (f *fn) asserted(s string, t types.Type) string {
	typ := f.typ(t)
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return fmt.Sprintf("*(%s.(*%s))", s, typ)
	case *types.Struct:
		if u.NumFields() == 0 { // yaegi looks for a first field
			f.line("%s", s)
			return typ + "{}"
		}
	}
	return fmt.Sprintf("%s.(%s)", s, typ)
}

// assertion2 writes x.(T) with its second value.
func (f *fn) assertion2(e *ast.TypeAssertExpr, t types.Type) (value, ok string) {
	p, b, v := f.temp(), f.temp(), f.temp()
	f.line("%s, %s := rt.AssertOK(%s, %d)", p, b, f.expr(e.X), f.id(t))
	f.line("var %s %s", v, f.typ(t))
	if u, ok := t.Underlying().(*types.Struct); ok && u.NumFields() == 0 {
		return v, b
	}
	f.open("if %s {", b)
	f.line("%s = %s", v, f.asserted(p, t))
	f.close("}")
	return v, b
}

func (f *fn) funcLit(e *ast.FuncLit) string {
	if n := f.nativeLit(e); n != nil {
		return f.eitherForm(n, f.typ(f.typeOf(e)), f.interpretedLit(e))
	}
	if n, addresses := f.nativeClosure(e); n != nil {
		return f.closureForm(n, addresses, f.typ(f.typeOf(e)), f.interpretedLit(e))
	}
	return f.interpretedLit(e)
}

func (f *fn) interpretedLit(e *ast.FuncLit) string {
	sig := f.typeOf(e).Underlying().(*types.Signature)
	// The parameters' objects are those of the literal as checked, before type arguments are written out.
	checked, _ := f.info.TypeOf(e).(*types.Signature)
	g := f.inner(sig)
	if defersIn(e.Body) {
		g.defers = f.temp()
	}
	g.sig = checked
	g.open("func%s {", g.params(checked, g.defers != ""))
	g.body(e.Body)
	g.depth--
	return strings.TrimLeft(g.out.String(), "\t") + strings.Repeat("\t", g.depth) + "}"
}
