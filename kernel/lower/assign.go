package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *fn) declStmt(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return // constants are folded, and types declared where they are used
	}
	for _, sp := range d.Specs {
		v := sp.(*ast.ValueSpec)
		f.at(v.Pos())
		left := make([]ast.Expr, len(v.Names))
		for i, id := range v.Names {
			left[i] = id
		}
		if len(v.Values) == 0 {
			f.zero(v.Names)
			continue
		}
		f.define(left, v.Values)
	}
}

// zero declares variables without a value; one of the session is set to zero again.
func (f *fn) zero(ids []*ast.Ident) {
	for _, id := range ids {
		o := f.info.Defs[id]
		if o == nil || id.Name == "_" {
			continue
		}
		t := f.typ(f.subst(o.Type(), f.subs))
		if n, ok := f.globals[o]; ok {
			z := f.temp()
			f.line("var %s %s", z, t)
			f.line("%s = %s", n, z)
			continue
		}
		f.line("var %s %s", f.local(o), t)
	}
}

func (f *fn) assign(s *ast.AssignStmt) {
	switch s.Tok {
	case token.DEFINE:
		f.define(s.Lhs, s.Rhs)
	case token.ASSIGN:
		f.store(s.Lhs, s.Rhs)
	default:
		f.update(s.Lhs[0], strings.TrimSuffix(s.Tok.String(), "="), s.Rhs[0])
	}
}

// update writes x op= y.
func (f *fn) update(l ast.Expr, op string, r ast.Expr) {
	right := ""
	lines := f.captured(func() {
		if op == "<<" || op == ">>" {
			right = f.shiftCount(r)
			return
		}
		right = f.exprTo(r, f.typeOf(l))
	})
	left := ""
	before := f.captured(func() { left = f.target(l) })
	if identOf(ast.Unparen(l)) == nil && (lines != "" || effective(right)) {
		left, before = f.fixTarget(l), ""
	}
	f.out.WriteString(before + lines)
	f.line("%s %s= %s", left, op, right)
}

// define declares the new names on the left, then assigns to all.
func (f *fn) define(left, right []ast.Expr) {
	if len(left) == 1 && len(right) == 1 && f.defineOne(left[0], right[0]) {
		return
	}
	// The right side is computed first: it speaks of the older variables of the same names.
	vals, from := f.values(left, right)
	for i, l := range left {
		id := l.(*ast.Ident)
		if o := f.info.Defs[id]; o != nil && id.Name != "_" {
			if _, global := f.globals[o]; !global {
				f.line("var %s %s", f.local(o), f.typ(f.subst(o.Type(), f.subs)))
			}
		}
		f.put(l, vals[i], from[i])
	}
}

// defineOne writes the common x := e as such.
func (f *fn) defineOne(l, r ast.Expr) bool {
	id := l.(*ast.Ident)
	o := f.info.Defs[id]
	if id.Name == "_" || o == nil {
		return false
	}
	to := f.subst(o.Type(), f.subs)
	val := f.exprTo(r, to)
	if n, ok := f.globals[o]; ok {
		f.line("%s = %s", n, f.arrived(r, val, to))
		return true
	}
	f.line("var %s %s = %s", f.local(o), f.typ(to), val)
	return true
}

// arrived makes sure that a call which was broken off leaves the cell's variables as they were.
func (f *fn) arrived(e ast.Expr, val string, t types.Type) string {
	if _, ok := ast.Unparen(e).(*ast.CallExpr); !ok || f.sig != nil || f.info.Types[e].Value != nil {
		return val
	}
	v := f.temp()
	f.line("var %s %s = %s", v, f.typ(t), val)
	f.check()
	return v
}

// store writes a plain assignment.
func (f *fn) store(left, right []ast.Expr) {
	if len(left) == 1 && len(right) == 1 {
		if isBlank(left[0]) {
			f.line("%s := %s", f.temp(), f.blankValue(right[0])) // yaegi would not look at it
			return
		}
		f.storeOne(left[0], right[0])
		return
	}
	if len(left) == len(right) && f.plainSwap(left, right) {
		return
	}
	targets := f.fixTargets(left)
	vals, from := f.values(left, right)
	for i, l := range left {
		if isBlank(l) {
			continue
		}
		f.line("%s = %s", targets[i], f.convert(vals[i], from[i], f.typeOf(l)))
	}
}

// storeOne writes l = r. What stands in l is evaluated first, where that can be seen.
func (f *fn) storeOne(l, r ast.Expr) {
	to, val, target := f.typeOf(l), "", ""
	lines := f.captured(func() { val = f.arrived(r, f.exprTo(r, to), to) })
	before := f.captured(func() { target = f.target(l) })
	if effective(target) && (lines != "" || effective(val)) {
		target, before = f.fixTarget(l), ""
	}
	f.out.WriteString(before + lines)
	if x, ok := ast.Unparen(l).(*ast.IndexExpr); ok && strings.HasPrefix(val, "*") {
		if _, ok := f.under(x.X).(*types.Map); ok { // yaegi would delete the key, were the pointer nil
			v := f.temp()
			f.line("%s := %s", v, val)
			val = v
		}
	}
	f.line("%s = %s", target, val)
}

// plainSwap writes a, b = b, a between variables as it stands.
func (f *fn) plainSwap(left, right []ast.Expr) bool {
	var l, r []string
	for i := range left {
		if _, ok := left[i].(*ast.Ident); !ok || isBlank(left[i]) {
			return false
		}
		to := f.typeOf(left[i])
		if f.changes(f.typeOf(right[i]), to) || f.isNil(right[i]) {
			return false
		}
		l, r = append(l, f.target(left[i])), append(r, f.exprTo(right[i], to))
		if effective(r[i]) && len(right) > 1 {
			return false
		}
	}
	f.line("%s = %s", strings.Join(l, ", "), strings.Join(r, ", "))
	return true
}

// fixTargets evaluates what the left side's indexes and pointers mean before anything is assigned.
func (f *fn) fixTargets(left []ast.Expr) []string {
	out := make([]string, len(left))
	for i, l := range left {
		out[i] = f.fixTarget(l)
	}
	return out
}

func (f *fn) fixTarget(l ast.Expr) string {
	switch x := ast.Unparen(l).(type) {
	case *ast.StarExpr:
		return "*" + f.fixed(x.X)
	case *ast.IndexExpr:
		base := ""
		if _, ok := f.under(x.X).(*types.Array); ok {
			base = f.fixTarget(x.X)
		} else {
			base = f.fixed(x.X)
		}
		at, key := f.temp(), f.expr(x.Index)
		if m, ok := f.under(x.X).(*types.Map); ok {
			key = f.mapKey(x.Index, m)
		}
		f.line("%s := %s", at, key)
		return base + "[" + at + "]"
	case *ast.SelectorExpr:
		sel := f.info.Selections[x]
		if sel == nil {
			break
		}
		base := ""
		if _, ok := f.under(x.X).(*types.Pointer); ok {
			base = f.fixed(x.X)
		} else {
			base = f.fixTarget(x.X)
		}
		s, _ := f.walk(base, f.typeOf(x.X), sel.Index())
		return s
	}
	return f.target(l)
}

// fixed computes a pointer, slice or map that is assigned through.
func (f *fn) fixed(e ast.Expr) string {
	t, s := f.temp(), f.expr(e)
	f.line("%s := %s", t, s)
	return t
}

// target writes what may be assigned to or have its address taken.
func (f *fn) target(l ast.Expr) string {
	l = ast.Unparen(l)
	if v, ok := f.info.Uses[orBlank(calleeIdent(l))].(*types.Var); ok && f.ofHost(v) {
		return "(*" + f.hostVariable(v) + ")"
	}
	if s, ok := l.(*ast.StarExpr); ok {
		return "*" + f.operand(s.X)
	}
	return f.operand(l)
}

// ofHost reports a variable of a compiled package.
func (f *fn) ofHost(v *types.Var) bool {
	return f.globals[v] == "" && v.Pkg() != nil && v.Pkg() != f.pkg && v.Parent() == v.Pkg().Scope()
}

// hostVariable names a pointer to a variable of a compiled package: yaegi itself takes such a variable for a value.
func (f *fn) hostVariable(v *types.Var) string {
	key := v.Pkg().Path() + "." + v.Name()
	if n, ok := f.pointers[key]; ok {
		return n
	}
	n := f.name("p" + v.Name())
	remember(f.Lowerer, f.pointers, key, n)
	f.declare("var %s = rt.Variable(%q, %q).(*%s)", n, v.Pkg().Path(), v.Name(), f.typ(v.Type()))
	return n
}

func (f *fn) blankValue(r ast.Expr) string {
	if f.isNil(r) {
		return "0"
	}
	return f.exprTo(r, types.Default(f.typeOf(r)))
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// values computes a right side into temporaries: one by one, from a call with several results, or from one of
// the forms that also say whether there was a value.
func (f *fn) values(left, right []ast.Expr) (vals []string, from []types.Type) {
	if len(left) == len(right) {
		for i, r := range right {
			t := types.Default(f.typeOf(r))
			if f.isNil(r) {
				t = f.typeOf(left[i])
			}
			v := f.temp()
			f.line("var %s %s = %s", v, f.typ(t), f.exprTo(r, t))
			vals, from = append(vals, v), append(from, t)
		}
		return vals, from
	}
	if v, ok, t := f.commaOK(right[0]); ok != "" {
		return []string{v, ok}, []types.Type{t, types.Typ[types.Bool]}
	}
	t := f.typeOf(right[0]).(*types.Tuple)
	for v := range t.Variables() {
		from = append(from, v.Type())
	}
	return f.tuple(right[0], t), from
}

// commaOK writes m[k], x.(T) and <-c with their second value, or returns "" for ok.
func (f *fn) commaOK(e ast.Expr) (value, ok string, t types.Type) {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		m, isMap := f.under(e.X).(*types.Map)
		if !isMap {
			return "", "", nil
		}
		v, b := f.temp(), f.temp()
		f.line("%s, %s := %s", v, b, f.index(e))
		return v, b, m.Elem()
	case *ast.TypeAssertExpr:
		t = f.typeOf(e.Type)
		v, b := f.assertion2(e, t)
		return v, b, t
	case *ast.UnaryExpr:
		elem := f.under(e.X).(*types.Chan).Elem()
		v, b := f.temp(), f.temp()
		f.line("%s, %s := rt.ReceiveOK(%s)", v, b, f.expr(e.X))
		return "*(" + v + ".(*" + f.typ(elem) + "))", b, elem
	}
	return "", "", nil
}

// put assigns a computed value to what stands on the left of a definition.
func (f *fn) put(l ast.Expr, val string, from types.Type) {
	if isBlank(l) {
		f.line("_ = %s", val)
		return
	}
	f.line("%s = %s", f.target(l), f.convert(val, from, f.typeOf(l)))
}
