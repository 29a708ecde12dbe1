package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/fmtsort"
)

const (
	glanceWidth = 80 // runes of a value that are shown
	glanceItems = 6  // elements of it
	glanceDepth = 4
)

// A glance writes the beginning of a value. It calls no method of the user's and looks at little of a large value.
type glance struct{ strings.Builder }

func (b *glance) String() string {
	s := b.Builder.String()
	if utf8.RuneCountInString(s) > glanceWidth {
		s = string([]rune(s)[:glanceWidth-1]) + "…"
	}
	return s
}

func (b *glance) full() bool { return b.Len() > 4*glanceWidth }

func (b *glance) value(t types.Type, v reflect.Value, depth int) {
	switch {
	case b.full():
		return
	case depth > glanceDepth:
		b.WriteString("…")
		return
	case v.IsValid() && v.Kind() == reflect.Interface && !types.IsInterface(t):
		v = v.Elem()
	}
	if !v.IsValid() {
		b.WriteString("nil")
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		b.dynamic(v, depth)
	case *types.Struct:
		b.structure(t, u, v, depth)
	case *types.Pointer:
		b.pointer(u, v, depth)
	case *types.Slice:
		b.list(u.Elem(), v, depth)
	case *types.Array:
		b.list(u.Elem(), v, depth)
	case *types.Map:
		b.mapping(u, v, depth)
	case *types.Signature, *types.Chan:
		b.WriteString(typeText(t))
	default:
		b.basic(v)
	}
}

func (b *glance) basic(v reflect.Value) {
	if v.Kind() == reflect.String {
		text := v.String()
		fmt.Fprintf(b, "%q", text[:min(len(text), 4*glanceWidth)])
		return
	}
	if v.CanInterface() {
		fmt.Fprint(b, v.Interface())
	}
}

func (b *glance) dynamic(v reflect.Value, depth int) {
	if v.Kind() == reflect.Interface {
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		v = v.Elem()
	}
	if !v.CanInterface() {
		return
	}
	if x, ok := unwrap(v.Interface()).(Box); ok {
		b.value(x.T.Type, reflect.ValueOf(x.V), depth+1)
		return
	}
	b.compiled(v)
}

// compiled writes a value of a compiled type: by its size when it is a matrix or a series, or by its String.
func (b *glance) compiled(v reflect.Value) {
	switch x := v.Interface().(type) {
	case interface{ Dims() (r, c int) }:
		rows, cols := x.Dims()
		fmt.Fprintf(b, "%d×%d matrix", rows, cols)
	case error:
		b.firstLine(x.Error())
	case fmt.Stringer:
		b.firstLine(x.String())
	default:
		b.WriteString(v.Type().String())
	}
}

func (b *glance) firstLine(text string) {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	b.WriteString(text)
}

// known reports a compiled type that says itself what it holds.
func known(v reflect.Value) bool {
	if !v.CanInterface() || v.Kind() == reflect.Pointer && v.IsNil() {
		return false
	}
	switch v.Interface().(type) {
	case interface{ Dims() (r, c int) }, error, fmt.Stringer:
		return true
	}
	return false
}

func (b *glance) structure(t types.Type, u *types.Struct, v reflect.Value, depth int) {
	if known(v) {
		b.compiled(v)
		return
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		b.WriteString(typeText(n))
	}
	b.WriteString("{")
	for i := range min(u.NumFields(), v.NumField()) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(u.Field(i).Name() + ": ")
		b.value(u.Field(i).Type(), v.Field(i), depth+1)
	}
	b.WriteString("}")
}

func (b *glance) pointer(u *types.Pointer, v reflect.Value, depth int) {
	switch {
	case v.IsNil():
		b.WriteString("nil")
	case known(v):
		b.compiled(v)
	default:
		b.WriteString("&")
		b.value(u.Elem(), v.Elem(), depth+1)
	}
}

func (b *glance) list(elem types.Type, v reflect.Value, depth int) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		b.WriteString("nil")
		return
	}
	n := v.Len()
	b.WriteString("[")
	for i := range min(n, glanceItems) {
		if i > 0 {
			b.WriteString(" ")
		}
		b.value(elem, v.Index(i), depth+1)
	}
	if n > glanceItems {
		fmt.Fprintf(b, " …] (%d values)", n)
		return
	}
	b.WriteString("]")
}

func (b *glance) mapping(u *types.Map, v reflect.Value, depth int) {
	if v.Len() > glanceItems {
		fmt.Fprintf(b, "%d entries", v.Len())
		return
	}
	sorted := fmtsort.Sort(v)
	b.WriteString("map[")
	for i, k := range sorted.Key {
		if i > 0 {
			b.WriteString(" ")
		}
		b.value(u.Key(), k, depth+1)
		b.WriteString(":")
		b.value(u.Elem(), sorted.Value[i], depth+1)
	}
	b.WriteString("]")
}
