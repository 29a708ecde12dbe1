package interp

import (
	"go/types"
	"reflect"
	"strings"
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
		return view(b.T)
	}
	return reflect.TypeOf(x)
}

// view shows those types so whose own are not what the user declared.
func view(t *Type) reflect.Type { return typeView{t.shape(), t} }

func (v typeView) part(t types.Type) reflect.Type {
	m := v.of.machine
	return view(m.at(m.id(m, t)))
}

// String writes the type as Go does.
func (v typeView) String() string { return v.of.String() }

// Name is the declared name, "" for a type that has none.
func (v typeView) Name() string {
	switch t := v.of.Type.(type) {
	case *types.Named:
		_, name, _ := strings.Cut(spell(t), ".")
		return name
	case *types.Basic:
		return spell(t)
	}
	return ""
}

// PkgPath is the declaring package's path.
func (v typeView) PkgPath() string {
	if n, ok := v.of.Type.(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path()
	}
	return ""
}

// Elem is the type of a pointer's, slice's, array's, map's or channel's elements.
func (v typeView) Elem() reflect.Type {
	if t, ok := v.of.Underlying().(interface{ Elem() types.Type }); ok {
		return v.part(t.Elem())
	}
	return v.Type.Elem()
}

// Key is the type of a map's keys.
func (v typeView) Key() reflect.Type {
	if t, ok := v.of.Underlying().(*types.Map); ok {
		return v.part(t.Key())
	}
	return v.Type.Key()
}

// Field describes a field by the name and type the user gave it.
func (v typeView) Field(i int) reflect.StructField {
	f := v.Type.Field(i)
	if t, ok := v.of.Underlying().(*types.Struct); ok {
		field := t.Field(i)
		f.Name, f.Type, f.Tag, f.Anonymous = field.Name(), v.part(field.Type()), reflect.StructTag(t.Tag(i)), field.Embedded()
		if !field.Exported() {
			f.PkgPath = field.Pkg().Path()
		}
	}
	return f
}

// FieldByName finds a field of the struct itself.
func (v typeView) FieldByName(name string) (reflect.StructField, bool) {
	for i := range v.NumField() {
		if f := v.Field(i); f.Name == name {
			return f, true
		}
	}
	return v.Type.FieldByName(name)
}

// NumMethod counts the exported methods.
func (v typeView) NumMethod() int { return len(v.methods()) }

// Method describes an exported method; it cannot be called through what it says.
func (v typeView) Method(i int) reflect.Method {
	m := v.methods()[i]
	return reflect.Method{Name: m.Name(), Type: v.part(m.Signature()), Index: i}
}

// MethodByName finds an exported method.
func (v typeView) MethodByName(name string) (reflect.Method, bool) {
	for i, m := range v.methods() {
		if m.Name() == name {
			return v.Method(i), true
		}
	}
	return reflect.Method{}, false
}

func (v typeView) methods() (out []*types.Func) {
	set := types.NewMethodSet(v.of.Type)
	for i := range set.Len() {
		if m := set.At(i).Obj().(*types.Func); m.Exported() {
			out = append(out, m)
		}
	}
	return out
}

// Implements reports whether the type has an interface's methods.
func (v typeView) Implements(u reflect.Type) bool {
	for i := range u.NumMethod() {
		if _, ok := v.MethodByName(u.Method(i).Name); !ok {
			return false
		}
	}
	return true
}
