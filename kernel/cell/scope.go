package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// Importer finds the packages a cell may use and what is known of them.
type Importer interface {
	types.Importer
	Paths() []string              // every importable path
	ByName(name string) []string  // the paths a bare package name may mean, best first
	Doc(path, name string) string // what the package says of a name, or ""
}

// MainPath is the import path of everything that cells declare. One path for all cells lets a later cell use
// the unexported fields and methods of an earlier one.
const MainPath = "main"

// Scope is everything a session has declared, with its types. It holds no values.
type Scope struct {
	fset     *token.FileSet
	importer Importer
	prelude  *types.Package
	names    names
	sources  map[int]Source
}

// names is what a cell sees: objects by name, packages imported by name, packages imported with a dot.
type names struct {
	objects map[string]types.Object
	decls   map[string]*ast.FuncDecl
	waiting map[string]waiting
	users   users
	imports map[string]string
	dots    []string
}

func (n names) clone() names {
	return names{maps.Clone(n.objects), maps.Clone(n.decls), maps.Clone(n.waiting), maps.Clone(n.users), maps.Clone(n.imports), slices.Clone(n.dots)}
}

// NewScope returns the scope of a fresh session. The exported names of prelude, which may be nil, need no import.
func NewScope(im Importer, prelude *types.Package) *Scope {
	return &Scope{
		fset:     token.NewFileSet(),
		importer: im,
		prelude:  prelude,
		names: names{
			objects: map[string]types.Object{},
			decls:   map[string]*ast.FuncDecl{},
			waiting: map[string]waiting{},
			users:   users{},
			imports: map[string]string{},
		},
		sources: map[int]Source{},
	}
}

// Objects returns every name the session has declared, newest meaning only.
func (s *Scope) Objects() map[string]types.Object { return s.names.objects }

// Functions returns the newest declaration of each function the session has declared.
func (s *Scope) Functions() map[string]*ast.FuncDecl { return s.names.decls }

// Imports returns the packages imported by name, as local name to path.
func (s *Scope) Imports() map[string]string { return s.names.imports }

// Importer returns where the session finds packages.
func (s *Scope) Importer() Importer { return s.importer }

// Prelude returns the package whose names need no import, or nil.
func (s *Scope) Prelude() *types.Package { return s.prelude }

// FileSet returns the positions of everything the session has parsed.
func (s *Scope) FileSet() *token.FileSet { return s.fset }

// Source returns the text of a cell that was checked earlier.
func (s *Scope) Source(number int) (Source, bool) {
	src, ok := s.sources[number]
	return src, ok
}

// Commit makes what a checked cell declares part of the session.
func (s *Scope) Commit(c *Checked) { s.names = c.names }

// path returns the import path that a bare package name stands for.
func (s *Scope) path(n names, name string) (string, bool) {
	if p, ok := n.imports[name]; ok {
		return p, true
	}
	if ps := s.importer.ByName(name); len(ps) > 0 {
		return ps[0], true
	}
	return "", false
}

// find returns what a name means before the cell's own declarations: the session's, the prelude's, or that of a
// package imported with a dot.
func (s *Scope) find(n names, name string) types.Object {
	if o := n.objects[name]; o != nil {
		return o
	}
	if s.prelude != nil && token.IsExported(name) {
		if o := s.prelude.Scope().Lookup(name); o != nil {
			return o
		}
	}
	for _, path := range n.dots {
		if p, err := s.importer.Import(path); err == nil && token.IsExported(name) {
			if o := p.Scope().Lookup(name); o != nil {
				return o
			}
		}
	}
	return nil
}
