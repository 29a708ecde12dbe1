package lower

import (
	"go/ast"
	"go/types"

	"scorebook/kernel/cell"
)

// declareFuncs gives the segment's functions and methods their run-time names and writes their bodies. Callers
// go through a variable, so that a function that is defined again is seen by those who called the old one.
func (l *Lowerer) declareFuncs(f *fn, seg *cell.Segment) {
	l.nameFuncs(f, seg)
	for _, d := range seg.Funcs {
		o := l.funcObject(seg, d)
		if o == nil {
			continue
		}
		l.recovering[o] = d.Body != nil && recoversIn(d.Body)
		if sig := o.Signature(); sig.TypeParams() != nil || sig.RecvTypeParams() != nil {
			l.bodies[o] = body{d, seg.Info}
			continue
		}
		l.declareFunc(f, seg, d, o)
	}
	l.flushMethods(f, seg)
}

func initFuncs(seg *cell.Segment) (inits []*ast.FuncDecl) {
	for _, d := range seg.Funcs {
		if d.Recv == nil && d.Name.Name == "init" {
			inits = append(inits, d)
		}
	}
	return inits
}

// runInits calls those init functions that stand before a statement. They run after the variables that are declared
// right below them, as in a file; before nil all that are left run.
func (l *Lowerer) runInits(f *fn, seg *cell.Segment, inits []*ast.FuncDecl, before ast.Stmt) []*ast.FuncDecl {
	if _, ok := before.(*ast.DeclStmt); ok {
		return inits
	}
	for len(inits) > 0 && (before == nil || inits[0].Pos() < before.Pos()) {
		f.line("%s()", l.globals[seg.Info.Defs[inits[0].Name]])
		inits = inits[1:]
	}
	return inits
}

// funcObject finds what the checker made of a declaration; a late method lives on its type.
func (l *Lowerer) funcObject(seg *cell.Segment, d *ast.FuncDecl) *types.Func {
	for _, late := range seg.Late {
		if late == d {
			return lateMethod(seg, d)
		}
	}
	o, _ := seg.Info.Defs[d.Name].(*types.Func)
	return o
}

func lateMethod(seg *cell.Segment, d *ast.FuncDecl) *types.Func {
	tn, ok := seg.Pkg.Scope().Lookup(cell.ReceiverName(d)).(*types.TypeName)
	if !ok {
		return nil
	}
	named := types.Unalias(tn.Type()).(*types.Named)
	for m := range named.Methods() {
		if m.Name() == d.Name.Name {
			return m
		}
	}
	return nil
}

func (l *Lowerer) declareFunc(f *fn, seg *cell.Segment, d *ast.FuncDecl, o *types.Func) {
	base := d.Name.Name
	if d.Recv != nil {
		base = cell.ReceiverName(d) + "ǃ" + base
	}
	run := l.name(base + "ǃf")
	l.called = append(l.called, run)
	v := l.globals[o]
	if why := seg.WaitsFor(d); why != "" {
		l.waitingFunc(o, run, why)
		f.line("%s = %s", v, run)
		return
	}
	l.pending = append(l.pending, func() { l.writeFunc(body{d, seg.Info}, seg.Pkg, o, run, nil, seg.LateSignature(d)) })
	form := run
	if n := f.nativeFunc(d, o, v); n != nil {
		form = f.eitherForm(n, "func"+l.signature(withReceiver(o.Signature())), run)
	}
	f.line("%s = %s", v, form)
}

// nameFuncs gives functions their run-time variables before any body is looked at: they may call one another.
func (l *Lowerer) nameFuncs(f *fn, seg *cell.Segment) {
	for _, d := range seg.Funcs {
		o := l.funcObject(seg, d)
		if o == nil || o.Signature().TypeParams() != nil || o.Signature().RecvTypeParams() != nil {
			continue
		}
		l.now = d.Name.Pos()
		base := d.Name.Name
		if d.Recv != nil {
			base = cell.ReceiverName(d) + "ǃ" + base
		}
		v := l.globals[o]
		if v == "" && seg.Same[o] != nil {
			v = l.globals[seg.Same[o]]
		}
		if v == "" {
			v = l.name(base)
			l.declare("var %s func%s", v, l.signature(withReceiver(o.Signature())))
		}
		remember(l, l.globals, types.Object(o), v)
		if seg.WaitsFor(d) == "" {
			f.candidate(d, o, v)
		}
	}
}

// waitingFunc writes a function that says what it waits for.
func (l *Lowerer) waitingFunc(o *types.Func, run, why string) {
	f := l.newFunc(nil)
	f.sig = withReceiver(o.Signature())
	f.open("func %s%s {", run, f.params(f.sig, false))
	f.declareResults()
	f.line("rt.Waiting(%q)", why)
	f.line("%s", f.giveUp())
	f.close("}")
	l.decls = append(l.decls, f.out.String())
}

// flushMethods tells the run time which functions are the methods of which types.
func (l *Lowerer) flushMethods(f *fn, seg *cell.Segment) {
	for _, d := range seg.Funcs {
		o := l.funcObject(seg, d)
		if o == nil || o.Signature().Recv() == nil || o.Signature().RecvTypeParams() != nil {
			continue
		}
		f.line("rt.SetMethod(%d, %q, %s)", l.id(o.Signature().Recv().Type()), o.Name(), l.globals[o])
	}
}

// withReceiver writes a method's signature as that of a function whose first parameter is the receiver.
func withReceiver(s *types.Signature) *types.Signature {
	if s.Recv() == nil {
		return s
	}
	vars := []*types.Var{s.Recv()}
	for v := range s.Params().Variables() {
		vars = append(vars, v)
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(vars...), s.Results(), s.Variadic())
}

// writeFunc writes one function or method under its run-time name. The checked signature differs from the
// object's only for late methods, which are checked as functions.
func (l *Lowerer) writeFunc(b body, pkg *types.Package, o *types.Func, run string, subs substitution, checked *types.Signature) {
	f := l.newFunc(subs)
	f.info, f.pkg, f.self, f.selfRun = b.info, pkg, o, run
	f.in, f.frame, f.ours = userName(o), run, isLibrary(pkg)
	f.sig = withReceiver(o.Signature())
	if checked != nil {
		f.sig = checked
	}
	if b.decl.Body == nil {
		f.reject(b.decl, "a function in a cell needs a body", "write { … } after its signature")
	}
	if defersIn(b.decl.Body) {
		f.defers = f.temp()
	}
	f.open("func %s%s {", run, f.params(f.sig, f.defers != ""))
	f.body(b.decl.Body)
	f.close("}")
	l.decls = append(l.decls, f.out.String())
}

// instance returns the run-time name of a generic function or method with its arguments written out.
func (l *Lowerer) instance(o *types.Func, subs substitution, pos ast.Node) string {
	b, ok := l.bodies[o]
	if !ok {
		if n, ok := l.hostedInstance(o, subs); ok {
			return n
		}
		if own, ok := l.libraryFunc(o); ok {
			return l.instance(own, l.reparameterised(o, own, subs), pos)
		}
		panic(unsupported{pos.Pos(), "the generic function " + o.FullName() + " of a compiled package cannot be called from a cell", "write the loop out, or declare a function of your own that does the same"})
	}
	key := o.FullName() + l.keyOf(o, subs)
	if n, ok := l.instances[key]; ok {
		return n
	}
	n := l.name(o.Name() + "ǃg")
	remember(l, l.instances, key, n)
	l.pending = append(l.pending, func() { l.writeFunc(b, o.Pkg(), o, n, subs, nil) })
	return n
}

// keyOf tells instances apart; the object's position tells apart functions that bear one name.
func (l *Lowerer) keyOf(o *types.Func, subs substitution) string {
	key := ""
	params := o.Signature().TypeParams()
	if rp := o.Signature().RecvTypeParams(); rp != nil {
		params = rp
	}
	for i := range params.Len() {
		key += "," + itoa(l.id(subs[params.At(i)]))
	}
	return key + "@" + itoa(int(o.Pos()))
}

// reparameterised gives the library's version of a function the arguments that were found for the compiled one.
func (l *Lowerer) reparameterised(compiled, own *types.Func, subs substitution) substitution {
	out := substitution{}
	for i := range own.Signature().TypeParams().Len() {
		out[own.Signature().TypeParams().At(i)] = subs[compiled.Signature().TypeParams().At(i)]
	}
	return out
}
