package lower

import (
	"go/ast"
	"go/token"
	"go/types"

	"scorebook/kernel/cell"
	"scorebook/kernel/native"
)

// A variable that a cell declares with a function literal, and that nothing sets again, is fixed: machine code calls it as
// it calls a declared function. It is fixed from its declaration on, for what follows in the cell and in later ones; what
// comes before waits until the cell has run. It is fixed no longer when a cell sets it, takes its address or declares it
// again, or when the cell that declared it failed.

// A pair is a variable and the literal that a statement declares it with.
type pair struct {
	id  *ast.Ident
	lit *ast.FuncLit
}

// fixedBy lists what a statement of the cell itself declares with literals.
func fixedBy(s ast.Stmt) (pairs []pair) {
	add := func(names []*ast.Ident, values []ast.Expr) {
		for i, v := range values {
			if lit, ok := ast.Unparen(v).(*ast.FuncLit); ok && len(names) == len(values) {
				pairs = append(pairs, pair{names[i], lit})
			}
		}
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		var names []*ast.Ident
		for _, e := range s.Lhs {
			id, _ := e.(*ast.Ident)
			names = append(names, id)
		}
		if s.Tok == token.DEFINE {
			add(names, s.Rhs)
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				add(v.Names, v.Values)
			}
		}
	}
	return pairs
}

// setIn lists the variables of func type that a segment sets otherwise than by declaring them, or takes the address of.
func setIn(seg *cell.Segment) map[types.Object]bool {
	set := map[types.Object]bool{}
	note := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v := functionVariable(seg.Info.Uses[id]); v != nil {
				set[v] = true
			}
		}
	}
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				note(e)
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				note(n.Key)
				note(n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X)
			}
		}
		return true
	}
	for _, s := range seg.Body {
		ast.Inspect(s, look)
	}
	for _, d := range seg.Funcs {
		ast.Inspect(d, look)
	}
	if seg.Last != nil {
		ast.Inspect(seg.Last, look)
	}
	return set
}

// functionVariable is the object as a variable of a func type without methods, or nil.
func functionVariable(o types.Object) *types.Var {
	v, ok := o.(*types.Var)
	if !ok {
		return nil
	}
	if _, ok := v.Type().(*types.Signature); !ok {
		return nil
	}
	return v
}

// foresee finds what the cell fixes, and frees what it sets.
func (l *Lowerer) foresee(c *cell.Checked) {
	l.set, l.coming, l.fixedNow = map[types.Object]bool{}, map[string]bool{}, nil
	for _, seg := range c.Segments {
		for v := range setIn(seg) {
			l.set[v] = true
			l.free(l.globals[v])
		}
	}
}

// free makes a variable one that machine code does not call.
func (l *Lowerer) free(name string) {
	src := l.sources[name]
	if src == nil {
		return
	}
	if _, ok := src.Node.(*ast.FuncLit); ok {
		delete(l.sources, name)
		l.forget(name)
	}
}

// expect frees the variables that a segment declares again, and notes those that it is to fix.
func (l *Lowerer) expect(seg *cell.Segment) {
	for _, s := range seg.Body {
		for _, p := range fixedBy(s) {
			v := functionVariable(seg.Info.Defs[p.id])
			if v == nil || l.globals[v] == "" {
				continue
			}
			l.free(l.globals[v])
			if l.set[v] {
				continue
			}
			l.coming[l.globals[v]] = true
			for _, n := range l.natives {
				n.waiting = n.waiting || n.given && n.Program == nil && n.uses[l.globals[v]]
			}
		}
	}
}

// fix fixes the variables that a statement has declared, whose literals are machine code.
func (l *Lowerer) fix(seg *cell.Segment, s ast.Stmt) {
	for _, p := range fixedBy(s) {
		v := functionVariable(seg.Info.Defs[p.id])
		if v == nil || !l.coming[l.globals[v]] {
			continue
		}
		for _, n := range l.natives {
			if n.source != nil && n.source.Node == p.lit && n.Compiled {
				l.sources[l.globals[v]] = &native.Source{Name: p.id.Name, Node: p.lit, Info: seg.Info, Object: v}
				l.fixedNow = append(l.fixedNow, l.globals[v])
			}
		}
	}
}

// Settle is told how the latest cell ended. It returns what is compiled now that what it waited for is fixed or, where
// that never was declared, what is interpreted again.
func (l *Lowerer) Settle(well bool) []*Native {
	l.bind = nil
	if !well {
		for _, name := range l.fixedNow {
			l.free(name)
		}
	}
	for _, n := range l.natives {
		if n.waiting && n.given && well {
			l.build(n, func(*types.Var) bool { return true })
			l.bind = append(l.bind, n)
		}
		n.waiting = false
	}
	return l.bind
}
