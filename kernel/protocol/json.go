package protocol

import (
	"bytes"
	"encoding/json"
)

// List marshals to [] when it is nil.
type List[T any] []T

// MarshalJSON writes the elements, if any, between brackets.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return Marshal([]T(l))
}

// Map marshals to {} when it is nil.
type Map[V any] map[string]V

// MarshalJSON writes the entries, if any, between braces and sorted by key.
func (m Map[V]) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("{}"), nil
	}
	return Marshal(map[string]V(m))
}

// Dict is a JSON object of any shape.
type Dict = Map[any]

// Marshal writes v as JSON in one line and leaves <, > and & as they are.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
