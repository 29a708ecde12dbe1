package interp

import (
	"errors"
	"go/types"
	"reflect"
)

// wrap boxes a value of a user's type and gives it the methods of a compiled interface.
func (m *machine) wrap(from int, v any, to int) any {
	t := m.at(to)
	rt, ok := m.hostInterface(t.Type)
	if !ok {
		return Box{m.at(from), v}
	}
	return m.wrapBox(Box{m.at(from), v}, t.Type, rt)
}

// wrapBox makes a compiled value whose methods call the box's.
func (m *machine) wrapBox(b Box, t types.Type, rt reflect.Type) any {
	if rt == reflect.TypeFor[error]() {
		return m.wrapError(b)
	}
	n := types.Unalias(t).(*types.Named)
	w, ok := m.host.lookup(n.Obj().Pkg().Path())["_"+n.Obj().Name()]
	if !ok {
		panic(conversionError(b.T.String() + " cannot be used as " + n.String() + " by compiled code"))
	}
	p := reflect.New(w.Type().Elem())
	s := p.Elem()
	s.FieldByName("IValue").Set(reflect.ValueOf(b))
	for i := range rt.NumMethod() {
		name := rt.Method(i).Name
		f := s.FieldByName("W" + name)
		fn := m.bound(b, name)
		f.Set(reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
			if f.Type().IsVariadic() {
				return fn.CallSlice(args)
			}
			return fn.Call(args)
		}))
	}
	return s.Interface()
}

// boxedError is an error of a user's type. errors.Is, errors.As and fmt see through it.
type boxedError struct {
	Box
	m *machine
}

func (m *machine) wrapError(b Box) error {
	e := boxedError{b, m}
	if o, _, _ := types.LookupFieldOrMethod(b.T.Type, true, mainPackage, "Unwrap"); o != nil {
		return unwrappingError{e}
	}
	return e
}

func (e boxedError) unbox() Box { return e.Box }

// Error calls the user's method.
func (e boxedError) Error() string { return e.m.bound(e.Box, "Error").Call(nil)[0].String() }

// Is calls the user's method, if there is one; equal errors are the same without it.
func (e boxedError) Is(target error) bool {
	if equal(e, target) {
		return true
	}
	if o, _, _ := types.LookupFieldOrMethod(e.T.Type, true, mainPackage, "Is"); o == nil {
		return false
	}
	return e.m.bound(e.Box, "Is").Call([]reflect.Value{reflect.ValueOf(&target).Elem()})[0].Bool()
}

type unwrappingError struct{ boxedError }

// Unwrap calls the user's method.
func (e unwrappingError) Unwrap() error {
	err, _ := e.m.bound(e.Box, "Unwrap").Call(nil)[0].Interface().(error)
	return err
}

// errorsAs is errors.As, which finds errors of the user's types by the types their boxes carry.
func (m *machine) errorsAs(err error, target any, id int) bool {
	if id < 0 || !boxedTarget(m.at(id).Type) {
		return errors.As(err, target)
	}
	t := m.at(id)
	for e := range chain(err) {
		if b, ok := unwrap(e).(Box); ok && b.T == t {
			reflect.ValueOf(target).Elem().Set(reflect.ValueOf(b.V))
			return true
		}
	}
	return false
}

// boxedTarget reports a type of the user's or a pointer to one.
func boxedTarget(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	return userMade(t)
}

// chain walks an error and all it wraps, depth first.
func chain(err error) func(yield func(error) bool) {
	var walk func(error, func(error) bool) bool
	walk = func(e error, yield func(error) bool) bool {
		if e == nil {
			return true
		}
		if !yield(e) {
			return false
		}
		if list, ok := e.(interface{ Unwrap() []error }); ok {
			for _, inner := range list.Unwrap() {
				if !walk(inner, yield) {
					return false
				}
			}
			return true
		}
		return walk(errors.Unwrap(e), yield)
	}
	return func(yield func(error) bool) { walk(err, yield) }
}
