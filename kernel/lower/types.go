package lower

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"scorebook/kernel/cell"
)

// typ writes a type as yaegi is to see it: declared types erased to what underlies them, interfaces of the user's
// an empty interface, structs by the name under which the run time has made them.
func (l *Lowerer) typ(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return l.basic(t)
	case *types.Named:
		return l.named(t)
	case *types.Pointer:
		return "*" + l.typ(t.Elem())
	case *types.Slice:
		return "[]" + l.typ(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), l.typ(t.Elem()))
	case *types.Map:
		return "map[" + l.typ(t.Key()) + "]" + l.typ(t.Elem())
	case *types.Chan:
		return channel(t.Dir()) + "(" + l.typ(t.Elem()) + ")"
	case *types.Signature:
		return "func" + l.signature(t)
	case *types.Struct:
		return l.shape(t)
	case *types.Interface:
		return "interface{}"
	}
	panic(unsupported{token.NoPos, "the type " + t.String() + " cannot be used here", ""})
}

func channel(d types.ChanDir) string {
	switch d {
	case types.SendOnly:
		return "chan<- "
	case types.RecvOnly:
		return "<-chan "
	}
	return "chan "
}

func (l *Lowerer) basic(t *types.Basic) string {
	if t.Info()&types.IsUntyped != 0 {
		t = types.Default(t).(*types.Basic)
	}
	if t.Kind() == types.UnsafePointer {
		panic(unsupported{token.NoPos, "unsafe.Pointer cannot be used in a cell", unsafeHint})
	}
	return t.Name()
}

func (l *Lowerer) named(t *types.Named) string {
	switch {
	case !IsUser(t):
		return l.hostName(t)
	case IsOwnShape(t):
		return l.shape(t)
	}
	return l.typ(t.Underlying())
}

func (l *Lowerer) hostName(t *types.Named) string {
	o := t.Obj()
	if o.Pkg() == nil {
		return o.Name() // error; comparable cannot stand here
	}
	if t.TypeArgs().Len() > 0 {
		if own := l.substNamed(t, nil); own != t {
			return l.typ(own)
		}
		if _, ok := t.Underlying().(*types.Struct); !ok {
			return l.typ(t.Underlying())
		}
		panic(unsupported{token.NoPos, "the generic type " + t.String() + " of a compiled package cannot be used in a cell", "declare a type of your own that does the same"})
	}
	if _, ok := t.Underlying().(*types.Interface); !ok && !o.Exported() {
		panic(unsupported{token.NoPos, "a variable cannot hold the unexported type " + t.String(), "use the value where it is made, or give the variable an interface type"})
	}
	return l.alias(o.Pkg().Path()) + "." + o.Name()
}

// IsUser reports whether a cell, not a compiled package, declares the type.
func IsUser(t *types.Named) bool {
	return t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == cell.MainPath || isLibrary(t.Obj().Pkg())
}

// IsOwnShape reports a declared type that the run time makes: a struct, or one made of itself.
func IsOwnShape(t *types.Named) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok || reaches(t.Underlying(), t, map[*types.Named]bool{})
}

// IsStruct reports a struct of the user's, or a pointer to one.
func IsStruct(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || !IsUser(n) {
		return false
	}
	_, ok = n.Underlying().(*types.Struct)
	return ok
}

// reaches reports whether a type is made of a declared one without a struct between.
func reaches(t types.Type, goal *types.Named, seen map[*types.Named]bool) bool {
	parts := func(ts ...types.Type) bool {
		for _, p := range ts {
			if reaches(p, goal, seen) {
				return true
			}
		}
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t == goal || seen[t] || !IsUser(t) {
			return t == goal
		}
		seen[t] = true
		return parts(t.Underlying())
	case *types.Map:
		return parts(t.Key(), t.Elem())
	case interface{ Elem() types.Type }: // pointers, slices, arrays and channels
		return parts(t.Elem())
	case *types.Signature:
		return slices.ContainsFunc([]*types.Tuple{t.Params(), t.Results()}, func(side *types.Tuple) bool {
			for v := range side.Variables() {
				if parts(v.Type()) {
					return true
				}
			}
			return false
		})
	}
	return false
}

// shape names a type that the run time makes.
func (l *Lowerer) shape(t types.Type) string {
	n := l.number(t)
	if !l.shaped[n] {
		remember(l, l.shaped, n, true)
		l.shapes = append(l.shapes, n)
	}
	return ShapeName(n)
}

// ShapeName is what lowered source calls the type of a number that the run time makes.
func ShapeName(n int) string { return fmt.Sprintf("rt.T%d", n) }

// TagOf keeps the user's tag and hides unexported fields, which are exported at run time, from encoders.
func TagOf(st *types.Struct, i int) string {
	if f := st.Field(i); !f.Exported() && !(f.Embedded() && IsStruct(f.Type())) {
		return `json:"-" xml:"-"`
	}
	return st.Tag(i)
}

// FieldName is the run-time name of a field: exported, or reflection could not reach it.
func FieldName(f *types.Var, i int) string {
	if r, _ := utf8.DecodeRuneInString(f.Name()); f.Exported() && r < utf8.RuneSelf {
		return f.Name()
	}
	if f.Name() == "_" {
		return fmt.Sprintf("Xǃblank%d", i)
	}
	return "Xǃ" + f.Name()
}

// signature writes parameters and results without names.
func (l *Lowerer) signature(s *types.Signature) string {
	params := make([]string, s.Params().Len())
	for i := range params {
		t := s.Params().At(i).Type()
		if s.Variadic() && i == len(params)-1 {
			params[i] = "..." + l.typ(t.(*types.Slice).Elem())
			continue
		}
		params[i] = l.typ(t)
	}
	results := make([]string, s.Results().Len())
	for i := range results {
		results[i] = l.typ(s.Results().At(i).Type())
	}
	out := "(" + strings.Join(params, ", ") + ")"
	switch len(results) {
	case 0:
	case 1:
		out += " " + results[0]
	default:
		out += " (" + strings.Join(results, ", ") + ")"
	}
	return out
}

// id numbers a type for the run time, whose values may then go into an interface.
func (l *Lowerer) id(t types.Type) int {
	n := l.number(t)
	if !l.numbered[n] {
		remember(l, l.numbered, n, true)
		l.instanceMethods(types.Unalias(t))
	}
	return n
}

// instanceMethods writes out the methods of those instances of generic types that a type is made of: in an
// interface they may be called by name, by fmt too.
func (l *Lowerer) instanceMethods(t types.Type) {
	switch t := t.(type) {
	case *types.Named:
		if !IsUser(t) || isInterface(t) {
			return
		}
		l.methodsOf(t)
		l.id(t.Underlying())
	case *types.Map:
		l.id(t.Key())
		l.id(t.Elem())
	case interface{ Elem() types.Type }:
		l.id(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			l.id(f.Type())
		}
	}
}

func (l *Lowerer) methodsOf(t *types.Named) {
	if t.TypeArgs().Len() == 0 {
		return
	}
	for m := range t.Methods() {
		origin := m.Origin()
		if _, ok := l.bodies[origin]; !ok {
			continue
		}
		run := l.instance(origin, arguments(origin.Signature().RecvTypeParams(), t.TypeArgs()), nil)
		l.setup = append(l.setup, fmt.Sprintf("rt.SetMethod(%d, %q, %s)", l.number(m.Signature().Recv().Type()), m.Name(), run))
	}
}

// boxed reports whether a value needs its type beside it in an interface, because erasure or reflection would
// lose it: the type is, or is made of, a type of the user's or a struct.
func boxed(t types.Type) bool { return holdsUser(t, map[types.Type]bool{}) }

func holdsUser(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		return IsUser(t)
	case *types.Pointer:
		return holdsUser(t.Elem(), seen)
	case *types.Slice:
		return holdsUser(t.Elem(), seen)
	case *types.Array:
		return holdsUser(t.Elem(), seen)
	case *types.Chan:
		return holdsUser(t.Elem(), seen)
	case *types.Map:
		return holdsUser(t.Key(), seen) || holdsUser(t.Elem(), seen)
	case *types.Struct:
		return true
	case *types.Signature:
		return tupleHoldsUser(t.Params(), seen) || tupleHoldsUser(t.Results(), seen)
	}
	return false
}

func tupleHoldsUser(t *types.Tuple, seen map[types.Type]bool) bool {
	for v := range t.Variables() {
		if holdsUser(v.Type(), seen) {
			return true
		}
	}
	return false
}

// isInterface reports whether values of the type are interface values. A type parameter is not one.
func isInterface(t types.Type) bool { return types.IsInterface(t) }

// isHostInterface reports an interface that compiled code declares and calls.
func isHostInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && isInterface(n) && !IsUser(n)
}
