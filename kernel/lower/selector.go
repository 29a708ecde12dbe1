package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// selector writes x.f as a value: a field, a name of a package, a method bound to x, or a method as a function.
func (f *fn) selector(e *ast.SelectorExpr) string {
	sel := f.info.Selections[e]
	if sel == nil {
		return f.qualified(e)
	}
	switch sel.Kind() {
	case types.FieldVal:
		s, _ := f.walk(f.operand(e.X), f.typeOf(e.X), sel.Index())
		return s
	case types.MethodVal:
		return f.methodValue(e)
	}
	return f.methodExpr(e)
}

func (f *fn) qualified(e *ast.SelectorExpr) string {
	switch o := f.info.Uses[e.Sel].(type) {
	case *types.Var:
		return f.variable(o)
	case *types.Func:
		if o.Signature().TypeParams() != nil {
			return f.genericValue(e)
		}
		return f.function(o)
	}
	f.reject(e, e.Sel.Name+" is no value", "")
	return ""
}

// walk follows a path of fields, the embedded ones on the way written out.
func (f *fn) walk(s string, t types.Type, path []int) (string, types.Type) {
	for _, i := range path {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st := t.Underlying().(*types.Struct)
		v := st.Field(i)
		name := v.Name()
		if n, ok := types.Unalias(t).(*types.Named); !ok || IsUser(n) {
			name = FieldName(v, i)
		}
		s, t = s+"."+name, f.subst(v.Type(), f.subs)
	}
	return s, t
}

// method is a resolved x.M: the receiver as written so far, and what M is.
type method struct {
	recv string
	at   types.Type // the receiver's type after embedded fields
	fn   *types.Func
	sig  *types.Signature
}

// resolve looks M up in the type that x has once type arguments are written out.
func (f *fn) resolve(e *ast.SelectorExpr) method {
	t := f.typeOf(e.X)
	o, path, _ := types.LookupFieldOrMethod(t, true, f.pkg, e.Sel.Name)
	fun, ok := o.(*types.Func)
	if !ok {
		f.reject(e, "the method "+e.Sel.Name+" cannot be found", "")
	}
	recv, at := f.walk(f.operand(e.X), t, path[:len(path)-1])
	return method{recv, at, fun, fun.Signature()}
}

// dynamic reports a method that is found at run time, by the value's own type.
func (m method) dynamic() bool { return isInterface(m.at) && !isHostInterface(m.at) }

// compiled reports a method that a host package implements.
func (m method) compiled() bool {
	r := m.fn.Signature().Recv().Type()
	if p, ok := r.(*types.Pointer); ok {
		r = p.Elem()
	}
	n, ok := types.Unalias(r).(*types.Named)
	return ok && !IsUser(n)
}

// callee writes what x.M(…) calls.
func (f *fn) callee(e *ast.SelectorExpr) callee {
	m := f.resolve(e)
	switch {
	case m.dynamic():
		return callee{fun: f.dynamicMethod(m)}
	case m.compiled():
		return callee{recv: m.recv, method: m.fn.Name(), kept: f.receiver(m)}
	}
	return callee{fun: f.methodFunc(m.fn, e), recv: f.receiver(m)}
}

// dynamicMethod finds a method by the type that an interface value has at run time.
func (f *fn) dynamicMethod(m method) string {
	sig := f.subst(m.sig, f.subs).(*types.Signature)
	return fmt.Sprintf("rt.Method(%s, %q, %d).(func%s)", m.recv, m.fn.Name(), f.id(sig), f.Lowerer.signature(sig))
}

// receiver takes the address of, or follows, the receiver as the method wants it.
func (f *fn) receiver(m method) string {
	_, wants := m.fn.Signature().Recv().Type().(*types.Pointer)
	_, has := m.at.Underlying().(*types.Pointer)
	switch {
	case wants && !has:
		return "&" + m.recv
	case has && !wants:
		return "*" + m.recv
	}
	return m.recv
}

// methodFunc names the function behind a method of a user's type, written out for the receiver's arguments.
func (f *fn) methodFunc(o *types.Func, at ast.Node) string {
	if n, ok := f.globals[o]; ok {
		return n
	}
	origin := o.Origin()
	recv := o.Signature().Recv().Type()
	if p, ok := recv.(*types.Pointer); ok {
		recv = p.Elem()
	}
	named := types.Unalias(recv).(*types.Named)
	params := origin.Signature().RecvTypeParams()
	if params == nil {
		f.reject(at, "the method "+o.Name()+" has no body yet", "run the cell that declares it")
	}
	subs := substitution{}
	for i := range params.Len() {
		subs[params.At(i)] = f.subst(named.TypeArgs().At(i), f.subs)
	}
	return f.instance(origin, subs, at)
}

// methodValue binds a receiver now, as Go does, and not at the call.
func (f *fn) methodValue(e *ast.SelectorExpr) string {
	m := f.resolve(e)
	if m.dynamic() {
		return f.dynamicMethod(m)
	}
	bound := f.temp()
	f.line("%s := %s", bound, f.receiver(m))
	c := callee{fun: "", recv: bound, method: m.fn.Name()}
	if !m.compiled() {
		c = callee{fun: f.methodFunc(m.fn, e), recv: bound}
	}
	return f.forwarding(f.subst(m.sig, f.subs).(*types.Signature), func([]string) callee { return c }, 0)
}

// forwarding writes a function literal that calls something with its own parameters, all but the first few.
func (f *fn) forwarding(sig *types.Signature, to func(params []string) callee, but int) string {
	params, args := f.forward(sig)
	c := to(args)
	ret := ""
	if sig.Results().Len() > 0 {
		ret = "return "
	}
	return fmt.Sprintf("func%s%s { %s%s }", params, f.Lowerer.results(sig), ret, c.call(args[but:]))
}

// forward names parameters, and passes them on.
func (f *fn) forward(sig *types.Signature) (params string, args []string) {
	var ps []string
	for i := range sig.Params().Len() {
		t, n := sig.Params().At(i).Type(), f.temp()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			ps = append(ps, n+" ..."+f.typ(t.(*types.Slice).Elem()))
			args = append(args, n+"...")
			continue
		}
		ps = append(ps, n+" "+f.typ(t))
		args = append(args, n)
	}
	return "(" + strings.Join(ps, ", ") + ")", args
}

// results writes a signature's results alone.
func (l *Lowerer) results(sig *types.Signature) string {
	return strings.TrimPrefix(l.signature(types.NewSignatureType(nil, nil, nil, nil, sig.Results(), false)), "()")
}

// methodExpr writes T.M as a function whose first parameter is the receiver.
func (f *fn) methodExpr(e *ast.SelectorExpr) string {
	sig := f.typeOf(e).Underlying().(*types.Signature)
	t := sig.Params().At(0).Type()
	o, path, _ := types.LookupFieldOrMethod(t, true, f.pkg, e.Sel.Name)
	return f.forwarding(sig, func(args []string) callee {
		recv, at := f.walk(args[0], t, path[:len(path)-1])
		m := method{recv, at, o.(*types.Func), o.(*types.Func).Signature()}
		switch {
		case m.dynamic():
			return callee{fun: f.dynamicMethod(m)}
		case m.compiled():
			return callee{recv: recv, method: m.fn.Name()}
		}
		return callee{fun: f.methodFunc(m.fn, e), recv: f.receiver(m)}
	}, 1)
}
