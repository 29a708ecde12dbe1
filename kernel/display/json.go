package display

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
)

// jsonSafe returns v, or a copy in which JSON can express every number.
func jsonSafe(v any) any {
	switch v := v.(type) {
	case nil, string, bool, int, json.RawMessage:
		return v
	case float64:
		return jsonNumber(v)
	case typed:
		return jsonTree(nodeOf(v))
	}
	if holdsTyped(reflect.ValueOf(v), viewLimit) {
		return jsonWalk(reflect.ValueOf(v))
	}
	if _, err := json.Marshal(v); err == nil {
		return v
	}
	return jsonWalk(reflect.ValueOf(v))
}

// jsonWalk rebuilds the containers of a value that json.Marshal refused.
func jsonWalk(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return jsonNumber(v.Float())
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return jsonSafe(v.Elem().Interface())
	case reflect.Slice, reflect.Array:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = jsonSafe(v.Index(i).Interface())
		}
		return out
	case reflect.Map:
		out := make(map[string]any, v.Len())
		for _, key := range v.MapKeys() {
			out[fmt.Sprint(key.Interface())] = jsonSafe(v.MapIndex(key).Interface())
		}
		return out
	case reflect.Struct:
		return jsonStruct(v)
	}
	return fmt.Sprint(v.Interface())
}

func jsonStruct(v reflect.Value) any {
	out := make(map[string]any, v.NumField())
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		out[name] = jsonSafe(v.Field(i).Interface())
	}
	return out
}

// jsonNumber spells out what JSON has no number for.
func jsonNumber(x float64) any {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	}
	return x
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
