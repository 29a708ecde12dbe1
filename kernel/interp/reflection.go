package interp

import (
	"reflect"
)

// raw takes a value out of its box, for packages that look at values by reflection.
func raw(x any) any {
	if b, ok := unwrap(x).(Box); ok {
		return b.V
	}
	return x
}

// convert is a conversion that yaegi lacks: of a slice to an array or to a pointer to one.
func (m *machine) convert(x any, id int) any {
	return reflect.ValueOf(raw(x)).Convert(m.at(id).shape()).Interface()
}

// reflection is what of package reflect must know boxes. DeepEqual finds that two boxes are equal by their types
// and by what is in them.
func (m *machine) reflection() map[string]any {
	return map[string]any{"TypeOf": typeOf}
}

// A typeView is a type of the user's as reflection would show it in compiled Go.
type typeView struct {
	reflect.Type
	of *Type
}

func typeOf(x any) reflect.Type {
	if b, ok := unwrap(x).(Box); ok {
		return typeView{reflect.TypeOf(b.V), b.T}
	}
	return reflect.TypeOf(x)
}

// String writes the type as Go does.
func (v typeView) String() string { return v.of.String() }
