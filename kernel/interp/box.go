package interp

import (
	"fmt"
	"go/types"
	"reflect"

	"scorebook/kernel/lower"
)

// box puts a value into an interface together with its type.
func (m *machine) box(id int, v any) any { return Box{m.at(id), v} }

// function puts a function into an interface. yaegi itself may put something of its own there.
func function(f any) any { return f }

// dynamic names the type of an interface value as Go's own messages do.
func dynamic(x any) string {
	if b, ok := x.(Box); ok {
		return b.T.String()
	}
	return reflect.TypeOf(x).String()
}

// is answers a case of a type switch.
func (m *machine) is(x any, id int) bool {
	_, ok := m.assertOK(x, id)
	return ok
}

// assert is x.(T): the value without its box, for an interface T a pointer to it.
func (m *machine) assert(x any, from, id int) any {
	v, ok := m.assertOK(x, id)
	if ok {
		return v
	}
	panic(m.mismatch(x, m.at(from), m.at(id)))
}

func (m *machine) mismatch(x any, from, t *Type) error {
	x = unwrap(x)
	name := from
	switch {
	case x == nil && types.IsInterface(t.Type):
		return conversionError(fmt.Sprintf("interface conversion: interface is nil, not %s", t))
	case x == nil:
		return conversionError(fmt.Sprintf("interface conversion: %s is nil, not %s", name, t))
	case types.IsInterface(t.Type):
		return conversionError(fmt.Sprintf("interface conversion: %s is not %s: missing method %s", dynamic(x), t, m.missing(x, t)))
	}
	text := fmt.Sprintf("interface conversion: %s is %s, not %s", name, dynamic(x), t)
	if dynamic(x) == t.String() {
		text += " (types from different scopes)"
	}
	return conversionError(text)
}

// assertOK is x.(T) with its second value. For an interface T the value comes as a pointer to it.
func (m *machine) assertOK(x any, id int) (any, bool) {
	t := m.at(id)
	x = unwrap(x)
	if types.IsInterface(t.Type) {
		if x == nil || m.missing(x, t) != "" {
			return nil, false
		}
		return m.as(x, t), true
	}
	if b, ok := x.(Box); ok {
		return b.V, b.T == t
	}
	if x == nil {
		return nil, false
	}
	return x, !userMade(t.Type) && reflect.TypeOf(x) == t.shape()
}

// userMade reports a declared type of the user's, which only a box can hold.
func userMade(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && lower.IsUser(n)
}

// asInterface converts between interfaces, where nil stays nil. It gives a pointer to the result.
func (m *machine) asInterface(x any, id int) any { return m.as(unwrap(x), m.at(id)) }

// as gives a pointer to x as an interface of type t: as it is for an interface of the user's, wrapped for one
// whose methods compiled code will call.
func (m *machine) as(x any, t *Type) any {
	rt, ok := m.hostInterface(t.Type)
	if !ok {
		p := new(any)
		*p = x
		return p
	}
	p := reflect.New(rt)
	if x != nil {
		if b, ok := x.(Box); ok {
			x = m.wrapBox(b, t.Type, rt)
		}
		p.Elem().Set(reflect.ValueOf(x))
	}
	return p.Interface()
}

// hostInterface finds the compiled interface type behind a named one, if it is such.
func (m *machine) hostInterface(t types.Type) (reflect.Type, bool) {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || userMade(n) {
		return nil, false
	}
	if n.Obj().Pkg() == nil {
		return reflect.TypeFor[error](), n.Obj().Name() == "error"
	}
	v, ok := m.host.lookup(n.Obj().Pkg().Path())[n.Obj().Name()]
	if !ok || v.Kind() != reflect.Pointer {
		return nil, false
	}
	return v.Type().Elem(), true
}

// missing names a method that x lacks for the interface t, or "".
func (m *machine) missing(x any, t *Type) string {
	iface := t.Underlying().(*types.Interface)
	if b, ok := x.(Box); ok {
		if f, _ := types.MissingMethod(b.T.Type, iface, true); f != nil {
			return f.Name()
		}
		return ""
	}
	rt := reflect.TypeOf(x)
	for f := range iface.Methods() {
		if _, ok := rt.MethodByName(f.Name()); !ok {
			return f.Name()
		}
	}
	return ""
}

// equal compares two interface values by Go's rules.
func equal(a, b any) bool {
	x, y := unwrap(a), unwrap(b)
	if p, ok := x.(Box); ok {
		if q, ok := y.(Box); ok && p.T == q.T && !types.Comparable(p.T.Type) {
			panic(runtimeError("comparing uncomparable type " + p.T.String()))
		}
	}
	return x == y
}

// key checks that a value can be the key of a map.
func key(x any) any {
	if b, ok := unwrap(x).(Box); ok && !types.Comparable(b.T.Type) {
		panic(runtimeError("hash of unhashable type " + b.T.String()))
	}
	return x
}
