package native

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
)

// Batch is a template that calls a drift for many states at once: dst and x hold them one after another.
const Batch = `package template

func batch(dst, x []float64, dim int) {
	for k := 0; k+dim <= len(x); k += dim {
		drift(dst[k:k+dim:k+dim], x[k:k+dim:k+dim])
	}
}`

// Template adds functions written in text, in the subset, to sources that a user wrote, so that an integrator's
// inner loop and the drift it calls compile into one module. calls says which source stands behind each name that
// text uses and does not declare. The result has the given sources first, then the functions of text in order.
// Text may import package math and nothing else.
func Template(text string, sources []*Source, calls map[string]*Source) ([]*Source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "template.go", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	pkg := types.NewPackage("template", "template")
	out := make([]*Source, len(sources))
	for i, s := range sources {
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
	info := newInfo()
	conf := types.Config{Importer: onlyMath{}, Sizes: sizes}
	if err := types.NewChecker(&conf, fset, pkg, info).Files([]*ast.File{file}); err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	for _, d := range file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			out = append(out, &Source{Name: fd.Name.Name, Node: fd, Info: info, Object: info.Defs[fd.Name]})
		}
	}
	return out, nil
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
