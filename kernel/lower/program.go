package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/native"
)

// Program is a lowered cell: declarations to evaluate, then a function to call.
type Program struct {
	Imports   []string  // host packages that Source imports for the first time
	Shapes    []int     // numbers of types that Source names for the first time and the run time makes
	Source    string    // types, variables and functions; no statement
	Call      string    // the function that holds the cell's statements
	Functions []string  // which no later cell calls by their own names
	Natives   []*Native // compiled functions to bind to their variables before the cell runs
}

// Lowerer keeps what earlier cells were lowered to: their run-time names, types and positions.
type Lowerer struct {
	globals    map[types.Object]string // run-time names of the session's variables and functions
	counts     map[string]int          // how often a name has been given out
	number     func(types.Type) int    // the run time's numbers for types
	numbered   map[int]bool            // those met so far
	shaped     map[int]bool            // those that source has named as types
	Positions  []Place                 // where the statements lie
	aliases    map[string]string       // import path → name in the source
	pointers   map[string]string       // variable of a compiled package → name of a pointer to it
	bodies     map[*types.Func]body    // generic functions and methods, to be written out per instance
	local      map[localKey]types.Type // types declared inside generic functions, per instance
	instances  map[string]string       // what has been written out
	recovering map[*types.Func]bool    // functions that call recover
	library    library                 // generic functions of compiled packages
	context    *types.Context
	compiler   *native.Compiler          // nil where there is no machine code
	sources    map[string]*native.Source // declared functions that compiled ones may call, by run-time name
	natives    []*Native                 // what was considered for compilation
	set        map[types.Object]bool     // variables of func type that the cell sets again
	coming     map[string]bool           // run-time names of those that it fixes
	fixedNow   []string                  // those it has fixed
	considered int                       // how much that was, ever

	now     token.Pos // the statement being lowered
	src     cell.Source
	fset    *token.FileSet
	decls   []string  // of the cell being lowered
	fresh   []string  // packages it imports for the first time
	shapes  []int     // types it names for the first time
	setup   []string  // what its function does first
	called  []string  // its functions that are called through variables
	pending []func()  // functions still to be written
	undo    []func()  // what to do if the cell is not to run after all
	bind    []*Native // what it compiled
}

// A body is a function's declaration with what the checker knows of it.
type body struct {
	decl *ast.FuncDecl
	info *types.Info
}

// New returns a lowerer for a fresh session. The run time numbers the types that boxes name; the importer finds
// the packages that the library is written with.
func New(number func(types.Type) int, im types.Importer, compiler *native.Compiler) *Lowerer {
	return &Lowerer{
		globals:    map[types.Object]string{},
		counts:     map[string]int{},
		aliases:    map[string]string{},
		pointers:   map[string]string{},
		bodies:     map[*types.Func]body{},
		instances:  map[string]string{},
		local:      map[localKey]types.Type{},
		recovering: map[*types.Func]bool{},
		context:    types.NewContext(),
		number:     number,
		numbered:   map[int]bool{},
		shaped:     map[int]bool{},
		library:    library{importer: im, packages: map[string]*libraryPackage{}},
		compiler:   compiler,
		sources:    map[string]*native.Source{},
		Positions:  make([]Place, 1),
	}
}

// Lower writes out a checked cell. The error is a *cell.Error that names a construct this engine cannot run.
func (l *Lowerer) Lower(c *cell.Checked) (p *Program, err error) {
	l.undo, l.pending = nil, nil
	l.src, l.fset, l.decls, l.fresh, l.setup, l.shapes, l.bind = c.Source, c.Fset, nil, nil, nil, nil, nil
	defer func() {
		switch r := recover().(type) {
		case nil:
		case unsupported:
			l.Undo()
			p, err = nil, r.explain(l)
		default:
			l.Undo()
			panic(r)
		}
	}()
	l.prune("")
	l.foresee(c)
	name := l.name("cell")
	f := l.newFunc(nil)
	f.depth, f.frame = 1, name
	for _, seg := range c.Segments {
		l.segment(f, seg)
	}
	l.flush()
	l.declare("func %s() {\n%s\n%s}", name, strings.Join(l.setup, "\n"), f.out.String())
	return &Program{Imports: l.fresh, Shapes: l.shapes, Source: "\n" + strings.Join(l.decls, "\n"), Call: name, Functions: l.called, Natives: l.bind}, nil
}

// remember sets an entry that later cells build on, for as long as the cell that sets it is not undone.
func remember[K comparable, V any](l *Lowerer, m map[K]V, k K, v V) {
	old, had := m[k]
	l.undo = append(l.undo, func() {
		if had {
			m[k] = old
			return
		}
		delete(m, k)
	})
	m[k] = v
}

// Undo forgets the latest cell: its source was not evaluated.
func (l *Lowerer) Undo() {
	for i := len(l.undo) - 1; i >= 0; i-- {
		l.undo[i]()
	}
	l.undo = nil
}

// flush writes the functions that others turned out to need, until none is missing.
func (l *Lowerer) flush() {
	for len(l.pending) > 0 {
		next := l.pending[0]
		l.pending = l.pending[1:]
		next()
	}
}

// segment declares what a segment declares and writes its statements into the cell's function.
func (l *Lowerer) segment(f *fn, seg *cell.Segment) {
	f.info, f.pkg = seg.Info, seg.Pkg
	l.library.meet(seg.Pkg)
	l.declareVars(seg)
	l.expect(seg)
	l.declareFuncs(f, seg)
	inits := initFuncs(seg)
	for _, s := range seg.Body {
		inits = l.runInits(f, seg, inits, s)
		f.stmt(s)
		l.fix(seg, s)
	}
	l.runInits(f, seg, inits, nil)
	if seg.Last != nil {
		f.show(seg)
	}
}

// declareVars gives the segment's variables their run-time names. One that is declared again with the same
// type keeps the name it has, so that earlier closures go on sharing it.
func (l *Lowerer) declareVars(seg *cell.Segment) {
	scope := seg.Pkg.Scope()
	for _, name := range sortedNames(scope) {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || l.globals[v] != "" || v.Pkg() != seg.Pkg {
			continue
		}
		l.now = v.Pos()
		if old := seg.Same[v]; old != nil {
			remember(l, l.globals, types.Object(v), l.globals[old])
			continue
		}
		remember(l, l.globals, types.Object(v), l.name(name))
		l.declare("var %s %s", l.globals[v], l.typ(v.Type()))
	}
}

func sortedNames(s *types.Scope) []string {
	names := s.Names()
	sort.Strings(names)
	return names
}

func (l *Lowerer) declare(format string, args ...any) {
	l.decls = append(l.decls, fmt.Sprintf(format, args...))
}

// name gives out a run-time name that was never used before.
func (l *Lowerer) name(base string) string {
	l.counts[base]++
	return fmt.Sprintf("%sǃ%d", base, l.counts[base])
}

// alias returns the name under which the source imports a host package.
func (l *Lowerer) alias(path string) string {
	if a, ok := l.aliases[path]; ok {
		return a
	}
	base := path[strings.LastIndex(path, "/")+1:]
	a := l.name("p" + strings.Map(letters, base))
	remember(l, l.aliases, path, a)
	l.fresh = append(l.fresh, path)
	return a
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return r
	}
	return '_'
}

// Alias returns the name under which evaluated source knows a package it imports.
func (l *Lowerer) Alias(path string) string { return l.aliases[path] }

// Global returns the run-time name of a session's variable, or "".
func (l *Lowerer) Global(v *types.Var) string { return l.globals[v] }

// unsupported is a construct that this engine cannot run, thrown to Lower.
type unsupported struct {
	pos        token.Pos
	what, hint string
}

func (u unsupported) explain(l *Lowerer) error {
	if !u.pos.IsValid() {
		u.pos = l.now
	}
	at := l.fset.Position(u.pos)
	return cell.NewError(l.src, "Unsupported", cell.Diagnostic{
		Cell: l.src.Number, Line: at.Line, Column: at.Column, Message: u.what, Hint: u.hint})
}
