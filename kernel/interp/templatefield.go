package interp

import (
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// templateField follows a path of fields, methods and keys; the arguments are the last method's.
func (m *machine) templateField(base any, path string, args ...any) (any, error) {
	names := strings.Split(path, ".")
	for i, name := range names {
		var err error
		var with []any
		if i == len(names)-1 {
			with = args
		}
		if b, ok := base.(Box); ok {
			base, err = m.boxMember(b, name, with)
		} else {
			base, err = compiledMember(base, name, with)
		}
		if err != nil {
			return nil, err
		}
	}
	return base, nil
}

func (m *machine) boxMember(b Box, name string, args []any) (any, error) {
	o, path, _ := types.LookupFieldOrMethod(b.T.Type, true, mainPackage, name)
	switch o := o.(type) {
	case *types.Func:
		return m.called(o.Signature(), m.bound(b, name), args)
	case *types.Var:
		v, t := follow(reflect.ValueOf(b.V), b.T.Type, path)
		return m.opened(m.boxOf(t, v)), nil
	}
	return nil, fmt.Errorf("can't evaluate field %s in type %s", name, b.T)
}

// called calls a method for a template and opens its result.
func (m *machine) called(sig *types.Signature, f reflect.Value, args []any) (any, error) {
	if len(args) != sig.Params().Len() && !sig.Variadic() || sig.Results().Len() == 0 {
		return nil, errors.New("wrong number of arguments or results")
	}
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		want := f.Type().In(min(i, f.Type().NumIn()-1))
		if f.Type().IsVariadic() && i >= f.Type().NumIn()-1 {
			want = want.Elem()
		}
		v := reflect.ValueOf(a)
		if b, ok := a.(Box); ok && want.Kind() != reflect.Interface {
			v = reflect.ValueOf(b.V)
		}
		if !v.IsValid() || !v.CanConvert(want) {
			return nil, fmt.Errorf("wrong type for an argument: %v", a)
		}
		in[i] = v.Convert(want)
	}
	out := f.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		return nil, out[1].Interface().(error)
	}
	return m.opened(m.boxOf(sig.Results().At(0).Type(), out[0])), nil
}

// boxOf boxes a value of a type unless that is an interface's.
func (m *machine) boxOf(t types.Type, v reflect.Value) any {
	if types.IsInterface(t) {
		return v.Interface()
	}
	return Box{m.at(m.id(m, t)), v.Interface()}
}

// opened gives a value as a template can go through it: lists and maps of boxes, boxes only where there are methods
// or fields to be found.
func (m *machine) opened(x any) any {
	b, ok := unwrap(x).(Box)
	if !ok {
		return x
	}
	v := reflect.ValueOf(b.V)
	switch u := b.T.Underlying().(type) {
	case *types.Slice:
		return m.openedList(u.Elem(), v)
	case *types.Array:
		return m.openedList(u.Elem(), v)
	case *types.Map:
		out := map[any]any{}
		for it := v.MapRange(); it.Next(); {
			out[raw(m.opened(m.boxOf(u.Key(), it.Key())))] = m.opened(m.boxOf(u.Elem(), it.Value()))
		}
		return out
	case *types.Pointer:
		if v.IsNil() {
			return nil
		}
	case *types.Basic:
		if n, ok := b.T.Type.(*types.Named); !ok || n.NumMethods() == 0 || !userMade(n) {
			return b.V
		}
	case *types.Signature, *types.Chan:
		return b.V
	}
	return b
}

func (m *machine) openedList(elem types.Type, v reflect.Value) []any {
	out := make([]any, v.Len())
	for i := range out {
		out[i] = m.opened(m.boxOf(elem, v.Index(i)))
	}
	return out
}

// compiledMember is what a template finds in a value of a compiled type.
func compiledMember(x any, name string, args []any) (any, error) {
	v := reflect.ValueOf(x)
	if !v.IsValid() {
		return nil, fmt.Errorf("nil data; no entry for key %q", name)
	}
	if f := v.MethodByName(name); f.IsValid() {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = reflect.ValueOf(a)
		}
		out := f.Call(in)
		if len(out) == 2 && !out[1].IsNil() {
			return nil, out[1].Interface().(error)
		}
		return out[0].Interface(), nil
	}
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		if f := v.FieldByName(name); f.IsValid() && f.CanInterface() {
			return f.Interface(), nil
		}
	case reflect.Map:
		key := reflect.ValueOf(name)
		if key.CanConvert(v.Type().Key()) {
			if e := v.MapIndex(key.Convert(v.Type().Key())); e.IsValid() {
				return e.Interface(), nil
			}
			return nil, nil
		}
	}
	return nil, fmt.Errorf("can't evaluate field %s in type %s", name, v.Type())
}
