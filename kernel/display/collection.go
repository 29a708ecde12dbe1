package display

import (
	"cmp"
	"fmt"
	"html"
	"reflect"
	"strings"
)

const (
	openRows   = 20   // a table of more rows is folded until the reader asks for it
	foldedRows = 1000 // and then shows this many, with a gap in the middle
)

// collection shows slices, arrays, maps and structs as tables; ok is false where one line of text says as much.
func collection(n node) (b Bundle, ok bool) {
	switch n.kind() {
	case reflect.Pointer:
		if n.v.IsNil() || n.v.Elem().Kind() != reflect.Struct {
			return Bundle{}, false
		}
		return structBundle(n.elem(), describe(n))
	case reflect.Struct:
		return structBundle(n, describe(n))
	case reflect.Map:
		return mapBundle(n)
	case reflect.Slice, reflect.Array:
		if n.v.Len() == 0 || isBytes(n.v) {
			return Bundle{}, false
		}
		return listBundle(n)
	}
	return Bundle{}, false
}

// listBundle shows a list of rows or of flat structs as a table, and a long list of anything else as a column.
func listBundle(n node) (Bundle, bool) {
	switch elem := n.v.Type().Elem(); {
	case (elem.Kind() == reflect.Slice || elem.Kind() == reflect.Array) && scalar(elem.Elem().Kind()) && elem.Elem().Kind() != reflect.Uint8:
		return foldable(n.v.Len(), func(limit int) table { return rowsTable(n, limit) }), true
	case elem.Kind() == reflect.Struct && flat(n.index(0)):
		return foldable(n.v.Len(), func(limit int) table { return recordTable(n, limit) }), true
	}
	if n.v.Len() <= openRows {
		return Bundle{}, false
	}
	t := columnTable(n)
	return rich(TextHTML, t.folded(), describe(n)), true
}

// foldable lays a table of n rows out, whose rows build makes, leaving out those beyond a limit.
func foldable(n int, build func(limit int) table) Bundle {
	short := build(tableRows)
	if n <= openRows {
		return rich(TextHTML, build(openRows).html(), short.text())
	}
	return rich(TextHTML, build(foldedRows).folded(), short.text())
}

// folded is a table that opens at a click.
func (t table) folded() string {
	caption := t.caption
	t.caption = ""
	return `<details><summary style="cursor:pointer">` + html.EscapeString(caption) + `</summary>` + t.html() + `</details>`
}

func rowsTable(n node, limit int) table {
	cols := 0
	for i := range n.v.Len() {
		cols = max(cols, n.v.Index(i).Len())
	}
	columns := gridWithin(n.v.Len(), cols, limit, func(i, j int) string {
		row := n.index(i)
		if j >= row.v.Len() {
			return ""
		}
		return cellText(row.index(j))
	})
	alignColumns(columns)
	return table{caption: fmt.Sprintf("%d×%d %s", n.v.Len(), cols, n.typeName()), columns: columns}
}

func recordTable(n node, limit int) table {
	first := n.index(0)
	t := table{caption: fmt.Sprintf("%d × %s", n.v.Len(), cmp.Or(first.typeName(), "record")), header: first.fields()}
	shown := elide(n.v.Len(), limit)
	for j := range t.header {
		t.columns = append(t.columns, columnOf(shown, func(i int) string { return cellText(n.index(i).field(j)) }))
	}
	alignColumns(t.columns)
	return t
}

// columnTable shows a long list with the numbers of its elements.
func columnTable(n node) table {
	shown := elide(n.v.Len(), foldedRows)
	t := table{caption: describe(n), header: []string{"", n.typeName()}}
	t.columns = [][]string{
		columnOf(shown, func(i int) string { return fmt.Sprint(i) }),
		columnOf(shown, func(i int) string { return cellText(n.index(i)) }),
	}
	alignDecimals(t.columns[1])
	return t
}

// columnOf is one column of the rows that elide has chosen.
func columnOf(shown []int, text func(i int) string) []string {
	column := make([]string, len(shown))
	for k, i := range shown {
		column[k] = ellipsis
		if i >= 0 {
			column[k] = text(i)
		}
	}
	return column
}

// mapBundle shows a map in the order of its keys.
func mapBundle(n node) (Bundle, bool) {
	text := describe(n)
	if n.v.Len() <= openRows && !strings.Contains(text, "\n") {
		return Bundle{}, false
	}
	keys := orderedKeys(n.v)
	shown := elide(len(keys), foldedRows)
	t := table{caption: fmt.Sprintf("%s of %d", n.typeName(), len(keys)), header: []string{"key", "value"}, left: true}
	t.columns = [][]string{
		columnOf(shown, func(i int) string { return cellText(n.key(keys[i])) }),
		columnOf(shown, func(i int) string { return cellText(n.at(keys[i])) }),
	}
	if len(keys) > openRows {
		return rich(TextHTML, t.folded(), text), true
	}
	return rich(TextHTML, t.html(), text), true
}

// structBundle shows a struct that takes more than one line with a row for each field.
func structBundle(n node, text string) (Bundle, bool) {
	if !strings.Contains(text, "\n") {
		return Bundle{}, false
	}
	t := table{caption: n.typeName(), left: true, columns: make([][]string, 2)}
	for i, name := range n.fields() {
		t.columns[0] = append(t.columns[0], name)
		t.columns[1] = append(t.columns[1], cellText(n.field(i)))
	}
	return rich(TextHTML, t.html(), text), true
}

// cellText is the text of one value in a table.
func cellText(n node) string {
	if n.kind() == reflect.String {
		if _, ok := n.written(); !ok {
			return strings.ReplaceAll(n.v.String(), "\n", "⏎")
		}
	}
	return strings.ReplaceAll(inside(n), "\n", "⏎")
}

// flat reports a struct of scalars only.
func flat(n node) bool {
	t := n.v.Type()
	for i := range t.NumField() {
		if !scalar(t.Field(i).Type.Kind()) {
			return false
		}
	}
	return t.NumField() > 0
}

func scalar(k reflect.Kind) bool {
	return k >= reflect.Bool && k <= reflect.Complex128 && k != reflect.Uintptr || k == reflect.String
}
