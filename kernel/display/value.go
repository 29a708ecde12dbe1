package display

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	listLimit = 24 // longer slices show headItems, a gap and tailItems
	headItems = 8
	tailItems = 4
	deepest   = 6   // containers nested deeper are abbreviated
	lineWidth = 100 // structs and maps wider than this take a line per entry
)

// printer writes values for reading: numbers to five digits, long slices elided, maps in the order of their keys.
type printer struct {
	strings.Builder
	depth int
}

// describe is the plain text of a value that has no view of its own.
func describe(v reflect.Value) string {
	switch {
	case !v.IsValid():
		return "nil"
	case scalar(v.Kind()):
		return fmt.Sprint(v.Interface())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return bytesText(v.Bytes())
	}
	var p printer
	p.value(v)
	if utf8.RuneCountInString(p.String()) > lineWidth {
		if text, ok := spread(v); ok {
			return text
		}
	}
	return p.String()
}

// spread writes a struct or a map with one entry a line.
func spread(v reflect.Value) (string, bool) {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	var lines []string
	switch v.Kind() {
	case reflect.Struct:
		lines = append(lines, typeName(v.Type())+"{")
		for i := range v.NumField() {
			p := printer{depth: 1}
			p.value(v.Field(i))
			lines = append(lines, "  "+v.Type().Field(i).Name+": "+p.String())
		}
	case reflect.Map:
		lines = append(lines, typeName(v.Type())+"{")
		keys := orderedKeys(v)
		for _, k := range elide(len(keys), listLimit) {
			p := printer{depth: 1}
			if k < 0 {
				p.WriteString("…")
			} else {
				p.entry(v, keys[k])
			}
			lines = append(lines, "  "+p.String())
		}
	default:
		return "", false
	}
	return strings.Join(append(lines, "}"), "\n"), true
}

func (p *printer) value(v reflect.Value) {
	if p.depth++; p.depth > deepest {
		p.WriteString("…")
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	if p.depth > 1 && p.method(v) {
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		p.WriteString("nil")
	case reflect.Slice, reflect.Array:
		p.list(v)
	case reflect.Map:
		p.mapping(v)
	case reflect.Struct:
		p.record(v)
	case reflect.Interface, reflect.Pointer:
		p.indirect(v)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		p.WriteString(v.Type().String())
	default:
		p.scalar(v)
	}
}

// method writes a nested value by its own Error or String.
func (p *printer) method(v reflect.Value) bool {
	if !v.IsValid() || !v.CanInterface() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return false
	}
	switch v.Interface().(type) {
	case error, fmt.Stringer:
		p.WriteString(fmt.Sprint(v.Interface()))
		return true
	}
	return false
}

func (p *printer) scalar(v reflect.Value) {
	switch {
	case v.CanInterface() && p.method(v):
	case v.CanFloat():
		p.WriteString(Number(v.Float()))
	case v.CanComplex():
		p.WriteString(complexNumber(v.Complex()))
	case v.Kind() == reflect.String:
		p.WriteString(strconv.Quote(v.String()))
	default:
		fmt.Fprint(p, v)
	}
}

func (p *printer) list(v reflect.Value) {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && v.Len() > 0 {
		p.WriteString(bytesText(v.Bytes()))
		return
	}
	n := v.Len()
	p.WriteByte('[')
	for i := 0; i < n; i++ {
		if i > 0 {
			p.WriteByte(' ')
		}
		if n > listLimit && i == headItems {
			p.WriteString("… ")
			i = n - tailItems
		}
		p.value(v.Index(i))
	}
	p.WriteByte(']')
	if n > listLimit {
		fmt.Fprintf(p, " (%d values)", n)
	}
}

func (p *printer) mapping(v reflect.Value) {
	p.WriteString("map[")
	keys := orderedKeys(v)
	for k, i := range elide(len(keys), listLimit) {
		if k > 0 {
			p.WriteByte(' ')
		}
		if i < 0 {
			p.WriteString("…")
		} else {
			p.entry(v, keys[i])
		}
	}
	p.WriteByte(']')
}

func (p *printer) entry(m, key reflect.Value) {
	if key.Kind() == reflect.String {
		p.WriteString(key.String())
	} else {
		p.value(key)
	}
	p.WriteByte(':')
	p.value(m.MapIndex(key))
}

func (p *printer) record(v reflect.Value) {
	p.WriteString(typeName(v.Type()) + "{")
	for i := range v.NumField() {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(v.Type().Field(i).Name + ": ")
		p.value(v.Field(i))
	}
	p.WriteByte('}')
}

func (p *printer) indirect(v reflect.Value) {
	if v.IsNil() {
		p.WriteString("nil")
		return
	}
	if v.Kind() == reflect.Pointer {
		p.WriteByte('&')
	}
	p.value(v.Elem())
}

// typeName is the name of a type as users write it, "" for an unnamed struct.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Struct && t.Name() == "" {
		return ""
	}
	return strings.TrimPrefix(t.String(), "main.")
}

// orderedKeys sorts numbers by value and all else by text.
func orderedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.CanFloat():
			return cmp.Compare(a.Float(), b.Float())
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	return keys
}

func bytesText(b []byte) string {
	if utf8.Valid(b) && len(b) > 0 && len(b) <= 200 {
		return strconv.Quote(string(b))
	}
	return fmt.Sprintf("%d bytes", len(b))
}
