package interp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"

	"scorebook/kernel/lower"
)

// Package encoding/json looks at values by reflection, which finds no methods on a cell's types. Where a type, or
// one it is made of, has methods that JSON asks for, the value is encoded and decoded here by Go's rules; all else
// is left to the package.

// MarshalJSON encodes the value in the box.
func (b Box) MarshalJSON() ([]byte, error) {
	e := jsonEncoder{b.T.machine}
	return e.value(b.T.Type, reflect.ValueOf(b.V))
}

type jsonEncoder struct{ *machine }

// encodingMethods and decodingMethods are what JSON asks for.
var (
	encodingMethods = []string{"MarshalJSON", "MarshalText"}
	decodingMethods = []string{"UnmarshalJSON", "UnmarshalText"}
)

// hasMethods reports whether a type is made of one of the user's with one of the methods.
func hasMethods(t types.Type, names []string, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		if !lower.IsUser(t) || types.IsInterface(t) {
			return false
		}
		for _, name := range names {
			if o, _, _ := types.LookupFieldOrMethod(t, true, mainPackage, name); isMethod(o) {
				return true
			}
		}
		return hasMethods(t.Underlying(), names, seen)
	case *types.Map:
		return hasMethods(t.Key(), names, seen) || hasMethods(t.Elem(), names, seen)
	case interface{ Elem() types.Type }:
		return hasMethods(t.Elem(), names, seen)
	case *types.Struct:
		for f := range t.Fields() {
			if hasMethods(f.Type(), names, seen) {
				return true
			}
		}
	}
	return false
}

func isMethod(o types.Object) bool {
	_, ok := o.(*types.Func)
	return ok
}

func (e jsonEncoder) value(t types.Type, v reflect.Value) ([]byte, error) {
	if v.IsValid() && v.Kind() == reflect.Interface && !types.IsInterface(t) {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return []byte("null"), nil
	case types.IsInterface(t) || !hasMethods(t, encodingMethods, map[types.Type]bool{}):
		return plainJSON(v.Interface())
	}
	if data, err, ok := e.byMethod(t, v); ok {
		return data, err
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return e.structure(u, v)
	case *types.Pointer:
		if v.IsNil() {
			return []byte("null"), nil
		}
		return e.value(u.Elem(), v.Elem())
	case *types.Slice:
		if v.IsNil() {
			return []byte("null"), nil
		}
		return e.list(u.Elem(), v)
	case *types.Array:
		return e.list(u.Elem(), v)
	case *types.Map:
		return e.mapping(u, v)
	}
	return plainJSON(v.Interface())
}

// plainJSON encodes by package json, which escapes HTML later where it must.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// byMethod encodes by the value's own method, if it has one.
func (e jsonEncoder) byMethod(t types.Type, v reflect.Value) (data []byte, err error, ok bool) {
	for _, name := range encodingMethods {
		o, _, _ := types.LookupFieldOrMethod(t, v.CanAddr(), mainPackage, name)
		if !isMethod(o) {
			continue
		}
		if v.Kind() == reflect.Pointer && v.IsNil() {
			return []byte("null"), nil, true
		}
		out := e.bound(e.addressed(t, v), name).Call(nil)
		if err, failed := out[1].Interface().(error); failed {
			return nil, jsonFailure{fmt.Sprintf("json: error calling %s for type %s: %v", name, spell(t), err), err}, true
		}
		data = out[0].Bytes()
		if name == "MarshalText" {
			data, err = plainJSON(string(data))
		}
		return data, err, true
	}
	return nil, nil, false
}

// addressed boxes a value for a method call; one that can be addressed is boxed by its address.
func (m *machine) addressed(t types.Type, v reflect.Value) Box {
	if v.CanAddr() && v.Kind() != reflect.Pointer {
		t, v = types.NewPointer(t), v.Addr()
	}
	return Box{m.at(m.id(m, t)), v.Interface()}
}

// jsonFailure is a failed method, in the words of package json.
type jsonFailure struct {
	text string
	err  error
}

func (f jsonFailure) Error() string { return f.text }
func (f jsonFailure) Unwrap() error { return f.err }

func (e jsonEncoder) list(elem types.Type, v reflect.Value) ([]byte, error) {
	parts := make([][]byte, v.Len())
	for i := range parts {
		var err error
		if parts[i], err = e.value(elem, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return enclosed('[', parts, ']'), nil
}

func enclosed(opening byte, parts [][]byte, closing byte) []byte {
	out := append([]byte{opening}, bytes.Join(parts, []byte(","))...)
	return append(out, closing)
}

func (e jsonEncoder) mapping(u *types.Map, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return []byte("null"), nil
	}
	type entry struct {
		key  string
		text []byte
	}
	var entries []entry
	for iter := v.MapRange(); iter.Next(); {
		k, err := e.key(u.Key(), iter.Key())
		if err != nil {
			return nil, err
		}
		text, err := e.value(u.Elem(), iter.Value())
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{k, text})
	}
	slices.SortFunc(entries, func(a, b entry) int { return bytes.Compare([]byte(a.key), []byte(b.key)) })
	parts := make([][]byte, len(entries))
	for i, en := range entries {
		name, _ := plainJSON(en.key) // a string can be encoded
		parts[i] = append(append(name, ':'), en.text...)
	}
	return enclosed('{', parts, '}'), nil
}

func (e jsonEncoder) key(t types.Type, k reflect.Value) (string, error) {
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	if o, _, _ := types.LookupFieldOrMethod(t, false, mainPackage, "MarshalText"); isMethod(o) {
		out := e.bound(e.addressed(t, k), "MarshalText").Call(nil)
		err, _ := out[1].Interface().(error)
		return string(out[0].Bytes()), err
	}
	switch {
	case k.CanInt():
		return strconv.FormatInt(k.Int(), 10), nil
	case k.CanUint():
		return strconv.FormatUint(k.Uint(), 10), nil
	}
	return "", fmt.Errorf("json: unsupported type: map with keys of %s", spell(t))
}

func (e jsonEncoder) structure(u *types.Struct, v reflect.Value) ([]byte, error) {
	var parts [][]byte
	for _, f := range jsonFields(u) {
		fv, ok := f.in(v)
		if !ok || f.omitted(fv) {
			continue
		}
		text, err := e.value(f.of, fv)
		if err != nil {
			return nil, err
		}
		if f.quoted && len(text) > 0 && text[0] != 'n' {
			text, _ = plainJSON(string(text)) // a string can be encoded
		}
		name, _ := plainJSON(f.name)
		parts = append(parts, append(append(name, ':'), text...))
	}
	return enclosed('{', parts, '}'), nil
}

// marshalling is json.Marshal and json.MarshalIndent, whose errors are to name the user's types.
func marshalling() map[string]any {
	return map[string]any{
		"Marshal": func(v any) ([]byte, error) {
			b, err := json.Marshal(v)
			return b, ownJSONFailure(err)
		},
		"MarshalIndent": func(v any, prefix, indent string) ([]byte, error) {
			b, err := json.MarshalIndent(v, prefix, indent)
			return b, ownJSONFailure(err)
		},
	}
}

func ownJSONFailure(err error) error {
	var own jsonFailure
	if errors.As(err, &own) {
		return own
	}
	return err
}
