package main

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
)

// builtinPart holds what package builtin says of the names that need no import; before a function's doc stands its
// declaration, which go/types does not know.
func builtinPart() (part, error) {
	root, err := goOutput("env", "GOROOT")
	if err != nil {
		return part{}, err
	}
	fset := token.NewFileSet()
	file := filepath.Join(root, "src", "builtin", "builtin.go")
	f, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return part{}, err
	}
	c := comments{}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			text := d.Doc.Text()
			d.Doc = nil
			var b bytes.Buffer
			if err := format.Node(&b, fset, d); err != nil {
				return part{}, err
			}
			c[d.Name.Name] = "\t" + b.String() + "\n\n" + text
		case *ast.GenDecl:
			c.builtins(d)
		}
	}
	return part{path: "builtin", name: "builtin", docs: c.encode()}, nil
}

func (c comments) builtins(d *ast.GenDecl) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			c.spec(s.Name.Name, d.Doc, s.Doc, s.Comment)
		case *ast.ValueSpec:
			for _, n := range s.Names {
				c.spec(n.Name, d.Doc, s.Doc, s.Comment)
			}
		}
	}
}
