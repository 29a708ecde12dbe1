package cell

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"
)

// GoVersion is the language cells are written in.
const GoVersion = "go1.26"

// Checked is a cell that may run: its segments in order, and what the session's scope will be afterwards.
type Checked struct {
	Source   Source
	Fset     *token.FileSet
	Segments []*Segment
	Notices  []Diagnostic // what the user should know although the cell may run
	names    names
}

// Check parses and type-checks a cell against everything the session has declared. The scope stays as it was;
// Commit takes the cell's declarations over. The error is an *Error.
func (s *Scope) Check(src Source) (*Checked, error) {
	s.sources[src.Number] = src
	pieces, err := parse(s.fset, src)
	if err != nil {
		return nil, err
	}
	c := &Checked{Source: src, Fset: s.fset, names: s.names.clone()}
	segs := segments(pieces, c.names, !hidden(src.Text))
	declaresOnly := !slices.ContainsFunc(segs, func(seg *Segment) bool { return len(seg.Body) > 0 || seg.Last != nil })
	for _, seg := range segs {
		seg.revive(s, c.names)
		if err := s.checkSegment(c, seg, declaresOnly); err != nil {
			return nil, err
		}
		c.Segments = append(c.Segments, seg)
	}
	return c, nil
}

// checkSegment checks one segment. Functions of it may wait for later cells if the cell only declares.
func (s *Scope) checkSegment(c *Checked, seg *Segment, mayWait bool) error {
	if err := s.takeImports(c, seg); err != nil {
		return err
	}
	for {
		ck, err := s.trySegment(c, seg)
		if err != nil {
			return err
		}
		if len(ck.errs) > 0 && seg.dismiss(c, ck) {
			continue
		}
		if len(ck.errs) > 0 && !(mayWait && seg.postpone(c, ck)) {
			return ck.result()
		}
		return s.record(c, seg)
	}
}

// trySegment runs go/types over a segment and leaves the errors in what it returns.
func (s *Scope) trySegment(c *Checked, seg *Segment) (*checking, error) {
	seg.Pkg, seg.Late = types.NewPackage(MainPath, "main"), nil
	file := &ast.File{Name: ast.NewIdent("main")}
	mentioned := mentions(seg)
	s.addImports(c, seg, file, mentioned)
	if err := s.declareLateMethods(c, seg, mentioned); err != nil {
		return nil, err
	}
	for _, d := range seg.declarations() {
		file.Decls = append(file.Decls, d)
	}
	ck := &checking{scope: s, seg: seg, src: c.Source}
	ck.run(file, seg.Pkg)
	if seg.onlyVars() {
		seg.inInitOrder()
	} else {
		ck.errs = append(ck.errs, ck.usedTooEarly()...)
	}
	return ck, nil
}

// mentions lists every identifier of the segment: more than it refers to, never less.
func mentions(seg *Segment) map[string]bool {
	m := map[string]bool{}
	visit := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			m[id.Name] = true
		}
		return true
	}
	for _, p := range seg.pieces {
		if p.decl != nil {
			ast.Inspect(p.decl, visit)
		}
		for _, st := range p.stmts {
			ast.Inspect(st, visit)
		}
	}
	return m
}

// takeImports notes the segment's import declarations; they hold for the rest of the session.
func (s *Scope) takeImports(c *Checked, seg *Segment) error {
	for _, sp := range seg.imports {
		path := strings.Trim(sp.Path.Value, "`\"")
		pkg, err := s.importer.Import(path)
		if err != nil {
			return s.failure(c.Source, "ImportError", sp.Path.Pos(), "no package "+sp.Path.Value+" here",
				"cells may import the standard library, gonum and this library: scorebook/stdlib/…, scorebook/plotting")
		}
		switch {
		case sp.Name == nil:
			c.names.imports[pkg.Name()] = path
			delete(c.names.objects, pkg.Name())
		case sp.Name.Name == ".":
			c.names.dots = append(c.names.dots, path)
		case sp.Name.Name != "_":
			c.names.imports[sp.Name.Name] = path
			delete(c.names.objects, sp.Name.Name)
		}
	}
	return nil
}

// addImports gives the segment its view of the session: older objects go into its package, and a package is
// imported for every other name that stands before a dot.
func (s *Scope) addImports(c *Checked, seg *Segment, file *ast.File, mentioned map[string]bool) {
	for name := range mentioned {
		if seg.decls[name] {
			continue
		}
		if o := s.find(c.names, name); o != nil {
			seg.Pkg.Scope().Insert(o)
		}
	}
	var specs []ast.Spec
	for _, name := range sorted(qualifiers(seg)) {
		if seg.decls[name] || seg.Pkg.Scope().Lookup(name) != nil || types.Universe.Lookup(name) != nil {
			continue
		}
		if path, ok := s.path(c.names, name); ok {
			sp := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: `"` + path + `"`}}
			specs = append(specs, sp)
			file.Imports = append(file.Imports, sp)
		}
	}
	if len(specs) > 0 {
		file.Decls = append(file.Decls, &ast.GenDecl{Tok: token.IMPORT, Lparen: 1, Specs: specs})
	}
}

// qualifiers lists the names that stand before a dot.
func qualifiers(seg *Segment) map[string]bool {
	m := map[string]bool{}
	visit := func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				m[id.Name] = true
			}
		}
		return true
	}
	for _, p := range seg.pieces {
		if p.decl != nil {
			ast.Inspect(p.decl, visit)
		}
		for _, st := range p.stmts {
			ast.Inspect(st, visit)
		}
	}
	return m
}

func sorted(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// record writes the segment's declarations into the cell's view of the session.
func (s *Scope) record(c *Checked, seg *Segment) error {
	replaced := seg.replaced(c.names)
	for name := range seg.decls {
		o := seg.Pkg.Scope().Lookup(name)
		if o == nil {
			continue
		}
		old := c.names.objects[name]
		if sameThing(old, o) {
			seg.Same[o] = old
			continue
		}
		c.names.objects[name] = o
		delete(c.names.imports, name)
	}
	for _, f := range seg.Funcs {
		if f.Recv == nil {
			c.names.decls[f.Name.Name] = f
		}
		delete(c.names.waiting, funcKey(f))
		if missing := seg.Waiting[f]; missing != nil {
			c.names.waiting[funcKey(f)] = waiting{f, missing, c.Source}
		}
	}
	c.names.users.note(seg)
	s.stale(c, seg, replaced)
	return nil
}

// sameThing reports whether a name declared again with the same type goes on being the older object.
func sameThing(old, o types.Object) bool {
	switch o.(type) {
	case *types.Var:
		v, ok := old.(*types.Var)
		return ok && v.Type() != nil && types.Identical(v.Type(), o.Type())
	case *types.Func:
		f, ok := old.(*types.Func)
		return ok && o.Type().(*types.Signature).TypeParams() == nil && types.Identical(f.Type(), o.Type())
	}
	return false
}

// failure words one fault at a position of the cell.
func (s *Scope) failure(src Source, name string, pos token.Pos, message, hint string) error {
	at := s.fset.Position(pos)
	return NewError(src, name, Diagnostic{Cell: src.Number, Line: at.Line, Column: at.Column, Message: message, Hint: hint})
}

// checking is one run of go/types over a segment.
type checking struct {
	scope *Scope
	seg   *Segment
	src   Source
	errs  []types.Error
}

func (ck *checking) run(file *ast.File, pkg *types.Package) {
	ck.seg.Info = &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Instances:  map[*ast.Ident]types.Instance{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
	conf := types.Config{
		GoVersion: GoVersion,
		Importer:  ck.scope.importer,
		Sizes:     types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			var te types.Error
			if errors.As(err, &te) && !ck.forgiven(te) {
				ck.errs = append(ck.errs, te)
			}
		},
	}
	defer func() {
		if r := recover(); r != nil { // a fault of the checker's own must not end the session
			ck.errs = append(ck.errs, types.Error{Fset: ck.scope.fset, Pos: file.FileEnd, Msg: fmt.Sprint("the type checker failed: ", r)})
		}
	}()
	// The collected errors say more than the one returned.
	_ = types.NewChecker(&conf, ck.scope.fset, pkg, ck.seg.Info).Files([]*ast.File{file})
}

// forgiven lists what is an error in a file and none in a cell: what is unused, and a value as the last line.
func (ck *checking) forgiven(e types.Error) bool {
	if strings.Contains(e.Msg, "declared and not used") && !strings.HasPrefix(e.Msg, "label ") || strings.Contains(e.Msg, "imported and not used") ||
		strings.Contains(e.Msg, "imported as") && strings.HasSuffix(e.Msg, "and not used") {
		return true
	}
	// Cells are packages of their own to the checker, but one to the user.
	if strings.HasPrefix(e.Msg, "implicit assignment to unexported field") && strings.Contains(e.Msg, "type "+MainPath+".") {
		return true
	}
	last := ck.seg.Last
	return last != nil && e.Pos >= last.Pos() && e.Pos <= last.End() && strings.HasSuffix(e.Msg, "is not used")
}

const mostErrors = 5

// result is nil, or the errors in the order of the text.
func (ck *checking) result() error {
	if len(ck.errs) == 0 {
		return nil
	}
	sort.SliceStable(ck.errs, func(i, j int) bool { return ck.errs[i].Pos < ck.errs[j].Pos })
	var ds []Diagnostic
	for _, e := range ck.errs {
		if strings.HasPrefix(e.Msg, "\t") || len(ds) == mostErrors {
			continue
		}
		at := ck.scope.fset.Position(e.Pos)
		line, col := within(ck.src.Text, at.Line, at.Column)
		ds = append(ds, Diagnostic{Cell: ck.src.Number, Line: line, Column: col, Message: plainWords(e.Msg), Hint: ck.hint(e.Msg)})
	}
	return NewError(ck.src, errorName(ck.errs[0].Msg), ds...)
}
