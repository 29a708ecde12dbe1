package cell

import (
	"go/ast"
	"go/types"
	"math"
	"strings"
)

// A member is a field or a method; depth counts the embedded types on the way to it, and order is that of
// declaration, methods coming after fields.
type member struct {
	object types.Object
	depth  int
	order  int
}

// membersOf lists the fields and methods that cells may select from a value, or the methods of a type.
func membersOf(t types.Type, value bool) []member {
	var ms []member
	if value {
		ms = fieldsOf(t)
	}
	set := types.NewMethodSet(t)
	if _, isPointer := t.Underlying().(*types.Pointer); value && !isPointer && !types.IsInterface(t) {
		set = types.NewMethodSet(types.NewPointer(t))
	}
	for sel := range set.Methods() {
		if reachable(sel.Obj()) {
			ms = append(ms, member{sel.Obj(), len(sel.Index()) - 1, math.MaxInt})
		}
	}
	return ms
}

// fieldsOf lists the fields of a struct, or of the one a pointer leads to, and those of what it embeds.
func fieldsOf(t types.Type) (ms []member) {
	taken := map[string]bool{}
	visited := map[*types.Struct]bool{}
	for level, depth := []types.Type{t}, 0; len(level) > 0; depth++ {
		var next []types.Type
		names := map[string]bool{}
		for _, t := range level {
			st := structOf(t)
			if st == nil || visited[st] {
				continue
			}
			visited[st] = true
			for f := range st.Fields() {
				if f.Embedded() {
					next = append(next, f.Type())
				}
				if !taken[f.Name()] && reachable(f) {
					ms = append(ms, member{f, depth, len(ms)})
				}
				names[f.Name()] = true
			}
		}
		for name := range names {
			taken[name] = true
		}
		level = next
	}
	return ms
}

func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// reachable reports whether a cell may name a field or method.
func reachable(o types.Object) bool {
	return !own(o.Name()) && (o.Exported() || o.Pkg() != nil && o.Pkg().Path() == MainPath)
}

// keyPlace returns the composite literal in which the word at the end of a path may be a key; keyed says that
// it already has keys.
func keyPlace(path []ast.Node) (lit *ast.CompositeLit, keyed bool) {
	n := len(path) - 1
	if n < 1 {
		return nil, false
	}
	at := path[n]
	parent := path[n-1]
	if kv, ok := parent.(*ast.KeyValueExpr); ok && kv.Key == at && n > 1 {
		at, parent = kv, path[n-2]
	}
	lit, ok := parent.(*ast.CompositeLit)
	if !ok || lit.Type == at {
		return nil, false
	}
	for _, e := range lit.Elts {
		if _, ok := e.(*ast.KeyValueExpr); ok && e != at {
			return lit, true
		}
	}
	return lit, false
}

// structIn is the struct type of a literal, or nil.
func (seg *Segment) structIn(lit *ast.CompositeLit) *types.Struct {
	t := seg.typeOf(lit)
	if t == nil {
		return nil
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// keys lists the fields that a struct literal does not set yet, and reports whether it must name them: a package
// may add fields to its types.
func (l *listing) keys(text string, sp spot, st *types.Struct, lit *ast.CompositeLit) bool {
	set := map[string]bool{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				set[id.Name] = true
			}
		}
	}
	suffix := ": "
	if strings.HasPrefix(strings.TrimLeft(text[sp.cursor:], " \t"), ":") {
		suffix = ""
	}
	foreign := false
	for f := range st.Fields() {
		foreign = foreign || f.Pkg().Path() != MainPath
		if reachable(f) && !set[f.Name()] && l.begins(f.Name()) {
			m := Match{f.Name() + suffix, "field", l.sight.scope.typeString(f.Type())}
			l.insert(candidate{Match: m, tier: tierKey, order: len(l.found)})
		}
	}
	return foreign
}
