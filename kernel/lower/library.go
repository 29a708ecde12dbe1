package lower

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
)

// The generic functions of the standard library have no compiled form that could be called: they are written
// here once more, as Go that is lowered like a cell's own.
//
//go:embed library
var librarySource embed.FS

const libraryRoot = "library/"

// library holds the packages of librarySource that a session has needed so far.
type library struct {
	importer types.Importer
	replaces bool // whether a package with types of the library's own has been met
	packages map[string]*libraryPackage
}

// replacing are the packages whose generic struct types the library has its own versions of.
var replacing = map[string]bool{"sync/atomic": true, "unique": true, "weak": true}

// meet notes the packages that a cell uses.
func (l *library) meet(p *types.Package) {
	for _, used := range p.Imports() {
		l.replaces = l.replaces || replacing[used.Path()]
	}
}

// ownType finds the library's own version of a compiled package's generic type.
func (l *Lowerer) ownType(t *types.Named) *types.Named {
	p := t.Obj().Pkg()
	if p == nil || !replacing[p.Path()] {
		return nil
	}
	own, ok := l.libraryPackage(p.Path())
	if !ok {
		return nil
	}
	o, _ := own.pkg.Scope().Lookup(t.Obj().Name()).(*types.TypeName)
	if o == nil {
		return nil
	}
	return o.Type().(*types.Named)
}

// Own gives a type with the library's own types in the place of generic structs of compiled packages.
func (l *Lowerer) Own(t types.Type) types.Type { return l.subst(t, nil) }

type libraryPackage struct {
	pkg   *types.Package
	funcs map[string]*types.Func
}

// IsLibrary reports a package that lives in librarySource.
func isLibrary(p *types.Package) bool {
	return p != nil && len(p.Path()) > len(libraryRoot) && p.Path()[:len(libraryRoot)] == libraryRoot
}

// libraryFunc finds the library's own version of a compiled package's generic function, its body noted.
func (l *Lowerer) libraryFunc(o *types.Func) (*types.Func, bool) {
	if o.Pkg() == nil || l.library.importer == nil || o.Signature().Recv() != nil {
		return nil, false
	}
	p, ok := l.libraryPackage(o.Pkg().Path())
	if !ok {
		return nil, false
	}
	f, ok := p.funcs[o.Name()]
	return f, ok
}

func (l *Lowerer) libraryPackage(importPath string) (*libraryPackage, bool) {
	if p, ok := l.library.packages[importPath]; ok {
		return p, p != nil
	}
	p := l.loadLibrary(importPath)
	l.library.packages[importPath] = p
	return p, p != nil
}

// loadLibrary parses and checks one package of the library; nil when it has none of that name.
func (l *Lowerer) loadLibrary(importPath string) *libraryPackage {
	names, err := fs.Glob(librarySource, libraryRoot+importPath+"/*.go")
	if err != nil || len(names) == 0 {
		return nil
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if match, _ := path.Match("*_test.go", path.Base(name)); match {
			continue
		}
		text, err := librarySource.ReadFile(name)
		if err != nil {
			panic(fmt.Sprintf("lower: %v", err))
		}
		file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			panic(fmt.Sprintf("lower: %v", err))
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: l.library.importer, Sizes: types.SizesFor("gc", "amd64")}
	pkg, err := conf.Check(libraryRoot+importPath, fset, files, info)
	if err != nil {
		panic(fmt.Sprintf("lower: %v", err))
	}
	return l.noteBodies(pkg, files, info)
}

func (l *Lowerer) noteBodies(pkg *types.Package, files []*ast.File, info *types.Info) *libraryPackage {
	p := &libraryPackage{pkg, map[string]*types.Func{}}
	for _, file := range files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			o := info.Defs[f.Name].(*types.Func)
			l.bodies[o] = body{f, info}
			if f.Recv == nil {
				p.funcs[f.Name.Name] = o
			}
		}
	}
	return p
}
