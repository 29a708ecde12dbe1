package lower

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"scorebook/kernel/cell"
)

// fn writes one function: its text so far and what the checker knows of its source.
type fn struct {
	*Lowerer
	info  *types.Info
	pkg   *types.Package
	subs  substitution
	sig   *types.Signature
	out   bytes.Buffer
	depth int

	locals   map[types.Object]string
	count    *int        // temporaries and locals named so far, shared with inner functions
	results  []string    // names of the results, when they have names
	shared   bool        // whether a literal or a pointer may see the results after the return
	defers   string      // the variable that holds the deferred calls, or ""
	recovers string      // what stands for this call when it calls recover
	in       string      // the function, as its user would call it; "" for the cell itself
	frame    string      // what the interpreter calls it
	ours     bool        // whether it is the library's: its statements are none of the user's
	leaf     bool        // whether it calls none of the cells' functions
	self     *types.Func // the declared function being written
	selfRun  string      // its own run-time name, called directly when it recurs
	counted  bool        // whether the function counts how deep it recurs
	bounds   bool        // whether indexes may be checked before the statement
	spans    []span      // the indexes that loops keep in range
	around   []enclosing // the loops, switches and selects around the statement, in this function
	leave    []exit      // how to leave the bodies of range-over-func loops

	leaving map[*ast.FuncLit]string // the literals that may be called elsewhere, by what they are called
}

func (l *Lowerer) newFunc(subs substitution) *fn {
	return &fn{Lowerer: l, subs: subs, locals: map[types.Object]string{}, count: new(int), recovers: "nil"}
}

// inner starts a function literal inside f. Names stay unique, locals stay visible.
func (f *fn) inner(sig *types.Signature) *fn {
	g := *f
	g.out = bytes.Buffer{}
	g.in, g.frame = literalIn(f.in), f.frame+".func"
	g.sig, g.results, g.shared, g.defers, g.counted, g.around, g.leave = sig, nil, false, "", false, nil, nil
	g.leaving = nil
	return &g
}

func (f *fn) line(format string, args ...any) {
	f.out.WriteString(strings.Repeat("\t", f.depth))
	fmt.Fprintf(&f.out, format, args...)
	f.out.WriteByte('\n')
}

func (f *fn) open(format string, args ...any) {
	f.line(format, args...)
	f.depth++
}

func (f *fn) close(text string) {
	f.depth--
	f.line("%s", text)
}

// temp returns a fresh local name.
func (f *fn) temp() string {
	*f.count++
	return fmt.Sprintf("t_%d", *f.count)
}

// local names a local variable of the user's, uniquely in its function: yaegi gets shadowing wrong.
func (f *fn) local(o types.Object) string {
	if o == nil || o.Name() == "_" || o.Name() == "" {
		return "_"
	}
	if n, ok := f.locals[o]; ok {
		return n
	}
	*f.count++
	n := fmt.Sprintf("%s_%d", o.Name(), *f.count)
	f.locals[o] = n
	return n
}

// typeOf is the type of an expression, with type parameters written out.
func (f *fn) typeOf(e ast.Expr) types.Type {
	t := f.info.TypeOf(e)
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return f.subst(t, f.subs)
}

// under is the underlying type of an expression.
func (f *fn) under(e ast.Expr) types.Type { return f.typeOf(e).Underlying() }

func (f *fn) reject(n ast.Node, what, hint string) {
	pos := n.Pos()
	if f.ours {
		pos = token.NoPos
	}
	panic(unsupported{pos, what, hint})
}

// check lets an interrupt in: at the head of every loop and function.
func (f *fn) check() { f.line("if ǃs { rt.Turn() }") }

// params writes named parameters and the results' types, and gives the results names where the body needs them.
func (f *fn) params(sig *types.Signature, nameResults bool) string {
	var ps []string
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		t := f.subst(v.Type(), f.subs)
		text := f.typ(t)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			text = "..." + f.typ(t.Underlying().(*types.Slice).Elem())
		}
		ps = append(ps, f.local(v)+" "+text)
	}
	return "(" + strings.Join(ps, ", ") + ")" + f.resultList(sig, nameResults)
}

func (f *fn) resultList(sig *types.Signature, named bool) string {
	rs := sig.Results()
	if rs.Len() == 0 {
		return ""
	}
	named = named || rs.At(0).Name() != ""
	f.results = nil
	out := make([]string, rs.Len())
	for i := range out {
		out[i] = f.typ(f.subst(rs.At(i).Type(), f.subs))
		if !named {
			continue
		}
		n := f.local(rs.At(i))
		if n == "_" {
			n = f.temp()
		}
		f.results = append(f.results, n)
	}
	if len(out) == 1 {
		return " " + out[0]
	}
	return " (" + strings.Join(out, ", ") + ")"
}

// declareResults declares the results that have names as variables. yaegi's own named results may lie where the
// caller will put them, and then begin with what is there.
func (f *fn) declareResults() {
	for i, n := range f.results {
		f.line("var %s %s", n, f.typ(f.subst(f.sig.Results().At(i).Type(), f.subs)))
	}
}

// body writes a function's statements. One that defers runs inside a host function that catches panics and calls
// what was deferred, because yaegi evaluates deferred arguments late and can deadlock.
func (f *fn) body(b *ast.BlockStmt) {
	f.counted = !f.ours && f.calls(b)
	f.leaf = !f.ours && !f.counted
	f.shared = f.sharesResults(b)
	f.leaving = nil
	if !f.ours {
		f.leaving = f.leavingIn(b)
	}
	f.declareResults()
	f.recovers = "nil"
	if recoversIn(b) {
		f.recovers = f.temp()
		f.line("%s := rt.Frame()", f.recovers)
	}
	f.enter()
	if f.defers == "" {
		f.block(b.List)
		f.exit()
		return
	}
	f.line("%s := rt.Defer()", f.defers)
	t := f.temp()
	counted := f.counted
	f.counted = false
	frame := f.frame
	f.frame += ".func"
	f.open("%s := func() {", t)
	f.block(b.List)
	f.close("}")
	f.frame = frame
	f.line("%s.Run(%s)", f.defers, t)
	f.counted = counted
	f.exit()
	if len(f.results) > 0 {
		f.line("return %s", strings.Join(f.results, ", "))
	}
}

// Deepest is how many calls may be under way at once. A stack that outgrows its memory would end the process,
// and a panic cannot be used to leave so many frames: every one of them returns at once instead.
const Deepest = 100_000

// enter lets an interrupt in and counts the call.
func (f *fn) enter() {
	if !f.counted {
		f.check()
		return
	}
	f.line("if ǃs { if ǃx { %s }; rt.Turn() }", f.giveUp())
	f.line("ǃd++")
	f.line("if ǃd < 1 { ǃd = 1 }") // goroutines of compiled code may call at once, and lose counts
	f.line("if ǃd > %d { rt.TooDeep(); %s }", Deepest, f.giveUp())
	f.line("ǃc[ǃd] = ǃp") // where the call is
}

// exit takes the call from the count again.
func (f *fn) exit() {
	if f.counted {
		f.line("if ǃd > 0 { ǃp = ǃc[ǃd]; ǃd-- }")
	}
}

// giveUp returns zero values.
func (f *fn) giveUp() string {
	if f.sig.Results().Len() == 0 || len(f.results) > 0 {
		return strings.TrimSpace("return " + strings.Join(f.results, ", "))
	}
	var zeros []string
	for v := range f.sig.Results().Variables() {
		zeros = append(zeros, fmt.Sprintf("*(new(%s))", f.typ(f.subst(v.Type(), f.subs))))
	}
	return "return " + strings.Join(zeros, ", ")
}

// sharesResults reports whether a literal uses a result of the function by its name, or the result's address is taken.
func (f *fn) sharesResults(b *ast.BlockStmt) bool {
	found := false
	result := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && !found {
			for v := range f.sig.Results().Variables() {
				found = found || v.Name() != "" && f.info.Uses[id] == v
			}
		}
		return !found
	}
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ast.Inspect(n.Body, result)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				ast.Inspect(n.X, result)
			}
		case *ast.SliceExpr, *ast.SelectorExpr: // of an array, and a method with a pointer receiver
			ast.Inspect(n, result)
		}
		return !found
	})
	return found
}

// callsCells reports whether a function's own body calls anything but compiled functions.
func (f *fn) callsCells(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		switch o := f.info.Uses[orBlank(calleeIdent(c.Fun))].(type) {
		case *types.Func:
			found = o.Pkg() != nil && (o.Pkg().Path() == cell.MainPath || isLibrary(o.Pkg()))
		case *types.Var:
			found = true
		}
		return !found
	})
	return found
}

// defersIn reports whether a function's own body defers anything.
func defersIn(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

func (f *fn) block(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}
