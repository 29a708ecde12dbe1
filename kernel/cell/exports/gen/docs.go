package main

import (
	"bytes"
	"go/ast"
	"go/token"
	"maps"
	"slices"
)

// comments gathers the doc comments of a package by name: "", "Name", "Type.Method", "Type.Field".
type comments map[string]string

// docs encodes the doc comments of a package.
func docs(files []*ast.File) []byte {
	c := comments{}
	for _, f := range files {
		c.add("", f.Doc)
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				c.function(d)
			case *ast.GenDecl:
				c.group(d)
			}
		}
	}
	return c.encode()
}

// encode writes the comments sorted by name: name, zero byte, text, zero byte.
func (c comments) encode() []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(c)) {
		b.WriteString(name + "\x00" + c[name] + "\x00")
	}
	return b.Bytes()
}

// add records a comment as a further paragraph on a name, and says whether there was one.
func (c comments) add(name string, g *ast.CommentGroup) bool {
	text := g.Text()
	if text == "" {
		return false
	}
	if c[name] != "" {
		text = c[name] + "\n" + text
	}
	c[name] = text
	return true
}

// vocabulary is the type of the prelude whose methods are a cell's functions, which have no receiver there.
const vocabulary = "Vocabulary"

func (c comments) function(d *ast.FuncDecl) {
	if !d.Name.IsExported() {
		return
	}
	name := d.Name.Name
	if d.Recv != nil && len(d.Recv.List) > 0 {
		if of := receiver(d.Recv.List[0].Type); of != vocabulary {
			name = of + "." + name
		}
	}
	c.add(name, d.Doc)
}

// receiver is the name of a receiver's type, without star and type parameters.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.ParenExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// group records a declaration's specs; a spec without a comment above it has that of its group.
func (c comments) group(d *ast.GenDecl) {
	if d.Tok == token.IMPORT {
		return
	}
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				c.spec(s.Name.Name, d.Doc, s.Doc, s.Comment)
				c.members(s)
			}
		case *ast.ValueSpec:
			for _, n := range s.Names {
				if n.IsExported() {
					c.spec(n.Name, d.Doc, s.Doc, s.Comment)
				}
			}
		}
	}
}

func (c comments) spec(name string, group, above, beside *ast.CommentGroup) {
	if !c.add(name, above) {
		c.add(name, group)
	}
	c.add(name, beside)
}

// members records the fields of a struct and the methods of an interface.
func (c comments) members(s *ast.TypeSpec) {
	var list *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, f := range list.List {
		for _, n := range f.Names {
			if n.IsExported() {
				c.spec(s.Name.Name+"."+n.Name, nil, f.Doc, f.Comment)
			}
		}
	}
}
