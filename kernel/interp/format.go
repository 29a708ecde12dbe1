package interp

import (
	"cmp"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"slices"
	"strings"
)

// Format prints a boxed value as fmt prints the value it stands for, its type's name and methods included.
func (b Box) Format(s fmt.State, verb rune) {
	p := printer{w: s, verb: verb, state: s}
	p.value(b.T.Type, reflect.ValueOf(b.V), 0, b.T.machine)
}

// String gives the value as %v prints it.
func (b Box) String() string { return fmt.Sprintf("%v", b) }

type printer struct {
	w     io.Writer
	verb  rune
	state fmt.State
}

func (p printer) flag(c int) bool { return p.state.Flag(c) }

func (p printer) sharp() bool { return p.verb == 'v' && p.flag('#') }

// native prints a value with the verb and flags in force.
func (p printer) native(v any) { fmt.Fprintf(p.w, fmt.FormatString(p.state, p.verb), v) }

func (p printer) value(t types.Type, v reflect.Value, depth int, m *machine) {
	if v.IsValid() && v.Kind() == reflect.Interface && !types.IsInterface(t) {
		v = v.Elem()
	}
	if p.method(t, v, m) {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		p.structure(t, u, v, depth, m)
	case *types.Pointer:
		p.pointer(t, u, v, depth, m)
	case *types.Slice:
		p.list(t, u.Elem(), v, depth, m)
	case *types.Array:
		p.list(t, u.Elem(), v, depth, m)
	case *types.Map:
		p.mapping(t, u, v, depth, m)
	case *types.Interface:
		p.dynamic(v)
	default:
		p.basic(t, v)
	}
}

func (p printer) basic(t types.Type, v reflect.Value) {
	if !v.IsValid() {
		io.WriteString(p.w, "<nil>")
		return
	}
	p.native(v.Interface())
}

// method prints by the value's own Error or String, where fmt would.
func (p printer) method(t types.Type, v reflect.Value, m *machine) bool {
	if !strings.ContainsRune("vsxXq", p.verb) || p.sharp() || types.IsInterface(t) || !v.IsValid() {
		return false
	}
	for _, name := range []string{"Error", "String"} {
		o, _, _ := types.LookupFieldOrMethod(t, false, mainPackage, name)
		f, ok := o.(*types.Func)
		if !ok || f.Signature().Params().Len() > 0 || f.Signature().Results().Len() != 1 {
			continue
		}
		if n, ok := types.Unalias(t).(*types.Named); ok && !userMade(n) {
			return false
		}
		if v.Kind() == reflect.Pointer && v.IsNil() {
			io.WriteString(p.w, "<nil>")
			return true
		}
		id := m.id(m, t)
		text := m.bound(Box{m.at(id), v.Interface()}, name).Call(nil)[0].String()
		p.native(text)
		return true
	}
	return false
}

func (p printer) structure(t types.Type, u *types.Struct, v reflect.Value, depth int, m *machine) {
	if p.sharp() {
		io.WriteString(p.w, spell(t))
	}
	io.WriteString(p.w, "{")
	for i := range u.NumFields() {
		if i > 0 {
			io.WriteString(p.w, p.between())
		}
		if p.flag('+') || p.sharp() {
			io.WriteString(p.w, u.Field(i).Name()+":")
		}
		p.value(u.Field(i).Type(), v.Field(i), depth+1, m)
	}
	io.WriteString(p.w, "}")
}

func (p printer) between() string {
	if p.sharp() {
		return ", "
	}
	return " "
}

func (p printer) pointer(t types.Type, u *types.Pointer, v reflect.Value, depth int, m *machine) {
	if v.IsValid() && !v.IsNil() && depth == 0 && v.Kind() == reflect.Pointer {
		switch u.Elem().Underlying().(type) {
		case *types.Struct, *types.Slice, *types.Array, *types.Map:
			io.WriteString(p.w, "&")
			p.value(u.Elem(), v.Elem(), depth+1, m)
			return
		}
	}
	switch {
	case !v.IsValid() || v.IsNil():
		io.WriteString(p.w, "<nil>")
	case p.sharp():
		fmt.Fprintf(p.w, "(%s)(%#x)", spell(t), v.Pointer())
	default:
		fmt.Fprintf(p.w, "%#x", v.Pointer())
	}
}

func (p printer) list(t, elem types.Type, v reflect.Value, depth int, m *machine) {
	if b, ok := elem.Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 && strings.ContainsRune("sxXq", p.verb) {
		p.native(v.Interface())
		return
	}
	opening, closing := "[", "]"
	if p.sharp() {
		opening, closing = spell(t)+"{", "}"
		if v.Kind() == reflect.Slice && v.IsNil() {
			io.WriteString(p.w, spell(t)+"(nil)")
			return
		}
	}
	io.WriteString(p.w, opening)
	for i := range v.Len() {
		if i > 0 {
			io.WriteString(p.w, p.between())
		}
		p.value(elem, v.Index(i), depth+1, m)
	}
	io.WriteString(p.w, closing)
}

func (p printer) mapping(t types.Type, u *types.Map, v reflect.Value, depth int, m *machine) {
	opening, closing := "map[", "]"
	if p.sharp() {
		opening, closing = spell(t)+"{", "}"
	}
	io.WriteString(p.w, opening)
	keys := v.MapKeys()
	slices.SortFunc(keys, compareKeys)
	for i, k := range keys {
		if i > 0 {
			io.WriteString(p.w, p.between())
		}
		p.value(u.Key(), k, depth+1, m)
		io.WriteString(p.w, ":")
		p.value(u.Elem(), v.MapIndex(k), depth+1, m)
	}
	io.WriteString(p.w, closing)
}

// compareKeys orders a map's keys as fmt does, for the kinds that have an order.
func compareKeys(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

func (p printer) dynamic(v reflect.Value) {
	if !v.IsValid() || v.IsNil() {
		io.WriteString(p.w, "<nil>")
		return
	}
	p.native(v.Interface())
}
