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
func describe(n node) string {
	switch {
	case !n.v.IsValid():
		return "nil"
	case scalar(n.kind()):
		return fmt.Sprint(n.v.Interface())
	case isBytes(n.v):
		return bytesText(n.v.Bytes())
	}
	var p printer
	p.value(n)
	if utf8.RuneCountInString(p.String()) > lineWidth {
		if text, ok := spread(n); ok {
			return text
		}
	}
	return p.String()
}

func isBytes(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8
}

// spread writes a struct or a map with one entry a line.
func spread(n node) (string, bool) {
	for n.kind() == reflect.Pointer && !n.v.IsNil() {
		n = n.elem()
	}
	lines := []string{n.typeName() + "{"}
	switch n.kind() {
	case reflect.Struct:
		for i, name := range n.fields() {
			lines = append(lines, "  "+name+": "+inside(n.field(i)))
		}
	case reflect.Map:
		keys := orderedKeys(n.v)
		for _, k := range elide(len(keys), listLimit) {
			if k < 0 {
				lines = append(lines, "  …")
				continue
			}
			p := printer{depth: 1}
			p.entry(n, keys[k])
			lines = append(lines, "  "+p.String())
		}
	default:
		return "", false
	}
	return strings.Join(append(lines, "}"), "\n"), true
}

// inside is the text of a part of a value.
func inside(n node) string {
	p := printer{depth: 1}
	p.value(n)
	return p.String()
}

func (p *printer) value(n node) {
	if p.depth++; p.depth > deepest {
		p.WriteString("…")
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	if p.depth > 1 && p.method(n) {
		return
	}
	switch n.kind() {
	case reflect.Invalid:
		p.WriteString("nil")
	case reflect.Slice, reflect.Array:
		p.list(n)
	case reflect.Map:
		p.mapping(n)
	case reflect.Struct:
		p.record(n)
	case reflect.Interface, reflect.Pointer:
		p.indirect(n)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		p.WriteString(n.typeName())
	default:
		p.scalar(n)
	}
}

// method writes a nested value by its own Error or String.
func (p *printer) method(n node) bool {
	text, ok := n.written()
	if ok {
		p.WriteString(text)
	}
	return ok
}

func (p *printer) scalar(n node) {
	switch v := n.v; {
	case p.method(n):
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

func (p *printer) list(n node) {
	if isBytes(n.v) && n.v.Len() > 0 {
		p.WriteString(bytesText(n.v.Bytes()))
		return
	}
	count := n.v.Len()
	p.WriteByte('[')
	for i := 0; i < count; i++ {
		if i > 0 {
			p.WriteByte(' ')
		}
		if count > listLimit && i == headItems {
			p.WriteString("… ")
			i = count - tailItems
		}
		p.value(n.index(i))
	}
	p.WriteByte(']')
	if count > listLimit {
		fmt.Fprintf(p, " (%d values)", count)
	}
}

func (p *printer) mapping(n node) {
	p.WriteString("map[")
	keys := orderedKeys(n.v)
	for k, i := range elide(len(keys), listLimit) {
		if k > 0 {
			p.WriteByte(' ')
		}
		if i < 0 {
			p.WriteString("…")
		} else {
			p.entry(n, keys[i])
		}
	}
	p.WriteByte(']')
}

func (p *printer) entry(n node, key reflect.Value) {
	if key.Kind() == reflect.String {
		p.WriteString(key.String())
	} else {
		p.value(n.key(key))
	}
	p.WriteByte(':')
	p.value(n.at(key))
}

func (p *printer) record(n node) {
	p.WriteString(n.typeName() + "{")
	for i, name := range n.fields() {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(name + ": ")
		p.value(n.field(i))
	}
	p.WriteByte('}')
}

func (p *printer) indirect(n node) {
	if n.v.IsNil() {
		p.WriteString("nil")
		return
	}
	if n.kind() == reflect.Pointer {
		p.WriteByte('&')
	}
	p.value(n.elem())
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
