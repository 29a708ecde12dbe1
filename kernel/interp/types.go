package interp

import (
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/types/typeutil"
)

// A registry numbers types, for the lowered source and for boxes alike. Goroutines of earlier cells may ask
// while a new cell is lowered.
type registry struct {
	mu    sync.Mutex
	ids   typeutil.Map
	types []*Type
}

// Type is a type of the user's as the checker knows it.
type Type struct {
	types.Type
	machine *machine
	shape   func() reflect.Type // of its values while they run
}

func (r *registry) id(m *machine, t types.Type) int {
	t = types.Unalias(t)
	r.mu.Lock()
	defer r.mu.Unlock()
	if n, ok := r.ids.At(t).(int); ok {
		return n
	}
	r.ids.Set(t, len(r.types))
	shape := sync.OnceValue(func() reflect.Type { return m.shapes.of(t) })
	r.types = append(r.types, &Type{t, m, shape})
	return len(r.types) - 1
}

func (r *registry) at(id int) *Type {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.types[id]
}

// String writes the type as Go's %T does.
func (t *Type) String() string { return spell(t.Type) }

// Box is a value in an interface with the type that erasure took from it. Two boxes are equal when their types
// and values are, as for Go's own interface values.
type Box struct {
	T *Type
	V any
}

// unwrap finds the box inside a value that was wrapped for compiled code.
func unwrap(x any) any {
	if w, ok := x.(interface{ unbox() Box }); ok {
		return w.unbox()
	}
	if x == nil {
		return nil
	}
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct && v.NumField() > 0 && v.Type().Field(0).Name == "IValue" {
		if b, ok := v.Field(0).Interface().(Box); ok {
			return b
		}
	}
	return x
}
