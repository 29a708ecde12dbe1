package celltest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"scorebook/kernel/cell"
)

// program writes a case as a Go package: its declarations as they stand, the variables of its cells as the package's,
// and a function for each cell's statements.
type program struct {
	imports map[string]string // path by name
	decls   bytes.Buffer
	cells   bytes.Buffer
	seen    map[string]bool
}

// source gives the text of the package. The importer is that of the cells.
func (c Case) source(name string, im cell.Importer) (string, error) {
	scope := cell.NewScope(im, nil)
	p := &program{imports: map[string]string{"fmt": "fmt"}, seen: map[string]bool{}}
	for i, text := range c.Cells {
		checked, err := scope.Check(cell.Source{Number: i + 1, Text: text})
		if err != nil {
			return "", fmt.Errorf("celltest: %q is no plain Go program: %w", c.Name, err)
		}
		fmt.Fprintf(&p.cells, "func cell%d() {\n", i)
		for _, seg := range checked.Segments {
			if err := p.segment(seg); err != nil {
				return "", fmt.Errorf("celltest: %q is no plain Go program: %w", c.Name, err)
			}
		}
		p.cells.WriteString("fmt.Print(\"\\x00\")\n}\n")
		scope.Commit(checked)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "package %s\n", name)
	for _, name := range slices.Sorted(maps.Keys(p.imports)) {
		fmt.Fprintf(&out, "import %s %q\n", name, p.imports[name])
	}
	out.WriteString("var _ = fmt.Print\n")
	out.Write(p.decls.Bytes())
	out.Write(p.cells.Bytes())
	out.WriteString("// Cells are the case's cells.\nvar Cells = []func(){")
	for i := range c.Cells {
		fmt.Fprintf(&out, "cell%d, ", i)
	}
	out.WriteString("}\n")
	return out.String(), nil
}

func (p *program) segment(seg *cell.Segment) error {
	p.noteImports(seg)
	for _, sp := range seg.Types {
		p.print(&p.decls, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{sp}})
	}
	for _, d := range seg.Consts {
		p.print(&p.decls, d)
	}
	for _, d := range seg.Funcs {
		p.print(&p.decls, d)
	}
	scope := seg.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || v.Pkg() != seg.Pkg {
			continue
		}
		if p.seen[name] {
			return fmt.Errorf("%s is declared twice", name)
		}
		p.seen[name] = true
		fmt.Fprintf(&p.decls, "var %s %s\n", name, types.TypeString(v.Type(), p.qualifier))
	}
	for _, s := range seg.Body {
		p.statement(s)
	}
	return p.last(seg)
}

// qualifier writes a package's name before what it declares, and sees that it is imported.
func (p *program) qualifier(pkg *types.Package) string {
	if pkg.Path() == cell.MainPath {
		return ""
	}
	p.imports[pkg.Name()] = pkg.Path()
	return pkg.Name()
}

func (p *program) noteImports(seg *cell.Segment) {
	for id, o := range seg.Info.Uses {
		if pkg, ok := o.(*types.PkgName); ok {
			p.imports[id.Name] = pkg.Imported().Path()
		}
	}
}

func (p *program) print(to *bytes.Buffer, n any) {
	if err := printer.Fprint(to, token.NewFileSet(), n); err != nil {
		panic(err) // what was parsed can be printed
	}
	to.WriteByte('\n')
}

// statement writes a statement; what declares a variable of the cell only assigns to it.
func (p *program) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			a := *s
			a.Tok = token.ASSIGN
			p.print(&p.cells, &a)
			return
		}
	case *ast.DeclStmt:
		for _, sp := range s.Decl.(*ast.GenDecl).Specs {
			v := sp.(*ast.ValueSpec)
			if len(v.Values) == 0 {
				continue
			}
			var left []ast.Expr
			for _, id := range v.Names {
				left = append(left, id)
			}
			p.print(&p.cells, &ast.AssignStmt{Lhs: left, Tok: token.ASSIGN, Rhs: v.Values})
		}
		return
	}
	p.print(&p.cells, s)
}

// last prints the value that a cell ends with.
func (p *program) last(seg *cell.Segment) error {
	if seg.Last == nil {
		return nil
	}
	var text bytes.Buffer
	p.print(&text, seg.Last)
	expr := strings.TrimSpace(text.String())
	tuple, several := seg.Info.TypeOf(seg.Last).(*types.Tuple)
	switch {
	case seg.Info.Types[seg.Last].IsVoid() || several && tuple.Len() == 0 || !seg.Show || printsOnly(expr):
		fmt.Fprintf(&p.cells, "%s\n", expr)
	case several:
		return fmt.Errorf("%s has several values", expr)
	default:
		fmt.Fprintf(&p.cells, "fmt.Printf(\"\\x00=> %%v\\n\", %s)\n", expr)
	}
	return nil
}

func printsOnly(expr string) bool { return strings.HasPrefix(expr, "fmt.Print") }
