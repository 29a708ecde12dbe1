package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"github.com/rogpeppe/go-internal/fmtsort"
)

func (p printer) basic(t types.Type, v reflect.Value) {
	s := fmt.Sprintf(fmt.FormatString(p.State, p.verb), v.Interface())
	if bad := fmt.Sprintf("%%!%c(%s=", p.verb, v.Type()); strings.HasPrefix(s, bad) {
		s = fmt.Sprintf("%%!%c(%s=%s", p.verb, spell(t), s[len(bad):])
	}
	p.text(s)
}

func (p printer) structure(t types.Type, u *types.Struct, v reflect.Value, depth int) {
	if p.sharp() {
		p.text(spell(t))
	}
	p.text("{")
	for i := range u.NumFields() {
		f := u.Field(i)
		if i > 0 {
			p.text(p.between())
		}
		if p.Flag('+') || p.sharp() {
			p.text(f.Name() + ":")
		}
		inner := p
		inner.hidden = p.hidden || !f.Exported() && !f.Embedded()
		if !f.Exported() && f.Embedded() && !inner.hidden {
			inner.embedded(f.Type(), v.Field(i), depth+1)
			continue
		}
		inner.value(f.Type(), v.Field(i), depth+1)
	}
	p.text("}")
}

// embedded prints a field whose own methods fmt cannot call, while it can call those of the fields within.
func (p printer) embedded(t types.Type, v reflect.Value, depth int) {
	if u, ok := t.Underlying().(*types.Struct); ok {
		p.structure(t, u, v, depth)
		return
	}
	p.hidden = true
	p.value(t, v, depth)
}

func (p printer) pointer(t types.Type, u *types.Pointer, v reflect.Value, depth int) {
	if v.Kind() == reflect.Pointer && !v.IsNil() && depth == 0 {
		switch u.Elem().Underlying().(type) {
		case *types.Struct, *types.Slice, *types.Array, *types.Map:
			p.text("&")
			p.value(u.Elem(), v.Elem(), depth+1)
			return
		}
	}
	p.address(t, v)
}

// address prints pointers, channels and functions.
func (p printer) address(t types.Type, v reflect.Value) {
	if t != nil && p.sharp() {
		at := "nil"
		if !v.IsNil() {
			at = fmt.Sprintf("%#x", v.Pointer())
		}
		p.text("(" + spell(t) + ")(" + at + ")")
		return
	}
	switch {
	case p.verb == 'v' && v.IsNil():
		p.native(nil)
	case p.verb == 'v' && !p.Flag('#'):
		fmt.Fprintf(p.State, "%#x", v.Pointer())
	default:
		p.native(v.Interface())
	}
}

func (p printer) list(t, elem types.Type, v reflect.Value, depth int) {
	if b, ok := elem.Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 && strings.ContainsRune("sxXq", p.verb) {
		p.native(v.Interface())
		return
	}
	opening, closing := "[", "]"
	if p.sharp() {
		opening, closing = spell(t)+"{", "}"
		if v.Kind() == reflect.Slice && v.IsNil() {
			p.text(spell(t) + "(nil)")
			return
		}
	}
	p.text(opening)
	for i := range v.Len() {
		if i > 0 {
			p.text(p.between())
		}
		p.value(elem, v.Index(i), depth+1)
	}
	p.text(closing)
}

func (p printer) mapping(t types.Type, u *types.Map, v reflect.Value, depth int) {
	opening, closing := "map[", "]"
	if p.sharp() {
		opening, closing = spell(t)+"{", "}"
		if v.IsNil() {
			p.text(spell(t) + "(nil)")
			return
		}
	}
	p.text(opening)
	sorted := fmtsort.Sort(v)
	for i, k := range sorted.Key {
		if i > 0 {
			p.text(p.between())
		}
		p.value(u.Key(), k, depth+1)
		p.text(":")
		p.value(u.Elem(), sorted.Value[i], depth+1)
	}
	p.text(closing)
}

// dynamic prints what an interface holds.
func (p printer) dynamic(t types.Type, v reflect.Value, depth int) {
	if !v.IsValid() || v.IsNil() {
		if p.sharp() {
			p.text(spell(t) + "(nil)")
			return
		}
		p.text("<nil>")
		return
	}
	if b, ok := unwrap(v.Interface()).(Box); ok {
		p.value(b.T.Type, reflect.ValueOf(b.V), depth+1)
		return
	}
	p.compiled(v.Elem(), depth+1)
}
