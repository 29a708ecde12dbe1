package interp

import (
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
	w, ok := m.symbols(n.Obj().Pkg().Path())["_"+n.Obj().Name()]
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
