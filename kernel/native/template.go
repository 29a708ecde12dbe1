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

// A Template is Go text of the subset with open places, such as an integrator's inner loop that is given a drift. A
// parameter of func type is open under its name, and so is a parameter of type int that Constants has: both vanish from
// the functions of the text and from their calls. So the text may be a file of a Go package as it stands. It imports
// package math or nothing, and keeps inside its slices: its own indices are not checked.
type Template struct {
	Text      string
	Root      string // the function wanted
	Constants map[string]int
}

// templateBase keeps positions in templates apart from those of cells.
const templateBase = 1 << 40

// sources adds to given sources those of the template's root and what that calls; the root is the last. calls says which
// of the given sources stands behind each open name.
func (t Template) sources(given []*Source, calls map[string]*Source) ([]*Source, error) {
	fset := token.NewFileSet()
	fset.AddFile("", fset.Base(), templateBase)
	file, err := parser.ParseFile(fset, "template.go", t.Text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	open := map[string]bool{}
	pkg := types.NewPackage("template", "template")
	for name, c := range t.Constants {
		open[name] = true
		pkg.Scope().Insert(types.NewConst(token.NoPos, pkg, name, types.Typ[types.Int], constant.MakeInt64(int64(c))))
	}
	out := make([]*Source, len(given))
	for i, s := range given {
		c := *s
		c.also = slices.Clone(s.also)
		for name, callee := range calls {
			if callee == s {
				open[name] = true
				obj := types.NewFunc(token.NoPos, pkg, name, s.signature())
				pkg.Scope().Insert(obj)
				c.also = append(c.also, obj)
			}
		}
		out[i] = &c
	}
	fns := reachable(file, t.Root)
	for _, d := range fns {
		fill(d, open)
	}
	info := newInfo()
	conf := types.Config{Importer: onlyMath{}, Sizes: sizes}
	if err := types.NewChecker(&conf, fset, pkg, info).Files([]*ast.File{file}); err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	for _, d := range fns {
		out = append(out, &Source{Name: d.Name.Name, Node: d, Info: info, Object: info.Defs[d.Name], template: true})
	}
	return out, nil
}

// reachable takes all functions out of a file but root and those it calls, directly or not, and lists these, root last.
func reachable(file *ast.File, root string) []*ast.FuncDecl {
	byName := map[string]*ast.FuncDecl{}
	kept := file.Decls[:0]
	for _, d := range file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			byName[fd.Name.Name] = fd
			continue
		}
		kept = append(kept, d)
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
				visit(id.Name)
			}
			return true
		})
		list = append(list, d)
		kept = append(kept, d)
	}
	visit(root)
	file.Decls = kept
	return list
}

// fill takes the open names out of a function's parameters and out of the arguments of the calls in it.
func fill(d *ast.FuncDecl, open map[string]bool) {
	isOpen := func(e *ast.Ident) bool { return open[e.Name] }
	for _, p := range d.Type.Params.List {
		p.Names = slices.DeleteFunc(p.Names, isOpen)
	}
	d.Type.Params.List = slices.DeleteFunc(d.Type.Params.List, func(p *ast.Field) bool { return len(p.Names) == 0 })
	ast.Inspect(d.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			call.Args = slices.DeleteFunc(call.Args, func(e ast.Expr) bool {
				id, ok := e.(*ast.Ident)
				return ok && isOpen(id)
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
