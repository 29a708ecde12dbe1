package display

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// matrixBundle shows a real matrix as a table, entries to five significant digits with decimal points in line.
func matrixBundle(m mat.Matrix) Bundle {
	rows, cols := m.Dims()
	columns := gridOf(rows, cols, func(i, j int) string { return Number(m.At(i, j)) })
	for _, column := range columns {
		alignDecimals(column)
	}
	return table{caption: fmt.Sprintf("%d×%d matrix", rows, cols), columns: columns}.bundle()
}

// tableBundle shows a slice of rows (slices or arrays of numbers, strings or booleans, perhaps of unequal length) or of
// flat structs as a table; ok is false when v is neither.
func tableBundle(v reflect.Value) (b Bundle, ok bool) {
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array || v.Len() == 0 {
		return Bundle{}, false
	}
	elem := v.Type().Elem()
	switch elem.Kind() {
	case reflect.Slice, reflect.Array:
		if !scalar(elem.Elem().Kind()) || elem.Elem().Kind() == reflect.Uint8 {
			return Bundle{}, false
		}
		return rowsTable(v).bundle(), true
	case reflect.Struct:
		if !flat(elem) {
			return Bundle{}, false
		}
		return recordTable(v).bundle(), true
	}
	return Bundle{}, false
}

func rowsTable(v reflect.Value) table {
	cols := 0
	for i := range v.Len() {
		cols = max(cols, v.Index(i).Len())
	}
	columns := gridOf(v.Len(), cols, func(i, j int) string {
		row := v.Index(i)
		if j >= row.Len() {
			return ""
		}
		return cellText(row.Index(j))
	})
	alignColumns(columns)
	return table{caption: fmt.Sprintf("%d×%d %s", v.Len(), cols, typeName(v.Type())), columns: columns}
}

func recordTable(v reflect.Value) table {
	elem := v.Type().Elem()
	t := table{caption: fmt.Sprintf("%d × %s", v.Len(), cmp.Or(typeName(elem), "record"))}
	shown := elide(v.Len(), tableRows)
	for j := range elem.NumField() {
		column := make([]string, len(shown))
		for k, i := range shown {
			column[k] = ellipsis
			if i >= 0 {
				column[k] = cellText(v.Index(i).Field(j))
			}
		}
		t.header = append(t.header, elem.Field(j).Name)
		t.columns = append(t.columns, column)
	}
	alignColumns(t.columns)
	return t
}

func alignColumns(columns [][]string) {
	for _, column := range columns {
		alignDecimals(column)
	}
}

// cellText is the text of one scalar in a table.
func cellText(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return strings.ReplaceAll(v.String(), "\n", "⏎")
	}
	var p printer
	p.scalar(v)
	return p.String()
}

func flat(t reflect.Type) bool {
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
