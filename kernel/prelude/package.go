package prelude

import (
	"fmt"
	"go/token"
	"go/types"
)

// Package returns what the checker sees: a package of this path whose functions are Vocabulary's methods, with the types
// and constants of a cell. The importer must know this package, and the types are those of its packages.
func Package(im types.Importer) (*types.Package, error) {
	source, err := im.Import(Path)
	if err != nil {
		return nil, fmt.Errorf("prelude: %w", err)
	}
	view := types.NewPackage(Path, source.Name())
	for name := range typeNames() {
		o, ok := source.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			return nil, fmt.Errorf("prelude: the type %s is missing from the export data", name)
		}
		types.NewAlias(declare(view, types.NewTypeName(token.NoPos, view, name, nil)), types.Unalias(o.Type()))
	}
	for name := range constants() {
		o, ok := source.Scope().Lookup(name).(*types.Const)
		if !ok {
			return nil, fmt.Errorf("prelude: the constant %s is missing from the export data", name)
		}
		declare(view, types.NewConst(token.NoPos, view, name, o.Type(), o.Val()))
	}
	for f := range vocabularyOf(source).Methods() {
		if f.Exported() {
			declare(view, types.NewFunc(token.NoPos, view, f.Name(), withoutReceiver(f.Signature())))
		}
	}
	view.SetImports(source.Imports())
	view.MarkComplete()
	return view, nil
}

func vocabularyOf(p *types.Package) *types.Named {
	return p.Scope().Lookup("Vocabulary").Type().(*types.Named)
}

// declare enters an object into its package's scope.
func declare[T types.Object](p *types.Package, o T) T {
	p.Scope().Insert(o)
	return o
}

func withoutReceiver(s *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}
