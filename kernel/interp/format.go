package interp

import (
	"fmt"
	"go/types"
	"io"
	"reflect"
	"strings"

	"scorebook/kernel/lower"
)

// Format prints a boxed value as fmt prints the value it stands for, its type's name and methods included.
func (b Box) Format(s fmt.State, verb rune) {
	p := printer{State: s, verb: verb, machine: b.T.machine}
	p.value(b.T.Type, reflect.ValueOf(b.V), 0)
}

// String gives the value as %v prints it.
func (b Box) String() string { return fmt.Sprintf("%v", b) }

// A printer follows package fmt's own way through a value, by the types that the checker knows.
type printer struct {
	fmt.State
	verb    rune
	machine *machine
	hidden  bool // in an unexported field, whose methods fmt cannot call
}

func (p printer) text(s string) { _, _ = io.WriteString(p.State, s) }

func (p printer) sharp() bool { return p.verb == 'v' && p.Flag('#') }

func (p printer) between() string {
	if p.sharp() {
		return ", "
	}
	return " "
}

// value prints a value of a type; depth counts what it lies within.
func (p printer) value(t types.Type, v reflect.Value, depth int) {
	if v.IsValid() && v.Kind() == reflect.Interface && !types.IsInterface(t) {
		v = v.Elem()
	}
	if !v.IsValid() {
		p.text("<nil>")
		return
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && !lower.IsUser(n) && !types.IsInterface(t) {
		p.compiled(v, depth)
		return
	}
	if !p.hidden && !types.IsInterface(t) && p.methods(t, v) {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		p.structure(t, u, v, depth)
	case *types.Pointer:
		p.pointer(t, u, v, depth)
	case *types.Slice:
		p.list(t, u.Elem(), v, depth)
	case *types.Array:
		p.list(t, u.Elem(), v, depth)
	case *types.Map:
		p.mapping(t, u, v, depth)
	case *types.Interface:
		p.dynamic(t, v, depth)
	case *types.Chan, *types.Signature:
		p.address(t, v)
	default:
		p.basic(t, v)
	}
}

// methods prints by the value's own Format, GoString, Error or String, where fmt would.
func (p printer) methods(t types.Type, v reflect.Value) bool {
	if f := p.method(t, "Format", 2, 0); f != nil {
		p.guarded("Format", v, func() {
			p.call(t, v, "Format", reflect.ValueOf(p.State), reflect.ValueOf(p.verb))
		})
		return true
	}
	names := []string{"Error", "String"}
	switch {
	case p.sharp():
		names = []string{"GoString"}
	case !strings.ContainsRune("vsxXq", p.verb):
		return false
	}
	for _, name := range names {
		if p.method(t, name, 0, 1) == nil {
			continue
		}
		p.guarded(name, v, func() {
			s := p.call(t, v, name)[0].String()
			if name == "GoString" {
				p.text(s)
				return
			}
			p.native(s)
		})
		return true
	}
	return false
}

// method finds a method of a value's method set by its name and shape.
func (p printer) method(t types.Type, name string, params, results int) *types.Func {
	o, _, _ := types.LookupFieldOrMethod(t, false, mainPackage, name)
	f, ok := o.(*types.Func)
	if !ok || f.Signature().Params().Len() != params || f.Signature().Results().Len() != results {
		return nil
	}
	if results == 1 && !types.Identical(f.Signature().Results().At(0).Type(), types.Typ[types.String]) {
		return nil
	}
	return f
}

func (p printer) call(t types.Type, v reflect.Value, name string, args ...reflect.Value) []reflect.Value {
	b := Box{p.machine.at(p.machine.id(p.machine, t)), v.Interface()}
	return p.machine.bound(b, name).Call(args)
}

// guarded prints what fmt prints when a method panics.
func (p printer) guarded(method string, v reflect.Value, call func()) {
	defer func() {
		r := recover()
		switch {
		case r == nil:
		case isHalt(r):
			panic(r)
		case v.Kind() == reflect.Pointer && v.IsNil():
			p.text("<nil>")
		default:
			fmt.Fprintf(p.State, "%%!%c(PANIC=%s method: %v)", p.verb, method, inGo(r))
		}
	}()
	call()
}

// native prints a compiled value with the verb and flags in force.
func (p printer) native(v any) { fmt.Fprintf(p.State, fmt.FormatString(p.State, p.verb), v) }

// compiled prints a value of a compiled package's type.
func (p printer) compiled(v reflect.Value, depth int) {
	switch {
	case p.hidden:
		p.withoutMethods(v)
	case depth > 0 && v.Kind() == reflect.Pointer && !hasTextMethod(v.Type()):
		p.address(nil, v)
	default:
		p.native(v.Interface())
	}
}

func hasTextMethod(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[error]()) || t.Implements(reflect.TypeFor[fmt.Stringer]()) ||
		t.Implements(reflect.TypeFor[fmt.Formatter]())
}

// withoutMethods prints a value as fmt does inside an unexported field: it puts it into one.
func (p printer) withoutMethods(v reflect.Value) {
	if v.NumMethod() == 0 && v.Kind() != reflect.Pointer && v.Kind() != reflect.Struct {
		p.native(v.Interface())
		return
	}
	holder := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "x", PkgPath: "main", Type: v.Type()}})).Elem()
	reflect.NewAt(v.Type(), holder.Field(0).Addr().UnsafePointer()).Elem().Set(v)
	s := fmt.Sprintf(fmt.FormatString(p.State, p.verb), holder.Interface())
	s = s[strings.IndexByte(s, '{')+1 : len(s)-1]
	p.text(strings.TrimPrefix(s, "x:"))
}
