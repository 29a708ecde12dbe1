package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A Segment is a run of pieces in which every name has one meaning. Most cells are one segment; a name that is
// given a new meaning half-way (x := x + 1, with an older x) begins another.
type Segment struct {
	Pkg    *types.Package
	Info   *types.Info
	Types  []*ast.TypeSpec
	Consts []*ast.GenDecl
	Funcs  []*ast.FuncDecl
	Late   []*ast.FuncDecl // methods of types that earlier cells declared
	Body   []ast.Stmt      // in the order they run; := and var at this level declare the session's variables
	Last   ast.Expr        // the expression the cell ends with, or nil
	Show   bool            // whether its value is to be shown

	// Same maps a variable or function that is declared again with an identical type to the first one: they
	// are one and the same at run time.
	Same map[types.Object]types.Object

	// Waiting maps the functions that cannot run yet to the names they need.
	Waiting map[*ast.FuncDecl][]string

	revived []waiting // functions of earlier cells that no longer wait
	imports []*ast.ImportSpec
	pieces  []piece
	decls   map[string]bool // names the segment declares
	fresh   int             // temporaries made so far
}

// segments groups a cell's pieces.
func segments(pieces []piece, older names, show bool) []*Segment {
	g := grouping{older: older, known: map[string]bool{}}
	g.begin()
	for i, p := range pieces {
		g.add(p, i == len(pieces)-1, show)
	}
	return g.done
}

type grouping struct {
	older     names
	known     map[string]bool // variables that earlier segments of the cell define
	done      []*Segment
	seg       *Segment
	defined   map[string]bool // by statements of this segment
	hoisted   map[string]bool // types, functions and constants of this segment
	mentioned map[string]bool // by statements of this segment
}

func (g *grouping) begin() {
	g.seg = &Segment{decls: map[string]bool{}, Same: map[types.Object]types.Object{}}
	g.done = append(g.done, g.seg)
	for name := range g.defined {
		g.known[name] = true
	}
	g.defined, g.hoisted, g.mentioned = map[string]bool{}, map[string]bool{}, map[string]bool{}
}

func (g *grouping) add(p piece, last, show bool) {
	switch p.kind {
	case statement, varDecl:
		for _, s := range p.stmts {
			g.statement(p, s)
		}
		if e, ok := g.lastExpr(p); ok && last {
			g.seg.Body = g.seg.Body[:len(g.seg.Body)-1]
			g.seg.Last, g.seg.Show = e, show
		}
	default:
		g.declare(p)
	}
}

func (g *grouping) lastExpr(p piece) (ast.Expr, bool) {
	if len(p.stmts) != 1 {
		return nil, false
	}
	s, ok := p.stmts[0].(*ast.ExprStmt)
	if !ok {
		return nil, false
	}
	return s.X, true
}

func (g *grouping) declare(p piece) {
	g.seg.pieces = append(g.seg.pieces, p)
	switch d := p.decl.(type) {
	case *ast.FuncDecl:
		g.seg.Funcs = append(g.seg.Funcs, d)
		if d.Recv == nil && d.Name.Name != "init" {
			g.hoist(d.Name.Name)
		}
	case *ast.GenDecl:
		for _, sp := range d.Specs {
			switch sp := sp.(type) {
			case *ast.TypeSpec:
				g.seg.Types = append(g.seg.Types, sp)
				g.hoist(sp.Name.Name)
			case *ast.ValueSpec:
				for _, id := range sp.Names {
					g.hoist(id.Name)
				}
			case *ast.ImportSpec:
				g.seg.imports = append(g.seg.imports, sp)
			}
		}
		if d.Tok == token.CONST {
			g.seg.Consts = append(g.seg.Consts, d)
		}
	}
}

func (g *grouping) hoist(name string) {
	if name != "_" {
		g.hoisted[name], g.seg.decls[name] = true, true
	}
}

// statement adds one statement, in a segment of its own when it changes what a name means.
func (g *grouping) statement(p piece, s ast.Stmt) {
	defs, isVar := defines(s)
	if g.conflicts(defs, isVar, p) {
		g.begin()
	}
	if g.rebindsItself(defs, p) {
		s = g.viaTemporaries(p, s, defs)
		p = piece{kind: statement, stmts: []ast.Stmt{s}}
	}
	g.seg.pieces = append(g.seg.pieces, piece{kind: p.kind, stmts: []ast.Stmt{s}, unresolved: p.unresolved})
	g.seg.Body = append(g.seg.Body, s)
	for name := range p.unresolved {
		g.mentioned[name] = true
	}
	for _, id := range defs {
		g.defined[id.Name], g.seg.decls[id.Name] = true, true
	}
}

func (g *grouping) conflicts(defs []*ast.Ident, isVar bool, p piece) bool {
	fresh := false
	for _, id := range defs {
		switch {
		case g.hoisted[id.Name], isVar && g.defined[id.Name]:
			return true
		case g.defined[id.Name]:
		case g.isOlder(id.Name) && g.mentioned[id.Name]:
			return true
		default:
			fresh = true
		}
	}
	return len(defs) > 0 && !fresh
}

func (g *grouping) isOlder(name string) bool { return g.older.objects[name] != nil || g.known[name] }

// rebindsItself reports a definition whose right side speaks of the older variable of the same name.
func (g *grouping) rebindsItself(defs []*ast.Ident, p piece) bool {
	for _, id := range defs {
		if _, ok := p.unresolved[id.Name]; ok && !g.defined[id.Name] && g.isOlder(id.Name) {
			return true
		}
	}
	return false
}

// viaTemporaries computes the right side into temporaries first, and defines the names from those in a new segment.
func (g *grouping) viaTemporaries(p piece, s ast.Stmt, defs []*ast.Ident) ast.Stmt {
	temps := make(map[string]*ast.Ident)
	var left, right []ast.Expr
	for _, id := range defs {
		g.seg.fresh++
		t := &ast.Ident{NamePos: id.NamePos, Name: fmt.Sprintf("ǃ%s%d", id.Name, g.seg.fresh)}
		temps[id.Name] = t
		left, right = append(left, id), append(right, &ast.Ident{NamePos: id.NamePos, Name: t.Name})
	}
	first := renamed(s, temps)
	g.seg.pieces = append(g.seg.pieces, piece{kind: statement, stmts: []ast.Stmt{first}, unresolved: p.unresolved})
	g.seg.Body = append(g.seg.Body, first)
	for _, t := range temps {
		g.seg.decls[t.Name] = true
		g.older.objects[t.Name] = types.NewVar(t.NamePos, nil, t.Name, nil)
	}
	g.begin()
	for _, r := range right {
		g.mentioned[r.(*ast.Ident).Name] = true
	}
	return &ast.AssignStmt{Lhs: left, TokPos: s.Pos(), Tok: token.DEFINE, Rhs: right}
}

// renamed copies a definition with other names on its left side.
func renamed(s ast.Stmt, to map[string]*ast.Ident) ast.Stmt {
	if a, ok := s.(*ast.AssignStmt); ok {
		b := *a
		b.Lhs = make([]ast.Expr, len(a.Lhs))
		for i, l := range a.Lhs {
			b.Lhs[i] = l
			if t := to[l.(*ast.Ident).Name]; t != nil {
				b.Lhs[i] = t
			}
		}
		return &b
	}
	d := *s.(*ast.DeclStmt).Decl.(*ast.GenDecl)
	d.Specs = append([]ast.Spec(nil), d.Specs...)
	for i, sp := range d.Specs {
		v := *sp.(*ast.ValueSpec)
		v.Names = append([]*ast.Ident(nil), v.Names...)
		for j, id := range v.Names {
			if t := to[id.Name]; t != nil {
				v.Names[j] = t
			}
		}
		d.Specs[i] = &v
	}
	return &ast.DeclStmt{Decl: &d}
}

// defines lists the names, blanks aside, that a top-level statement declares.
func defines(s ast.Stmt) (ids []*ast.Ident, isVar bool) {
	add := func(id *ast.Ident) {
		if id.Name != "_" {
			ids = append(ids, id)
		}
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok {
					add(id)
				}
			}
		}
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			isVar = true
			for _, sp := range d.Specs {
				for _, id := range sp.(*ast.ValueSpec).Names {
					add(id)
				}
			}
		}
	}
	return ids, isVar
}
