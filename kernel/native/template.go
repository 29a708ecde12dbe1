package native

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
)

// Batch is a template that calls a drift, or any function of its signature, for many states at once: x holds them one
// after another, dim numbers each, and dst has width numbers for each.
const Batch = `package template

func batch(drift func(dst, x []float64), dim, width int, dst, x []float64) {
	at := 0
	for k := 0; k < len(x); k += dim {
		drift(dst[at:at+width:at+width], x[k:k+dim:k+dim])
		at += width
	}
}`

// A Template is Go text of the subset with open names, such as an integrator's inner loop that is given a drift. Open are
// parameters of func type, for which Fill takes functions, and those of type int that Constants has; both vanish from the
// functions of the text and from the calls among them. So the text may be files of a Go package as they stand. It imports
// package math or nothing, and keeps inside its slices: its own indices are not checked.
type Template struct {
	Texts     []string // files of one package
	Root      string   // the function wanted
	Constants map[string]int
	Parts     map[string]string // open names for which other functions of the text stand
}

// templateBase keeps positions in templates apart from those of cells.
const templateBase = 1 << 40

// sources adds to given sources those of the template's root and what that calls; the root is the last. calls says which
// of the given sources stands behind each open name; nil leaves out one that is not called.
func (t Template) sources(given []*Source, calls map[string]*Source) ([]*Source, error) {
	fset := token.NewFileSet()
	fset.AddFile("", fset.Base(), templateBase)
	var files []*ast.File
	for _, text := range t.Texts {
		file, err := parser.ParseFile(fset, "template.go", text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("native: %w", err)
		}
		files = append(files, file)
	}
	pkg := types.NewPackage("template", files[0].Name.Name)
	for name, c := range t.Constants {
		pkg.Scope().Insert(types.NewConst(token.NoPos, pkg, name, types.Typ[types.Int], constant.MakeInt64(int64(c))))
	}
	out := make([]*Source, len(given))
	for i, s := range given {
		c := *s
		c.also = slices.Clone(s.also)
		for name, callee := range calls {
			if callee == s {
				obj := types.NewFunc(token.NoPos, pkg, name, s.signature())
				pkg.Scope().Insert(obj)
				c.also = append(c.also, obj)
			}
		}
		out[i] = &c
	}
	fns := t.reachable(files)
	for _, d := range fns {
		t.fillIn(d, calls)
	}
	info := newInfo()
	conf := types.Config{Importer: onlyMath{}, Sizes: sizes}
	if err := types.NewChecker(&conf, fset, pkg, info).Files(files); err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	for _, d := range fns {
		out = append(out, &Source{Name: d.Name.Name, Node: d, Info: info, Object: info.Defs[d.Name], template: true})
	}
	return out, nil
}

// reachable takes all functions out of the files but the root and those it calls, directly or not, and lists these, the
// root last.
func (t Template) reachable(files []*ast.File) []*ast.FuncDecl {
	in := map[string]*ast.File{}
	byName := map[string]*ast.FuncDecl{}
	for _, file := range files {
		file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
			fd, ok := d.(*ast.FuncDecl)
			if ok {
				byName[fd.Name.Name], in[fd.Name.Name] = fd, file
			}
			return ok
		})
	}
	var list []*ast.FuncDecl
	var visit func(name string)
	visit = func(name string) {
		d := byName[name]
		if d == nil {
			return
		}
		delete(byName, name)
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if part := t.Parts[id.Name]; part != "" {
					id.Name = part
				}
				visit(id.Name)
			}
			return true
		})
		list = append(list, d)
		in[name].Decls = append(in[name].Decls, d)
	}
	visit(t.Root)
	return list
}

// fillIn takes the open names out of a function's parameters and out of the arguments of the calls in it.
func (t Template) fillIn(d *ast.FuncDecl, calls map[string]*Source) {
	open := func(id *ast.Ident) bool {
		_, function := calls[id.Name]
		_, number := t.Constants[id.Name]
		return function || number || t.Parts[id.Name] != ""
	}
	d.Type.Params.List = slices.DeleteFunc(d.Type.Params.List, func(p *ast.Field) bool {
		p.Names = slices.DeleteFunc(p.Names, open)
		return len(p.Names) == 0
	})
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			call.Args = slices.DeleteFunc(call.Args, func(e ast.Expr) bool {
				id, ok := e.(*ast.Ident)
				return ok && open(id)
			})
		}
		return true
	})
}

// signature is that of a function declaration or literal, without its receiver.
func (s *Source) signature() *types.Signature {
	switch n := s.Node.(type) {
	case *ast.FuncDecl:
		sig := s.Info.Defs[n.Name].Type().(*types.Signature)
		return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), false)
	case *ast.FuncLit:
		return s.Info.Types[n].Type.(*types.Signature)
	}
	return types.NewSignatureType(nil, nil, nil, nil, nil, false)
}
