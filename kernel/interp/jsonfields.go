package interp

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// A jsonField is a field of a struct, or of one embedded in it, as JSON sees it.
type jsonField struct {
	name                        string
	path                        []int
	of                          types.Type
	tagged                      bool
	omitEmpty, omitZero, quoted bool
}

// jsonFields lists a struct's fields by the rules of encoding/json: of several with one name the outermost counts,
// then the tagged one, then none.
func jsonFields(u *types.Struct) []jsonField {
	var all []jsonField
	collectJSON(u, nil, map[*types.Struct]bool{}, &all)
	var out []jsonField
	for i, f := range all {
		dominated := slices.ContainsFunc(all, func(g jsonField) bool {
			return g.name == f.name && !slices.Equal(g.path, f.path) && !f.before(g)
		})
		if !dominated {
			out = append(out, all[i])
		}
	}
	return out
}

// before reports whether f counts and g of the same name does not.
func (f jsonField) before(g jsonField) bool {
	if len(f.path) != len(g.path) {
		return len(f.path) < len(g.path)
	}
	return f.tagged && !g.tagged
}

func collectJSON(u *types.Struct, path []int, seen map[*types.Struct]bool, all *[]jsonField) {
	if seen[u] {
		return
	}
	seen[u] = true
	for i := range u.NumFields() {
		f := u.Field(i)
		tag := reflect.StructTag(u.Tag(i)).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if !strings.ContainsFunc(name, unicode.IsLetter) && name != "" && name != "-" {
			name = ""
		}
		at := append(path[:len(path):len(path)], i)
		inner, isStruct := structOf(f.Type())
		switch {
		case tag == "-", !f.Exported() && !(f.Embedded() && isStruct):
			continue
		case f.Embedded() && isStruct && name == "":
			collectJSON(inner, at, seen, all)
			continue
		case !f.Exported():
			continue
		}
		field := jsonField{name: name, path: at, of: f.Type(), tagged: name != ""}
		if name == "" {
			field.name = f.Name()
		}
		for option := range strings.SplitSeq(options, ",") {
			field.omitEmpty = field.omitEmpty || option == "omitempty"
			field.omitZero = field.omitZero || option == "omitzero"
			field.quoted = field.quoted || option == "string"
		}
		*all = append(*all, field)
	}
}

func structOf(t types.Type) (*types.Struct, bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	u, ok := t.Underlying().(*types.Struct)
	return u, ok
}

// in finds the field in a struct; it is not there behind a nil pointer.
func (f jsonField) in(v reflect.Value) (reflect.Value, bool) {
	for _, i := range f.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, true
}

// made is in, with the pointers on the way made.
func (f jsonField) made(v reflect.Value) reflect.Value {
	for _, i := range f.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

func (f jsonField) omitted(v reflect.Value) bool {
	if f.omitZero && v.IsZero() {
		return true
	}
	if !f.omitEmpty {
		return false
	}
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
