package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// What was declared with an older meaning of a name keeps it. The user is told who, because the next thing one does
// after declaring a type or a signature anew is to wonder why something else has not changed.

// users holds, by key, the session's objects that each function, method and type in force was declared with.
type users map[string]map[types.Object]bool

// note records what a segment's declarations speak of.
func (u users) note(seg *Segment) {
	for _, f := range seg.Funcs {
		u[funcKey(f)] = seg.spokenOf(f)
	}
	for _, t := range seg.Types {
		u[t.Name.Name] = seg.spokenOf(t)
	}
}

func (seg *Segment) spokenOf(n ast.Node) map[types.Object]bool {
	out := map[types.Object]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		o := seg.Info.Uses[id]
		if f, ok := o.(*types.Func); ok {
			o = f.Origin()
		}
		if older := seg.Same[o]; older != nil {
			o = older
		}
		if o != nil && o.Pkg() != nil && o.Pkg().Path() == MainPath {
			out[o] = true
		}
		return true
	})
	return out
}

// A replacement is a function or type that has given its name to something else.
type replacement struct {
	old types.Object
	new types.Object
}

// replaced lists what the segment takes a name from, functions with a new signature and types.
func (seg *Segment) replaced(n names) (out []replacement) {
	for _, name := range sorted(seg.decls) {
		o, old := seg.Pkg.Scope().Lookup(name), n.objects[name]
		if o == nil || old == nil || sameThing(old, o) {
			continue
		}
		switch old.(type) {
		case *types.Func, *types.TypeName:
			out = append(out, replacement{old, o})
		}
	}
	return out
}

// stale tells of everything that still uses what was replaced.
func (s *Scope) stale(c *Checked, seg *Segment, rs []replacement) {
	for _, r := range rs {
		var left []string
		tn, isType := r.old.(*types.TypeName)
		for _, key := range slices.Sorted(maps.Keys(c.names.users)) {
			base, _, isMethod := strings.Cut(key, ".")
			if c.names.users[key][r.old] && !(isMethod && base == r.old.Name()) {
				left = append(left, key)
			}
		}
		if isType {
			left = append(left, variablesOf(c.names, tn)...)
		}
		notice := Diagnostic{Cell: c.Source.Number, Message: change(r)}
		switch {
		case len(left) > 0:
			notice.Message += "; " + listed(left) + " still " + verb(left) + " the earlier one"
			notice.Hint = "run the cells that declare them again"
		case isType && methodsStay(tn, r.new):
			notice.Hint = "its methods are those of this cell: declare the others again"
		default:
			continue
		}
		at := s.fset.Position(r.new.Pos())
		notice.Line, notice.Column = at.Line, at.Column
		c.Notices = append(c.Notices, notice)
	}
}

func change(r replacement) string {
	_, wasFunc := r.old.(*types.Func)
	_, isFunc := r.new.(*types.Func)
	_, isType := r.new.(*types.TypeName)
	switch {
	case wasFunc && isFunc:
		return r.new.Name() + " has a new signature"
	case isType:
		return r.new.Name() + " is a new type"
	}
	return r.new.Name() + " means something new"
}

// variablesOf lists the variables whose types are made of a type.
func variablesOf(n names, tn *types.TypeName) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(n.objects)) {
		if v, ok := n.objects[name].(*types.Var); ok && !strings.HasPrefix(name, "ǃ") && v.Type() != nil && mentionsType(v.Type(), tn, map[types.Type]bool{}) {
			out = append(out, name)
		}
	}
	return out
}

func mentionsType(t types.Type, tn *types.TypeName, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	tuple := func(ts *types.Tuple) bool {
		for v := range ts.Variables() {
			if mentionsType(v.Type(), tn, seen) {
				return true
			}
		}
		return false
	}
	switch t := t.(type) {
	case *types.Named:
		for a := range t.TypeArgs().Types() {
			if mentionsType(a, tn, seen) {
				return true
			}
		}
		return t.Obj() == tn || t.Obj().Pkg() == tn.Pkg() && mentionsType(t.Underlying(), tn, seen)
	case *types.Map:
		return mentionsType(t.Key(), tn, seen) || mentionsType(t.Elem(), tn, seen)
	case interface{ Elem() types.Type }:
		return mentionsType(t.Elem(), tn, seen)
	case *types.Signature:
		return tuple(t.Params()) || tuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			if mentionsType(f.Type(), tn, seen) {
				return true
			}
		}
	}
	return false
}

// methodsStay reports that the older type had methods which the new one lacks.
func methodsStay(old *types.TypeName, now types.Object) bool {
	was, ok1 := types.Unalias(old.Type()).(*types.Named)
	is, ok2 := types.Unalias(now.Type()).(*types.Named)
	if !ok1 || !ok2 || now.Pos() == token.NoPos {
		return false
	}
	return was.NumMethods() > 0 && is.NumMethods() == 0 && !types.IsInterface(is)
}

func listed(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return names[0]
}

func verb(names []string) string {
	if len(names) > 1 {
		return "use"
	}
	return "uses"
}
