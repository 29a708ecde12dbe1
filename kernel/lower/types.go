package lower

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
	"unicode/utf8"

	"scorebook/kernel/cell"
)

// typ writes a type as yaegi is to see it: declared types erased, interfaces of the user's an empty interface.
func (l *Lowerer) typ(t types.Type) string { return l.erase(t, nil) }

// erase guards against recursive types that are no structs: where one meets itself, any value may stand.
func (l *Lowerer) erase(t types.Type, within []*types.Named) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return l.basic(t)
	case *types.Named:
		return l.named(t, within)
	case *types.Pointer:
		return "*" + l.erase(t.Elem(), within)
	case *types.Slice:
		return "[]" + l.erase(t.Elem(), within)
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), l.erase(t.Elem(), within))
	case *types.Map:
		return "map[" + l.erase(t.Key(), within) + "]" + l.erase(t.Elem(), within)
	case *types.Chan:
		return channel(t.Dir()) + "(" + l.erase(t.Elem(), within) + ")"
	case *types.Signature:
		return "func" + l.signature(t, within)
	case *types.Struct:
		return l.anonymousStruct(t)
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
		return l.alias("unsafe") + ".Pointer"
	}
	return t.Name()
}

func (l *Lowerer) named(t *types.Named, within []*types.Named) string {
	if !isUser(t) {
		return l.hostName(t)
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		return l.declaredStruct(t, st)
	}
	for _, n := range within {
		if n == t {
			return "interface{}"
		}
	}
	return l.erase(t.Underlying(), append(within, t))
}

func (l *Lowerer) hostName(t *types.Named) string {
	o := t.Obj()
	if o.Pkg() == nil {
		return o.Name() // error; comparable cannot stand here
	}
	if t.TypeArgs().Len() > 0 {
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

// isUser reports whether a cell, not a compiled package, declares the type.
func isUser(t *types.Named) bool {
	return t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == cell.MainPath || isLibrary(t.Obj().Pkg())
}

// anonymousStruct returns the run-time type of an anonymous struct: one for all that are identical.
func (l *Lowerer) anonymousStruct(st *types.Struct) string {
	if n, ok := l.structs.At(st).(string); ok {
		return n
	}
	n := "S" + l.name("truct")
	l.structs.Set(st, n)
	l.declareStruct(n, st)
	return n
}

// declaredStruct is anonymousStruct for a declared struct, which is a type of its own.
func (l *Lowerer) declaredStruct(t *types.Named, st *types.Struct) string {
	if n, ok := l.structs.At(t).(string); ok {
		return n
	}
	n := "S" + l.name(t.Obj().Name())
	l.structs.Set(t, n)
	l.declareStruct(n, st)
	return n
}

func (l *Lowerer) declareStruct(name string, st *types.Struct) {
	var b strings.Builder
	fmt.Fprintf(&b, "type %s struct {", name)
	at := len(l.decls)
	l.decls = append(l.decls, "")
	for i := range st.NumFields() {
		f := st.Field(i)
		fmt.Fprintf(&b, "\n%s %s", fieldName(f, i), l.typ(f.Type()))
		if tag := tagOf(st, i); tag != "" {
			fmt.Fprintf(&b, " %q", tag)
		}
	}
	b.WriteString("\n}")
	l.decls[at] = b.String()
}

// tagOf keeps the user's tag and hides unexported fields, which are exported at run time, from encoders.
func tagOf(st *types.Struct, i int) string {
	if !st.Field(i).Exported() {
		return `json:"-" xml:"-"`
	}
	return st.Tag(i)
}

// fieldName is the run-time name of a field: exported, or reflection could not reach it.
func fieldName(f *types.Var, i int) string {
	if r, _ := utf8.DecodeRuneInString(f.Name()); f.Exported() && r < utf8.RuneSelf {
		return f.Name()
	}
	if f.Name() == "_" {
		return fmt.Sprintf("Xǃblank%d", i)
	}
	return "Xǃ" + f.Name()
}

// signature writes parameters and results without names.
func (l *Lowerer) signature(s *types.Signature, within []*types.Named) string {
	params := make([]string, s.Params().Len())
	for i := range params {
		t := s.Params().At(i).Type()
		if s.Variadic() && i == len(params)-1 {
			params[i] = "..." + l.erase(t.(*types.Slice).Elem(), within)
			continue
		}
		params[i] = l.erase(t, within)
	}
	results := make([]string, s.Results().Len())
	for i := range results {
		results[i] = l.erase(s.Results().At(i).Type(), within)
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

// id numbers a type for the run time.
func (l *Lowerer) id(t types.Type) int {
	n := l.number(t)
	if !l.numbered[n] {
		l.numbered[n] = true
		l.instanceMethods(types.Unalias(t))
	}
	return n
}

// instanceMethods writes out the methods of an instance of a generic type that goes into an interface, where
// they may be called by name.
func (l *Lowerer) instanceMethods(t types.Type) {
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || !isUser(named) || named.TypeArgs().Len() == 0 || isInterface(named) {
		return
	}
	for m := range named.Methods() {
		origin := m.Origin()
		if _, ok := l.bodies[origin]; !ok {
			continue
		}
		run := l.instance(origin, arguments(origin.Signature().RecvTypeParams(), named.TypeArgs()), nil)
		l.setup = append(l.setup, fmt.Sprintf("rt.SetMethod(%d, %q, %s)", l.id(m.Signature().Recv().Type()), m.Name(), run))
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
		return isUser(t)
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
	return ok && isInterface(n) && !isUser(n)
}
