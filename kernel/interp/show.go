package interp

import (
	"go/types"
	"reflect"
)

// What follows lets a value of a user's type be shown with its type, its fields' names and by its own methods. It is
// found by its shape, for the package that shows values does not know this one.

// TypeName is the type as the user writes it.
func (b Box) TypeName() string { return typeText(b.T.Type) }

// Bare is the value as it is held, without the user's types.
func (b Box) Bare() any { return b.V }

// Fields names the fields of a struct, nil for all else.
func (b Box) Fields() []string {
	st, ok := b.T.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	names := make([]string, st.NumFields())
	for i := range names {
		names[i] = st.Field(i).Name()
	}
	return names
}

// Inner gives a part of the value with its type: what v holds, which is field i of a struct, or an element of a slice,
// an array or a map, or what a pointer points to. Key gives a map's key.
func (b Box) Inner(i int, v reflect.Value) any {
	switch u := b.T.Underlying().(type) {
	case *types.Struct:
		return b.T.machine.typed(u.Field(i).Type(), v)
	case interface{ Elem() types.Type }:
		return b.T.machine.typed(u.Elem(), v)
	}
	return v
}

// Key gives a key of a map with its type.
func (b Box) Key(v reflect.Value) any {
	return b.T.machine.typed(b.T.Underlying().(*types.Map).Key(), v)
}

// typed boxes a value when its type has something of the user's in it.
func (m *machine) typed(t types.Type, v reflect.Value) any {
	if types.IsInterface(t) || !v.IsValid() || !v.CanInterface() {
		return v
	}
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || !hasUserType(t, map[types.Type]bool{}) {
		return v
	}
	return Box{m.at(m.id(m, t)), v.Interface()}
}

func hasUserType(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		return userMade(t)
	case *types.Map:
		return hasUserType(t.Key(), seen) || hasUserType(t.Elem(), seen)
	case *types.Struct:
		return true // its unexported fields were renamed
	case interface{ Elem() types.Type }:
		return hasUserType(t.Elem(), seen)
	}
	return false
}

// Method gives a method of the value, as a function that may be called outside of cells: it lets an interrupt in.
func (b Box) Method(name string) (call any, ok bool) {
	o, _, _ := types.LookupFieldOrMethod(b.T.Type, true, mainPackage, name)
	if _, ok := o.(*types.Func); !ok {
		return nil, false
	}
	fn := b.T.machine.bound(b, name)
	if !fn.IsValid() {
		return nil, false
	}
	return reflect.MakeFunc(fn.Type(), func(args []reflect.Value) (out []reflect.Value) {
		b.T.machine.callBack(func() { out = fn.Call(args) })
		return out
	}).Interface(), true
}

// callBack runs a user's function for a goroutine of the kernel's own. It panics as the function does, and when the
// cell is interrupted.
func (m *machine) callBack(f func()) {
	r := m.latest()
	if r == nil || current() != nil {
		f()
		return
	}
	done := make(chan any, 1)
	go func() {
		defer r.enter()()
		defer func() { done <- recover() }()
		f()
	}()
	var failure any
	select {
	case failure = <-done:
	case <-r.ctx.Done():
		if failure = r.interrupt(done); failure == nil {
			failure = halted{}
		}
	}
	switch failure.(type) {
	case nil:
	case halted:
		panic(interrupted{})
	default:
		panic(panicText(failure))
	}
}

// interrupted is what a method called to show a value fails with.
type interrupted struct{}

func (interrupted) Error() string { return "interrupted" }
