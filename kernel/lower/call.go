package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// A callee is what a call calls.
type callee struct {
	fun    string // a function; "" for a method that a compiled package implements
	recv   string // the receiver: the function's first argument, or what the compiled method is called on
	method string // the compiled method's name
	kept   string // the compiled method's receiver as it is to be kept for a later call
	whole  string // the call itself, where it is a conversion or a built-in
}

func (c callee) call(args []string) string {
	switch {
	case c.whole != "":
		return c.whole
	case c.fun == "":
		return c.recv + "." + c.method + "(" + strings.Join(args, ", ") + ")"
	case c.recv != "":
		args = append([]string{c.recv}, args...)
	}
	return c.fun + "(" + strings.Join(args, ", ") + ")"
}

// keep computes what is called before the lines that were written since at.
func (c *callee) keep(f *fn, at int) {
	parts := []string{c.fun, c.recv}
	if c.fun == "" {
		parts[1] = c.kept
	}
	f.keep(parts, at)
	if c.fun != "" || parts[1] != c.kept {
		c.fun, c.recv = parts[0], parts[1]
	}
}

// call writes a call, a conversion or a built-in.
func (f *fn) call(e *ast.CallExpr) string {
	c, args := f.callParts(e)
	return c.call(args)
}

// callParts writes what is called and its arguments, so that go and defer can evaluate them beforehand.
func (f *fn) callParts(e *ast.CallExpr) (callee, []string) {
	fun := ast.Unparen(e.Fun)
	if tv := f.info.Types[fun]; tv.IsType() {
		return callee{whole: f.conversion(e.Args[0], f.typeOf(fun))}, nil
	}
	id := orBlank(calleeIdent(fun))
	if b, ok := f.info.Uses[id].(*types.Builtin); ok {
		return callee{whole: f.builtin(f.spreadOut(e), b.Name())}, nil
	}
	o := f.info.Uses[id]
	if o != nil && o.Pkg() != nil && o.Pkg().Path() == "errors" && o.Name() == "As" {
		return callee{fun: "rt.ErrorsAs"}, f.errorsAs(e)
	}
	c := f.calleeOf(fun)
	at := f.out.Len()
	args := f.args(e, f.calleeSignature(fun), passingTo(o))
	if n := len(args) - 1; passingTo(o) == templateData && c.method != "" {
		args[n] = "rt.TemplateData(" + c.recv + ", " + args[n] + ")"
	}
	if f.out.Len() > at {
		c.keep(f, at)
	}
	return c, args
}

func orBlank(id *ast.Ident) *ast.Ident {
	if id == nil {
		return &ast.Ident{}
	}
	return id
}

// calleeSignature is the signature with type arguments written out.
func (f *fn) calleeSignature(fun ast.Expr) *types.Signature {
	return f.typeOf(fun).Underlying().(*types.Signature)
}

func (f *fn) calleeOf(fun ast.Expr) callee {
	if s, ok := fun.(*ast.SelectorExpr); ok {
		if sel := f.info.Selections[s]; sel != nil && sel.Kind() == types.MethodVal {
			return f.callee(s)
		}
	}
	if o, ok := f.info.Uses[orBlank(calleeIdent(fun))].(*types.Func); ok && o.Signature().TypeParams() != nil {
		return callee{fun: f.genericCallee(fun)}
	}
	text := f.operand(fun)
	if strings.HasPrefix(text, "func(") {
		text = "(" + text + ")"
	}
	return callee{fun: text}
}

// args writes the arguments as the parameters want them: f(g()) with several results through temporaries, the
// variadic rest as it is.
func (f *fn) args(e *ast.CallExpr, sig *types.Signature, how passing) []string {
	if len(e.Args) == 1 {
		if t, ok := f.typeOf(e.Args[0]).(*types.Tuple); ok {
			return f.spread(e.Args[0], t, sig)
		}
	}
	args := f.inOrder(len(e.Args), func(i int) string {
		a := e.Args[i]
		to := f.paramType(sig, i, e.Ellipsis.IsValid())
		s := ""
		switch opaque := (how == rawValue || how == target) && types.Identical(to, emptyInterface); {
		case opaque && how == target:
			s = "rt.Target(" + f.exprTo(a, to) + ")"
		case opaque && isInterface(f.typeOf(a)):
			s = "rt.Raw(" + f.exprTo(a, to) + ")"
		case opaque:
			s = f.hoisted(a, f.exprTo(a, f.typeOf(a)))
		case f.isNil(a) && isHostInterface(to): // yaegi passes no bare nil
			s = fmt.Sprintf("*(new(%s))", f.typ(to))
		case f.isNil(a) && e.Ellipsis.IsValid():
			s = nilSlice(f.typ(to))
		default:
			s = f.hoisted(a, f.exprTo(a, to))
		}
		if i == len(e.Args)-1 && e.Ellipsis.IsValid() {
			s += "..."
		}
		return s
	})
	if last := sig.Params().Len() - 1; sig.Variadic() && len(args) == last {
		args = append(args, nilSlice(f.typ(sig.Params().At(last).Type()))+"...") // yaegi would make it empty
	}
	return args
}

// nilSlice writes a nil of a slice type, which may end in a function type without results.
func nilSlice(typ string) string { return "(" + typ + ")(nil)" }

func (f *fn) paramType(sig *types.Signature, i int, spread bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		last := sig.Params().At(n - 1).Type()
		if spread {
			return last
		}
		if s, ok := last.Underlying().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte] // append([]byte, string...)
	}
	return sig.Params().At(i).Type()
}

func (f *fn) spread(a ast.Expr, t *types.Tuple, sig *types.Signature) []string {
	temps := make([]string, t.Len())
	for i := range temps {
		temps[i] = f.temp()
	}
	f.line("%s := %s", strings.Join(temps, ", "), f.expr(a))
	for i := range temps {
		temps[i] = f.convert(temps[i], t.At(i).Type(), f.paramType(sig, i, false))
	}
	return temps
}

// conversion writes T(x).
func (f *fn) conversion(x ast.Expr, to types.Type) string {
	if tv := f.info.Types[x]; tv.Value != nil && !isInterface(to) {
		if s, ok := f.constantConversion(x, to); ok {
			return s
		}
	}
	from := f.typeOf(x)
	switch {
	case isInterface(to), f.isNil(x):
		if f.isNil(x) {
			return fmt.Sprintf("*(new(%s))", f.typ(to))
		}
		return f.convert(f.expr(x), from, to)
	case f.typ(to) == f.typ(from):
		return f.expr(x)
	}
	if _, fromSlice := from.Underlying().(*types.Slice); fromSlice {
		switch to.Underlying().(type) {
		case *types.Array, *types.Pointer:
			return fmt.Sprintf("rt.Convert(%s, %d).(%s)", f.expr(x), f.id(to), f.typ(to))
		}
	}
	t := f.typ(to)
	if strings.HasPrefix(t, "*") || strings.HasPrefix(t, "<-") || strings.HasPrefix(t, "func") || strings.HasPrefix(t, "chan") {
		t = "(" + t + ")"
	}
	return t + "(" + f.expr(x) + ")"
}

// constantConversion folds what go/types leaves: a constant converted to a type parameter's argument, or a
// string constant to a slice of bytes.
func (f *fn) constantConversion(x ast.Expr, to types.Type) (string, bool) {
	b, ok := to.Underlying().(*types.Basic)
	if !ok {
		return "", false
	}
	v := f.info.Types[x].Value
	from, _ := f.typeOf(x).Underlying().(*types.Basic)
	if from == nil || (from.Info()&types.IsString != 0) != (b.Info()&types.IsString != 0) {
		return "", false
	}
	if b.Info()&types.IsInteger != 0 && from.Info()&types.IsInteger == 0 {
		return "", false
	}
	return f.literal(v, to), true
}

// errorsAs passes errors.As the type it looks for, which a pointer to an erased type does not tell.
func (f *fn) errorsAs(e *ast.CallExpr) []string {
	id := -1
	if p, ok := f.under(e.Args[1]).(*types.Pointer); ok {
		id = f.id(p.Elem())
	}
	return []string{f.expr(e.Args[0]), f.expr(e.Args[1]), itoa(id)}
}

// hoisted gives a function literal a name before it is handed on: yaegi would otherwise let all turns of a loop
// share what the last one captured.
func (f *fn) hoisted(e ast.Expr, s string) string {
	if _, ok := ast.Unparen(e).(*ast.FuncLit); !ok {
		return s
	}
	t := f.temp()
	f.line("%s := %s", t, s)
	return t
}
