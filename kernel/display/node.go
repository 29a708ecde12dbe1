package display

import (
	"fmt"
	"reflect"
	"strings"
)

// typed is a value that comes with a type of its own beside the one that Go knows it by, as values of a type that is
// declared in a cell do.
type typed interface {
	TypeName() string
	Bare() any                        // the value as Go knows it
	Fields() []string                 // names of a struct's fields
	Inner(i int, v reflect.Value) any // v, a struct's field i or an element, with its type
	Key(v reflect.Value) any          // v, a map's key, with its type
	Method(name string) (any, bool)   // a method as a function
}

// node is a value and, where it has one, the type that is its own.
type node struct {
	v   reflect.Value
	own typed
}

// nodeOf looks into interfaces for a value with a type of its own.
func nodeOf(x any) node {
	v, ok := x.(reflect.Value)
	if !ok {
		v = reflect.ValueOf(x)
	}
	if v.IsValid() && v.CanInterface() && (v.Kind() == reflect.Struct || v.Kind() == reflect.Interface) {
		if own, ok := v.Interface().(typed); ok {
			return node{reflect.ValueOf(own.Bare()), own}
		}
	}
	return node{v: v}
}

func (n node) kind() reflect.Kind { return n.v.Kind() }

// typeName is the name of the type as users write it, "" for an unnamed struct.
func (n node) typeName() string {
	switch {
	case n.own != nil && n.own.Fields() != nil && strings.HasPrefix(n.own.TypeName(), "struct{"):
		return ""
	case n.own != nil:
		return n.own.TypeName()
	}
	return typeName(n.v.Type())
}

// fields names a struct's fields.
func (n node) fields() []string {
	if n.own != nil {
		return n.own.Fields()
	}
	names := make([]string, n.v.NumField())
	for i := range names {
		names[i] = n.v.Type().Field(i).Name
	}
	return names
}

func (n node) inner(i int, v reflect.Value) node {
	if n.own != nil {
		return nodeOf(n.own.Inner(i, v))
	}
	return nodeOf(v)
}

func (n node) field(i int) node          { return n.inner(i, n.v.Field(i)) }
func (n node) index(i int) node          { return n.inner(i, n.v.Index(i)) }
func (n node) elem() node                { return n.inner(0, n.v.Elem()) }
func (n node) at(key reflect.Value) node { return n.inner(0, n.v.MapIndex(key)) }
func (n node) key(key reflect.Value) node {
	if n.own != nil {
		return nodeOf(n.own.Key(key))
	}
	return nodeOf(key)
}

// written is what the value's own Error or String says; a nil pointer is not asked.
func (n node) written() (text string, ok bool) {
	if !n.v.IsValid() || (n.kind() == reflect.Pointer || n.kind() == reflect.Interface) && n.v.IsNil() {
		return "", false
	}
	if n.own != nil {
		for _, name := range []string{"Error", "String"} {
			if f, ok := method[func() string](n.own, name); ok {
				return f(), true
			}
		}
		return "", false
	}
	if !n.v.CanInterface() {
		return "", false
	}
	switch n.v.Interface().(type) {
	case error, fmt.Stringer:
		return fmt.Sprint(n.v.Interface()), true
	}
	return "", false
}

// method finds a method of a certain form.
func method[F any](own typed, name string) (f F, ok bool) {
	m, ok := own.Method(name)
	if !ok {
		return f, false
	}
	f, ok = m.(F)
	return f, ok
}

// typeName is the name of a type as users write it, "" for an unnamed struct.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Struct && t.Name() == "" {
		return ""
	}
	return strings.TrimPrefix(t.String(), "main.")
}
