package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// builtin writes a call of one of Go's built-in functions.
func (f *fn) builtin(e *ast.CallExpr, name string) string {
	switch name {
	case "append":
		return f.appendCall(e)
	case "make":
		return f.makeCall(e)
	case "new":
		return f.newCall(e)
	case "min", "max":
		return f.extremum(e, name)
	case "clear":
		return "rt.Clear(" + f.expr(e.Args[0]) + ")"
	case "close":
		return "close(" + f.expr(e.Args[0]) + ")"
	case "panic":
		return "rt.Panic(" + f.asAny(e.Args[0]) + ")"
	case "recover":
		return "rt.Recover(" + f.recovers + ")"
	case "print", "println":
		return "rt.P" + name[1:] + "(" + f.anyList(e.Args) + ")"
	case "delete":
		m := f.under(e.Args[0]).(*types.Map)
		args := f.inOrder(2, func(i int) string {
			if i == 1 {
				return f.mapKey(e.Args[1], m)
			}
			return f.expr(e.Args[0])
		})
		return fmt.Sprintf("delete(%s, %s)", args[0], args[1])
	case "complex":
		part := types.Typ[types.Float64]
		if b, ok := f.under(e).(*types.Basic); ok && b.Kind() == types.Complex64 {
			part = types.Typ[types.Float32]
		}
		args := f.inOrder(2, func(i int) string { return f.exprTo(e.Args[i], part) })
		return fmt.Sprintf("complex(%s, %s)", args[0], args[1])
	case "len", "cap":
		return f.length(e.Args[0], name)
	case "Sizeof", "Alignof":
		return f.layout(e, name)
	case "copy", "real", "imag":
		args := f.inOrder(len(e.Args), func(i int) string { return f.expr(e.Args[i]) })
		return name + "(" + strings.Join(args, ", ") + ")"
	}
	f.reject(e, "unsafe."+name+" cannot be used in a cell", unsafeHint)
	return ""
}

// length writes len and cap, which are constants for arrays, nil pointers to them included.
func (f *fn) length(e ast.Expr, name string) string {
	t := f.under(e)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	a, ok := t.(*types.Array)
	if !ok {
		return name + "(" + f.expr(e) + ")"
	}
	if s := f.expr(e); effective(s) {
		f.line("_ = %s", s)
	}
	return fmt.Sprint(a.Len())
}

// layout writes what go/types leaves of package unsafe's constants: those of type parameters.
func (f *fn) layout(e *ast.CallExpr, name string) string {
	sizes, t := types.SizesFor("gc", "amd64"), f.typeOf(e.Args[0])
	n := sizes.Sizeof(t)
	if name == "Alignof" {
		n = sizes.Alignof(t)
	}
	return fmt.Sprintf("uintptr(%d)", n)
}

func (f *fn) anyList(args []ast.Expr) string {
	return strings.Join(f.inOrder(len(args), func(i int) string { return f.asAny(args[i]) }), ", ")
}

func (f *fn) appendCall(e *ast.CallExpr) string {
	t := f.typeOf(e)
	elem := t.Underlying().(*types.Slice).Elem()
	out := f.inOrder(len(e.Args), func(i int) string {
		a := e.Args[i]
		switch {
		case i == 0 && f.isNil(a):
			return nilSlice(f.typ(t))
		case i == 0:
			return f.exprTo(a, t)
		case !e.Ellipsis.IsValid() || i < len(e.Args)-1:
			return f.exprTo(a, elem)
		}
		s := f.expr(a)
		if b, ok := f.under(a).(*types.Basic); ok && b.Info()&types.IsString != 0 {
			s = "[]byte(" + s + ")"
		}
		return s + "..."
	})
	if len(out) > 2 { // yaegi would set the first before it looks at the second
		f.keepThose(changeable, out[1:], f.out.Len())
	}
	if n, ok := types.Unalias(elem).(*types.Named); ok && IsUser(n) && types.Identical(elem, t) && !e.Ellipsis.IsValid() {
		// yaegi would take a slice that is its own element for a list of elements.
		return "append(" + out[0] + ", " + f.typ(t) + "{" + strings.Join(out[1:], ", ") + "}...)"
	}
	return "append(" + strings.Join(out, ", ") + ")"
}

// makeCall asks the host first whether there is memory: too much of it would end the process.
func (f *fn) makeCall(e *ast.CallExpr) string {
	t := f.typeOf(e)
	sizes := f.inOrder(len(e.Args)-1, func(i int) string { return f.sizeArg(e.Args[i+1]) })
	switch u := t.Underlying().(type) {
	case *types.Slice:
		for i, check := range []string{"Room", "RoomAbove"}[:len(sizes)] {
			sizes[i] = fmt.Sprintf("rt.%s(%s, %d)", check, sizes[i], sizeof(u.Elem()))
		}
	case *types.Chan:
		both := f.typ(types.NewChan(types.SendRecv, u.Elem()))
		for i := range sizes {
			sizes[i] = fmt.Sprintf("rt.Buffer(%s, %d)", sizes[i], sizeof(u.Elem()))
		}
		made := "make(" + strings.Join(append([]string{both}, sizes...), ", ") + ")"
		if u.Dir() != types.SendRecv {
			return "(" + f.typ(t) + ")(" + made + ")"
		}
		if f.typ(t) == both {
			return made
		}
	case *types.Map:
		sizes = nil
	}
	return "make(" + strings.Join(append([]string{f.typ(t)}, sizes...), ", ") + ")"
}

func (f *fn) sizeArg(a ast.Expr) string {
	s := f.expr(a)
	if f.info.Types[a].Value != nil {
		return f.literal(f.info.Types[a].Value, types.Typ[types.Int])
	}
	if b, ok := f.under(a).(*types.Basic); ok && b.Kind() != types.Int {
		return "int(" + s + ")"
	}
	return s
}

func sizeof(t types.Type) int64 { return max(1, types.SizesFor("gc", "amd64").Sizeof(t)) }

func (f *fn) newCall(e *ast.CallExpr) string {
	if f.info.Types[e.Args[0]].IsType() {
		return "new(" + f.typ(f.typeOf(e.Args[0])) + ")"
	}
	t := f.typeOf(e).(*types.Pointer)
	v := f.temp()
	return fmt.Sprintf("func() %s { var %s %s = %s; return &%s }()", f.typ(t), v, f.typ(t.Elem()), f.exprTo(e.Args[0], t.Elem()), v)
}

// extremum writes min and max, which yaegi lacks, as a function literal over their arguments.
func (f *fn) extremum(e *ast.CallExpr, name string) string {
	t := f.typeOf(e)
	b := t.Underlying().(*types.Basic)
	if b.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
	}
	typ := f.typ(t)
	op := map[string]string{"min": "<", "max": ">"}[name]
	var params []string
	var out strings.Builder
	r := f.temp()
	args := f.inOrder(len(e.Args), func(i int) string { return f.exprTo(e.Args[i], t) })
	for i := range e.Args {
		p := f.temp()
		params = append(params, p+" "+typ)
		switch {
		case i == 0:
			fmt.Fprintf(&out, "%s := %s; ", r, p)
		case b.Info()&types.IsFloat != 0:
			fmt.Fprintf(&out, "%s = %s(rt.Float%s(float64(%s), float64(%s))); ", r, typ, strings.ToUpper(name[:1])+name[1:], r, p)
		default:
			fmt.Fprintf(&out, "if %s %s %s { %s = %s }; ", p, op, r, r, p)
		}
	}
	return fmt.Sprintf("func(%s) %s { %sreturn %s }(%s)", strings.Join(params, ", "), typ, out.String(), r, strings.Join(args, ", "))
}

const unsafeHint = "values do not lie in memory here as compiled Go lays them out: write it without package unsafe"
