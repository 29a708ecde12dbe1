package display

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// object is a value shown as JSON.
type object struct{ value any }

// JSON gives a value that shows as a tree of JSON, which a front end lets its reader fold.
func JSON(value any) any { return object{value} }

// MIMEBundle shows the value.
func (o object) MIMEBundle() (data, metadata map[string]any) {
	value := jsonSafe(o.value)
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		text = []byte(err.Error())
	}
	return map[string]any{JSONData: value, TextPlain: string(text)}, nil
}

// spec is a chart in the language of Vega-Lite.
type spec struct {
	value any
	twin  figure
}

// VegaLite gives a chart that a front end draws from a Vega-Lite specification: a map, a struct or a text of JSON. The
// twin is for those that cannot, a figure or nil.
func VegaLite(specification, twin any) (any, error) {
	if text, ok := specification.(string); ok {
		var parsed map[string]any
		if err := json.Unmarshal([]byte(text), &parsed); err != nil {
			return nil, fmt.Errorf("display: the Vega-Lite specification is no JSON object: %w", err)
		}
		specification = parsed
	}
	picture, ok := twin.(figure)
	if twin != nil && !ok {
		return nil, fmt.Errorf("display: a %T is no figure", twin)
	}
	return spec{specification, picture}, nil
}

// MIMEBundle shows the chart.
func (s spec) MIMEBundle() (data, metadata map[string]any) {
	b := Text("Vega-Lite chart")
	if s.twin != nil {
		b = figureBundle(s.twin)
	}
	b.Data[VegaLite5] = s.value
	return b.Data, b.Metadata
}

// jsonTree is what JSON has for a value with a type of its own: a struct by its exported fields.
func jsonTree(n node) any {
	switch n.kind() {
	case reflect.Invalid:
		return nil
	case reflect.Pointer, reflect.Interface:
		if n.v.IsNil() {
			return nil
		}
		return jsonTree(n.elem())
	case reflect.Struct:
		out := map[string]any{}
		for i, name := range n.fields() {
			if tag, _, _ := strings.Cut(n.v.Type().Field(i).Tag.Get("json"), ","); tag != "" {
				name = tag
			} else if !exportedName(name) {
				continue
			}
			out[name] = jsonTree(n.field(i))
		}
		return out
	case reflect.Slice, reflect.Array:
		out := make([]any, n.v.Len())
		for i := range out {
			out[i] = jsonTree(n.index(i))
		}
		return out
	case reflect.Map:
		out := map[string]any{}
		for _, key := range n.v.MapKeys() {
			out[describe(n.key(key))] = jsonTree(n.at(key))
		}
		return out
	}
	return jsonSafe(n.v.Interface())
}

func exportedName(name string) bool { return strings.ToUpper(name[:1]) == name[:1] && name[0] != '_' }

// holdsTyped reports a container with a value in it that has a type of its own.
func holdsTyped(v reflect.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() || !v.CanInterface() {
			return false
		}
		if _, ok := v.Interface().(typed); ok {
			return true
		}
		return holdsTyped(v.Elem(), depth-1)
	case reflect.Slice, reflect.Array:
		if mayHold(v.Type().Elem()) {
			for i := range v.Len() {
				if holdsTyped(v.Index(i), depth-1) {
					return true
				}
			}
		}
	case reflect.Map:
		if mayHold(v.Type().Elem()) {
			for _, key := range v.MapKeys() {
				if holdsTyped(v.MapIndex(key), depth-1) {
					return true
				}
			}
		}
	}
	return false
}

func mayHold(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Slice, reflect.Array, reflect.Map:
		return true
	}
	return false
}
