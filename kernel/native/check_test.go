package native

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
	"testing"
	"unsafe"
)

// library imports the standard library from source, once.
var library = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

// checked is a file of Go that went through go/types.
type checked struct {
	fset    *token.FileSet
	file    *ast.File
	info    *types.Info
	sources []*Source
}

// check type-checks text and makes a source of every function in it.
func check(t testing.TB, text string) *checked {
	t.Helper()
	c := &checked{fset: token.NewFileSet(), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
	}}
	var err error
	c.file, err = parser.ParseFile(c.fset, "cell.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: library(), Sizes: types.SizesFor("gc", "amd64")}
	if _, err := conf.Check("p", c.fset, []*ast.File{c.file}, c.info); err != nil {
		t.Fatal(err)
	}
	for _, d := range c.file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			c.sources = append(c.sources, &Source{Name: fd.Name.Name, Node: fd, Info: c.info, Object: c.info.Defs[fd.Name]})
		}
	}
	return c
}

func newCompiler(t testing.TB) *Compiler {
	t.Helper()
	c, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// build compiles every function of text, bound to the given variables by name.
func build(t testing.TB, text string, vars map[string]unsafe.Pointer) map[string]*Func {
	t.Helper()
	c := check(t, text)
	p, err := newCompiler(t).Compile(c.sources...)
	if err != nil {
		if r, ok := err.(*Refusal); ok {
			t.Fatalf("%s: %s", c.fset.Position(r.Pos), r.Why)
		}
		t.Fatal(err)
	}
	var addrs []unsafe.Pointer
	for _, v := range p.Captured() {
		if vars[v.Name()] == nil {
			t.Fatalf("no variable %s", v.Name())
		}
		addrs = append(addrs, vars[v.Name()])
	}
	fs, err := p.Bind(addrs...)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*Func{}
	for _, f := range fs {
		byName[f.Name()] = f
	}
	return byName
}
