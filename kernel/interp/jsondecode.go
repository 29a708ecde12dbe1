package interp

import (
	"bytes"
	"encoding/json"
	"go/types"
	"reflect"
	"strings"
)

// jsonTarget is a pointer to a value of the user's that is to be decoded into.
type jsonTarget struct{ Box }

// target gives package json something it can decode into.
func target(x any) any {
	b, ok := unwrap(x).(Box)
	if !ok {
		return x
	}
	if p, ok := b.T.Underlying().(*types.Pointer); ok && hasMethods(p.Elem(), decodingMethods, map[types.Type]bool{}) {
		return &jsonTarget{b}
	}
	return b.V
}

// UnmarshalJSON decodes into what the pointer points to.
func (t *jsonTarget) UnmarshalJSON(data []byte) error {
	d := jsonDecoder{t.T.machine}
	return d.value(t.T.Underlying().(*types.Pointer).Elem(), reflect.ValueOf(t.V).Elem(), data)
}

type jsonDecoder struct{ *machine }

func (d jsonDecoder) value(t types.Type, v reflect.Value, data []byte) error {
	if types.IsInterface(t) || !hasMethods(t, decodingMethods, map[types.Type]bool{}) {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	null := bytes.Equal(bytes.TrimSpace(data), []byte("null"))
	if v.Kind() == reflect.Pointer {
		if null {
			v.SetZero()
			return nil
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.value(t.Underlying().(*types.Pointer).Elem(), v.Elem(), data)
	}
	if err, ok := d.byMethod(t, v, data); ok {
		return err
	}
	if null {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return d.structure(u, v, data)
	case *types.Slice:
		return d.list(u.Elem(), v, data)
	case *types.Array:
		return d.list(u.Elem(), v, data)
	case *types.Map:
		return d.mapping(u, v, data)
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

// byMethod decodes by the value's own method, if it has one.
func (d jsonDecoder) byMethod(t types.Type, v reflect.Value, data []byte) (error, bool) {
	for _, name := range decodingMethods {
		o, _, _ := types.LookupFieldOrMethod(t, true, mainPackage, name)
		if !isMethod(o) {
			continue
		}
		arg := data
		if name == "UnmarshalText" {
			var s string
			if err := json.Unmarshal(data, &s); err != nil {
				return err, true
			}
			arg = []byte(s)
		}
		err, _ := d.bound(d.addressed(t, v), name).Call([]reflect.Value{reflect.ValueOf(arg)})[0].Interface().(error)
		return err, true
	}
	return nil, false
}

func (d jsonDecoder) structure(u *types.Struct, v reflect.Value, data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	fields := jsonFields(u)
	for name, text := range members {
		f := matching(fields, name)
		if f == nil {
			continue
		}
		if err := d.value(f.of, f.made(v), text); err != nil {
			return err
		}
	}
	return nil
}

// matching finds the field of a name, without regard to case if there is none with it.
func matching(fields []jsonField, name string) *jsonField {
	var near *jsonField
	for i, f := range fields {
		if f.name == name {
			return &fields[i]
		}
		if near == nil && strings.EqualFold(f.name, name) {
			near = &fields[i]
		}
	}
	return near
}

func (d jsonDecoder) list(elem types.Type, v reflect.Value, data []byte) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return err
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	}
	for i, text := range items[:min(len(items), v.Len())] {
		if err := d.value(elem, v.Index(i), text); err != nil {
			return err
		}
	}
	return nil
}

func (d jsonDecoder) mapping(u *types.Map, v reflect.Value, data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for name, text := range members {
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if err := d.key(u.Key(), k, name); err != nil {
			return err
		}
		if err := d.value(u.Elem(), e, text); err != nil {
			return err
		}
		v.SetMapIndex(k, e)
	}
	return nil
}

func (d jsonDecoder) key(t types.Type, k reflect.Value, name string) error {
	if k.Kind() == reflect.String {
		k.SetString(name)
		return nil
	}
	if o, _, _ := types.LookupFieldOrMethod(t, true, mainPackage, "UnmarshalText"); isMethod(o) {
		err, _ := d.bound(d.addressed(t, k), "UnmarshalText").Call([]reflect.Value{reflect.ValueOf([]byte(name))})[0].Interface().(error)
		return err
	}
	return json.Unmarshal([]byte(name), k.Addr().Interface())
}
