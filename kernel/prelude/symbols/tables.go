package symbols

import (
	"cmp"
	"go/constant"
	"go/token"
	"reflect"
	"slices"
)

// table is one package. The values of variables are pointers to them, and those of types are nil pointers.
type table struct {
	path, name string
	functions  []symbol
	variables  []symbol
	types      []symbol
	wrappers   []symbol
	constants  []symbol
}

type symbol struct {
	name  string
	value any
}

// literal is the exact value of an untyped numeric or string constant, which may fit no Go type.
type literal struct {
	kind token.Token
	text string
}

// lookup finds a package's table; nil when there is none.
func lookup(path string) *table {
	i, ok := slices.BinarySearchFunc(tables, path, func(t *table, path string) int { return cmp.Compare(t.path, path) })
	if !ok {
		return nil
	}
	return tables[i]
}

// Package returns a fresh map of the symbols of a package by name, nil when it has none.
func Package(path string) map[string]reflect.Value {
	t := lookup(path)
	if t == nil {
		return nil
	}
	m := make(map[string]reflect.Value, len(t.functions)+len(t.variables)+len(t.types)+len(t.wrappers)+len(t.constants))
	for _, s := range t.functions {
		m[s.name] = reflect.ValueOf(s.value)
	}
	for _, s := range t.variables {
		m[s.name] = reflect.ValueOf(s.value).Elem()
	}
	for _, s := range t.types {
		m[s.name] = reflect.ValueOf(s.value)
	}
	for _, s := range t.constants {
		m[s.name] = constantValue(s.value)
	}
	for _, s := range t.wrappers {
		m["_"+s.name] = reflect.ValueOf(s.value)
	}
	return m
}

func constantValue(v any) reflect.Value {
	if l, ok := v.(literal); ok {
		return reflect.ValueOf(constant.MakeFromLiteral(l.text, l.kind, 0))
	}
	return reflect.ValueOf(v)
}
