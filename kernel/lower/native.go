package lower

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/native"
)

// Native is a function or loop of a cell that was considered for machine code.
type Native struct {
	Name     string
	Pos      token.Position
	Compiled bool
	Program  *native.Program // while it may have to be bound
	Captured []string        // run-time names of the program's captured variables, in its order
	Refusal  string          // why it is interpreted
	At       token.Position  // the first place that prevents it

	id       int
	variable string // run-time name, for a declared function
	source   *native.Source
	uses     map[string]bool // run-time names of the functions it was compiled together with
	waiting  bool            // for a variable that the cell declares with a literal later on
	given    bool            // to lowered source that may run again, in whatever form is in force
	local    bool            // bound to variables of a function, each time the literal is evaluated
}

// Local reports a literal that stands in a function: its variables exist only when the function runs.
func (n *Native) Local() bool { return n.local }

// Indirect reports that the compiled form may change later, because it holds functions that may be redefined.
func (n *Native) Indirect() bool { return len(n.uses) > 0 }

// Lasting reports that what later cells define may give it another form.
func (n *Native) Lasting() bool {
	return n.Indirect() && n.given || n.local && n.Program != nil
}

// ID is the number by which lowered source asks for the compiled function.
func (n *Native) ID() int { return n.id }

// Natives lists what was considered: the declared functions that are in force, and the literals and loops of the
// latest cell.
func (l *Lowerer) Natives() []*Native { return l.natives }

// Release lets go of what a cell compiled, once it has run. Machine code lives as long as the values that hold it;
// a program is kept only to be compiled anew when a function it was compiled together with is defined again.
func (l *Lowerer) Release(p *Program) {
	for _, n := range p.Natives {
		if !n.Indirect() && !n.local {
			n.Program, n.source, n.Captured = nil, nil, nil
		}
	}
}

// mostNameless is how many literals of earlier cells may still be told of what changes; older ones are interpreted.
const mostNameless = 64

// prune forgets the literals and loops of earlier cells and the functions that were defined again.
func (l *Lowerer) prune(redefined string) {
	nameless := 0
	for _, n := range l.natives {
		if n.variable == "" {
			nameless++
		}
	}
	kept := l.natives[:0]
	for _, n := range l.natives {
		if n.variable == redefined && n.variable != "" {
			continue
		}
		if n.variable == "" && redefined == "" {
			nameless--
			if !n.Lasting() || nameless >= mostNameless {
				continue
			}
		}
		kept = append(kept, n)
	}
	clear(l.natives[len(kept):])
	l.natives = kept
}

// consider compiles a function or loop if it is of the numeric subset, and returns nil if not.
func (l *Lowerer) consider(label, variable string, src *native.Source, captures func(*types.Var) bool) *Native {
	if l.compiler == nil {
		l.interpreted(label, variable, src.Node)
		return nil
	}
	l.considered++
	n := &Native{Name: label, Pos: l.fset.Position(src.Node.Pos()), id: l.considered, variable: variable, source: src}
	l.natives = append(l.natives, n)
	if !l.build(n, captures) && !n.waiting {
		return nil
	}
	n.given = true
	l.bind = append(l.bind, n)
	return n
}

// interpreted notes a function or loop of a session without machine code.
func (l *Lowerer) interpreted(label, variable string, node ast.Node) {
	l.considered++
	l.natives = append(l.natives, &Native{Name: label, Pos: l.fset.Position(node.Pos()), id: l.considered, variable: variable, Refusal: native.Missing()})
}

// build compiles a native together with the functions it calls, and finds the session's variables it captures.
func (l *Lowerer) build(n *Native, captures func(*types.Var) bool) bool {
	if !l.compile(n) {
		return false
	}
	if n.local {
		return true
	}
	var err error
	n.Captured, err = l.capturedBy(n, captures)
	return n.settle(l, err)
}

func (l *Lowerer) compile(n *Native) bool {
	n.uses, n.waiting = map[string]bool{}, false
	sources, err := l.callees(n.source, n.uses)
	if err == nil {
		n.Program, err = l.compiler.Compile(sources...)
	}
	for name := range n.uses {
		n.waiting = n.waiting || err != nil && l.coming[name]
	}
	return n.settle(l, err)
}

// settle notes whether a native is compiled, and if not why.
func (n *Native) settle(l *Lowerer, err error) bool {
	n.Compiled = err == nil
	if err == nil {
		return true
	}
	n.Program, n.Refusal = nil, err.Error()
	var r *native.Refusal
	if errors.As(err, &r) {
		n.Refusal, n.At = r.Why, l.fset.Position(r.Pos)
	}
	return false
}

// capturedBy names the variables that a program shares with the session; they must be the session's own.
func (l *Lowerer) capturedBy(n *Native, captures func(*types.Var) bool) ([]string, error) {
	var names []string
	for _, v := range n.Program.Captured() {
		name, ok := l.globals[v]
		if !ok || !captures(v) {
			return nil, &native.Refusal{Pos: n.source.Node.Pos(), Why: "it uses " + v.Name() + ", a variable of a function or block"}
		}
		names = append(names, name)
	}
	return names, nil
}

// callees lists a source and those of all functions it calls, directly or not, each under the object by which it
// is called there.
func (l *Lowerer) callees(src *native.Source, uses map[string]bool) ([]*native.Source, error) {
	list := []*native.Source{src}
	seen := map[types.Object]bool{src.Object: true}
	for i := 0; i < len(list); i++ {
		var err error
		ast.Inspect(list[i].Node, func(node ast.Node) bool {
			id, ok := node.(*ast.Ident)
			if !ok || err != nil {
				return err == nil
			}
			o := list[i].Info.Uses[id]
			if !l.callable(o) || seen[o] {
				return true
			}
			seen[o] = true
			uses[l.globals[o]] = true
			callee := l.sources[l.globals[o]]
			if callee == nil {
				err = &native.Refusal{Pos: id.Pos(), Why: "it calls " + o.Name() + ", which is interpreted"}
				return false
			}
			list = append(list, &native.Source{Name: callee.Name, Node: callee.Node, Info: callee.Info, Object: o})
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// callable reports a function that a cell declared, or a variable of the session that may hold one.
func (l *Lowerer) callable(o types.Object) bool {
	if f, ok := o.(*types.Func); ok {
		return f.Pkg() != nil && f.Pkg().Path() == cell.MainPath
	}
	return functionVariable(o) != nil && l.globals[o] != ""
}

// forget takes a redefined function out of all programs that were compiled together with the old one, and
// compiles those anew.
func (l *Lowerer) forget(name string) {
	anywhere := func(*types.Var) bool { return true }
	for _, n := range l.natives {
		if n.Program == nil || !n.uses[name] || l.bound(n) {
			continue
		}
		l.build(n, anywhere)
		l.bind = append(l.bind, n)
	}
}

// bound reports a native of the cell being lowered, which has the new function already.
func (l *Lowerer) bound(n *Native) bool {
	for _, b := range l.bind {
		if b == n {
			return true
		}
	}
	return false
}

// Enclosing names the declared function that holds a position, or "".
func (l *Lowerer) Enclosing(pos token.Pos) string {
	for _, s := range l.sources {
		if s.Node.Pos() <= pos && pos < s.Node.End() {
			return s.Name
		}
	}
	return ""
}

// sourceOf makes a declaration a source.
func sourceOf(name string, node ast.Node, info *types.Info, o types.Object) *native.Source {
	return &native.Source{Name: name, Node: node, Info: info, Object: o}
}

// candidate makes a declared function known to those that call it, whether or not it turns out to be compiled.
func (f *fn) candidate(d *ast.FuncDecl, o *types.Func, name string) {
	delete(f.sources, name)
	f.prune(name)
	if f.compiler != nil && d.Body != nil && !o.Signature().Variadic() {
		f.sources[name] = sourceOf(d.Name.Name, d, f.info, o)
	}
}

// nativeFunc considers a declared function, and again those that were compiled together with an older one of
// the name.
func (f *fn) nativeFunc(d *ast.FuncDecl, o *types.Func, name string) *Native {
	src := f.sources[name]
	switch {
	case src == nil && f.compiler == nil && d.Body != nil:
		f.interpreted(d.Name.Name, name, d)
		return nil
	case src == nil:
		return nil
	}
	n := f.consider(d.Name.Name, name, src, func(*types.Var) bool { return true })
	if n == nil {
		delete(f.sources, name)
	}
	f.forget(name)
	return n
}

// nativeLit considers a function literal of the cell itself; those of functions are compiled with them or not
// at all.
func (f *fn) nativeLit(e *ast.FuncLit) *Native {
	if f.sig != nil || f.self != nil {
		return nil
	}
	return f.consider("function literal", "", sourceOf("literal", e, f.info, nil), f.isGlobal)
}

// nativeClosure considers a function literal that leaves its function or is handed on, for the variables of that function
// which it shares.
func (f *fn) nativeClosure(e *ast.FuncLit) (n *Native, addresses []string) {
	name := f.leaving[e]
	if f.compiler == nil || name == "" || len(f.subs) > 0 {
		return nil, nil
	}
	within := ""
	if f.self != nil {
		within = f.globals[f.self]
	}
	f.considered++
	n = &Native{Name: name, Pos: f.fset.Position(e.Pos()), id: f.considered, variable: within,
		source: sourceOf("literal", e, f.info, nil), local: true}
	f.natives = append(f.natives, n)
	if !f.compile(n) {
		return nil, nil
	}
	f.bind = append(f.bind, n)
	for _, v := range n.Program.Captured() {
		addresses = append(addresses, "&"+f.variable(v))
	}
	return n, addresses
}

// nativeLoop considers a loop of the cell itself that nothing in it leaves but its own break.
func (f *fn) nativeLoop(s ast.Stmt) *Native {
	if f.sig != nil || f.self != nil || len(f.around) > 0 || leavesEarly(s) {
		return nil
	}
	n := f.consider("loop", "", sourceOf("loop", s, f.info, nil), f.isGlobal)
	if n != nil {
		n.given = false // it runs once
	}
	return n
}

func (f *fn) isGlobal(v *types.Var) bool { return f.globals[v] != "" }

// leavesEarly reports a return, a label, or a branch to one.
func leavesEarly(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}

// eitherForm writes the compiled form of a function, with the interpreted one for memory that compiled code
// cannot reach.
func (f *fn) eitherForm(n *Native, typ, interpreted string) string {
	t := f.temp()
	f.line("%s := %s", t, interpreted)
	return fmt.Sprintf("rt.Native(%d, %s).(%s)", n.id, t, typ)
}

// closureForm is eitherForm for a literal that is bound to the variables of the function that returns it.
func (f *fn) closureForm(n *Native, addresses []string, typ, interpreted string) string {
	t := f.temp()
	f.line("%s := %s", t, interpreted)
	return fmt.Sprintf("rt.NativeOver(%d, %s, []any{%s}).(%s)", n.id, t, strings.Join(addresses, ", "), typ)
}

// compiledLoop writes a loop in both forms, if it can be compiled, and calls the better one.
func (f *fn) compiledLoop(s ast.Stmt, interpreted func(g *fn)) bool {
	n := f.nativeLoop(s)
	if n == nil {
		return false
	}
	g := f.inner(types.NewSignatureType(nil, nil, nil, nil, nil, false))
	g.open("func() {")
	interpreted(g)
	g.depth--
	f.line("%s()", f.eitherForm(n, "func()", strings.TrimLeft(g.out.String(), "\t")+strings.Repeat("\t", g.depth)+"}"))
	return true
}
