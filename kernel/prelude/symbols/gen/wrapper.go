package main

import (
	"fmt"
	"go/types"
	"strings"
)

// implementable reports whether a type declared in a cell can implement an interface: all its methods are
// exported, and all types in them can be named.
func implementable(i *types.Interface) bool {
	for m := range i.Methods() {
		if !m.Exported() || !nameable(m.Type()) {
			return false
		}
	}
	return true
}

// nameable reports whether code outside the package can write down a type.
func nameable(t types.Type) bool {
	switch t := t.(type) {
	case *types.Alias:
		return visible(t.Obj()) && allNameable(t.TypeArgs())
	case *types.Named:
		return visible(t.Obj()) && allNameable(t.TypeArgs())
	case *types.Pointer:
		return nameable(t.Elem())
	case *types.Slice:
		return nameable(t.Elem())
	case *types.Array:
		return nameable(t.Elem())
	case *types.Chan:
		return nameable(t.Elem())
	case *types.Map:
		return nameable(t.Key()) && nameable(t.Elem())
	case *types.Signature:
		return tupleNameable(t.Params()) && tupleNameable(t.Results())
	case *types.Struct:
		return t.NumFields() == 0
	case *types.Interface:
		return implementable(t)
	}
	return true
}

func visible(o *types.TypeName) bool {
	if o.Pkg() == nil {
		return true // predeclared, such as error
	}
	path := "/" + o.Pkg().Path() + "/"
	return o.Exported() && !strings.Contains(path, "/internal/") && !strings.HasPrefix(path, "/vendor/")
}

func allNameable(list *types.TypeList) bool {
	for t := range list.Types() {
		if !nameable(t) {
			return false
		}
	}
	return true
}

func tupleNameable(t *types.Tuple) bool {
	for v := range t.Variables() {
		if !nameable(v.Type()) {
			return false
		}
	}
	return true
}

// wrapper declares the struct through which compiled code calls the methods of an interpreted value.
func (s *source) wrapper(name string, o *types.TypeName, i *types.Interface) {
	d := &s.declarations
	fmt.Fprintf(d, "\n// %s wraps %s.%s.\ntype %s struct {\nIValue any\n", name, o.Pkg().Name(), o.Name(), name)
	for m := range i.Methods() {
		fmt.Fprintf(d, "W%s func%s\n", m.Name(), s.signature(m.Signature(), ""))
	}
	fmt.Fprintf(d, "}\n")
	for m := range i.Methods() {
		sig := m.Signature()
		fmt.Fprintf(d, "\nfunc (w %s) %s%s {\n", name, m.Name(), s.signature(sig, "a"))
		if sig.Results().Len() > 0 {
			fmt.Fprintf(d, "return ")
		}
		fmt.Fprintf(d, "w.W%s(%s)\n}\n", m.Name(), arguments(sig))
	}
}

// signature writes parameters and results, the parameters called a0, a1, … when prefix is "a".
func (s *source) signature(sig *types.Signature, prefix string) string {
	params := make([]string, sig.Params().Len())
	for k := range params {
		t := sig.Params().At(k).Type()
		if sig.Variadic() && k == len(params)-1 {
			params[k] = "..." + types.TypeString(t.(*types.Slice).Elem(), s.imports.qualify)
		} else {
			params[k] = types.TypeString(t, s.imports.qualify)
		}
		if prefix != "" {
			params[k] = fmt.Sprintf("%s%d %s", prefix, k, params[k])
		}
	}
	results := make([]string, sig.Results().Len())
	for k := range results {
		results[k] = types.TypeString(sig.Results().At(k).Type(), s.imports.qualify)
	}
	return "(" + strings.Join(params, ", ") + ") (" + strings.Join(results, ", ") + ")"
}

func arguments(sig *types.Signature) string {
	args := make([]string, sig.Params().Len())
	for k := range args {
		args[k] = fmt.Sprintf("a%d", k)
		if sig.Variadic() && k == len(args)-1 {
			args[k] += "..."
		}
	}
	return strings.Join(args, ", ")
}
