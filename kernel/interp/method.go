package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// A methodFunc is the function behind a method, and its type without the receiver.
type methodFunc struct {
	fn    reflect.Value
	bound reflect.Type
}

// setMethod notes the function behind a method of a user's type, under the type of its receiver.
func (m *machine) setMethod(recv int, name string, f any) {
	fn := reflect.ValueOf(f)
	t := fn.Type()
	in, out := make([]reflect.Type, t.NumIn()-1), make([]reflect.Type, t.NumOut())
	for i := range in {
		in[i] = t.In(i + 1)
	}
	for i := range out {
		out[i] = t.Out(i)
	}
	m.methodsMu.Lock()
	defer m.methodsMu.Unlock()
	m.methods[methodKey{recv, name}] = methodFunc{fn, reflect.FuncOf(in, out, t.IsVariadic())}
}

// method finds x.name for an interface value x and gives it bound to its receiver.
func (m *machine) method(x any, name string, _ int) any {
	x = unwrap(x)
	if x == nil {
		panic(nilDereference)
	}
	b, ok := x.(Box)
	if !ok {
		return reflect.ValueOf(x).MethodByName(name).Interface()
	}
	return m.bound(b, name).Interface()
}

// bound gives a method of a boxed value as a function without receiver.
func (m *machine) bound(b Box, name string) reflect.Value {
	o, path, _ := types.LookupFieldOrMethod(b.T.Type, true, mainPackage, name)
	f, ok := o.(*types.Func)
	if !ok {
		panic(conversionError(b.T.String() + " has no method " + name))
	}
	v, at := follow(reflect.ValueOf(b.V), b.T.Type, path[:len(path)-1])
	if types.IsInterface(at) {
		return reflect.ValueOf(m.method(v.Interface(), name, 0))
	}
	if of, ok := m.lookup(f); ok {
		return of.bind(func() reflect.Value { return receiver(v, f) })
	}
	if v.CanAddr() && !v.MethodByName(name).IsValid() {
		v = v.Addr()
	}
	return v.MethodByName(name)
}

func (m *machine) lookup(f *types.Func) (methodFunc, bool) {
	key := methodKey{m.id(m, f.Signature().Recv().Type()), f.Name()}
	m.methodsMu.RLock()
	defer m.methodsMu.RUnlock()
	of, ok := m.methods[key]
	return of, ok
}

// follow walks from a value along a path of embedded fields.
func follow(v reflect.Value, t types.Type, path []int) (reflect.Value, types.Type) {
	for _, i := range path {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			v, t = v.Elem(), p.Elem()
		}
		v = v.Field(i)
		t = t.Underlying().(*types.Struct).Field(i).Type()
		if v.Kind() == reflect.Interface && !types.IsInterface(t) {
			v = v.Elem()
		}
	}
	return v, t
}

// receiver gives the method a pointer or a value, as it wants.
func receiver(v reflect.Value, f *types.Func) reflect.Value {
	_, wants := f.Signature().Recv().Type().(*types.Pointer)
	switch {
	case wants && v.Kind() != reflect.Pointer && v.CanAddr():
		return v.Addr()
	case !wants && v.Kind() == reflect.Pointer && isPointer(f):
		if v.IsNil() {
			t := spell(f.Signature().Recv().Type())
			_, short, _ := strings.Cut(t, ".")
			panic(conversionError(fmt.Sprintf("value method %s.%s called using nil *%s pointer", t, f.Name(), short)))
		}
		return v.Elem()
	}
	return v
}

// isPointer reports that the receiver's own type is no pointer, so that one in hand must be followed.
func isPointer(f *types.Func) bool {
	_, ok := f.Signature().Recv().Type().Underlying().(*types.Pointer)
	return !ok
}

// bind fixes the receiver. A nil pointer fails when the method is called.
func (of methodFunc) bind(receiver func() reflect.Value) reflect.Value {
	return reflect.MakeFunc(of.bound, func(args []reflect.Value) []reflect.Value {
		all := append([]reflect.Value{receiver()}, args...)
		if of.bound.IsVariadic() {
			return of.fn.CallSlice(all)
		}
		return of.fn.Call(all)
	})
}
