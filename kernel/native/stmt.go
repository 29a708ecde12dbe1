package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (f *fn) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *fn) stmt(s ast.Stmt) {
	label := f.label
	f.label = ""
	f.pos = s.Pos()
	switch s := s.(type) {
	case *ast.AssignStmt:
		f.assign(s)
	case *ast.IncDecStmt:
		f.incDec(s)
	case *ast.ExprStmt:
		f.exprStmt(s)
	case *ast.ReturnStmt:
		f.returnStmt(s)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.forStmt(s, label)
	case *ast.RangeStmt:
		f.rangeStmt(s, label)
	case *ast.SwitchStmt:
		f.switchStmt(s, label)
	case *ast.BlockStmt:
		f.labelled(label, func() { f.stmts(s.List) })
	case *ast.BranchStmt:
		f.branchStmt(s)
	case *ast.LabeledStmt:
		f.label = s.Label.Name
		f.stmt(s.Stmt)
	case *ast.DeclStmt:
		f.declStmt(s)
	case *ast.EmptyStmt:
	default:
		refuse(s, "%s", statementName(s))
	}
}

func statementName(s ast.Stmt) string {
	switch s.(type) {
	case *ast.GoStmt:
		return "a go statement"
	case *ast.DeferStmt:
		return "a defer statement"
	case *ast.SelectStmt, *ast.SendStmt:
		return "a channel"
	case *ast.TypeSwitchStmt:
		return "a type switch"
	}
	return "this statement"
}

// labelled gives break a way out of a labelled block.
func (f *fn) labelled(label string, body func()) {
	if label == "" {
		body()
		return
	}
	out := f.block()
	f.jumps = append(f.jumps, jump{name: label, out: out, plain: true})
	outer := f.facts
	f.facts = outer.branch()
	body()
	f.jumps = f.jumps[:len(f.jumps)-1]
	f.end()
	// What the block found out after a break does not hold behind it; what it changed is no longer known.
	f.facts = newFacts()
}

func (f *fn) exprStmt(s *ast.ExprStmt) {
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok {
		refuse(s, "this statement")
	}
	before := len(f.code)
	f.expr(call)
	tv := f.info.Types[ast.Expr(call)]
	if tv.IsVoid() || len(f.code) == before {
		return
	}
	for range f.valuesOf(call, tv.Type) {
		f.op(0x1a)
	}
}

func (f *fn) valuesOf(n ast.Node, t types.Type) []byte {
	tuple, ok := t.(*types.Tuple)
	if !ok {
		return f.u.shapes.of(t, n.Pos()).vals()
	}
	var vs []byte
	for v := range tuple.Variables() {
		vs = append(vs, f.u.shapes.of(v.Type(), n.Pos()).vals()...)
	}
	return vs
}

func (f *fn) declStmt(s *ast.DeclStmt) {
	d := s.Decl.(*ast.GenDecl)
	switch d.Tok {
	case token.CONST, token.TYPE:
		return
	}
	for _, sp := range d.Specs {
		sp := sp.(*ast.ValueSpec)
		if len(sp.Values) == 0 {
			for _, id := range sp.Names {
				if v, ok := f.info.Defs[id].(*types.Var); ok && id.Name != "_" {
					f.declare(v)
				}
			}
			continue
		}
		as := &ast.AssignStmt{Tok: token.DEFINE, TokPos: sp.Pos(), Rhs: sp.Values}
		for _, id := range sp.Names {
			as.Lhs = append(as.Lhs, id)
		}
		f.assign(as)
	}
}

// returnStmt sets the results, undoes the prologue and leaves.
func (f *fn) returnStmt(s *ast.ReturnStmt) {
	switch {
	case len(s.Results) == 0:
	case len(s.Results) == 1 && len(f.result) > 1:
		f.returnCall(s)
	default:
		values := make([][]uint32, len(s.Results))
		for i, e := range s.Results {
			f.pushAs(e, f.result[i].shape.typ)
			values[i] = f.spill(f.result[i].shape)
			if f.result[i].shape.memory && len(s.Results) > 1 {
				f.get(values[i][0])
				values[i] = f.settle(f.result[i].shape)
			}
		}
		for i, v := range values {
			f.write(f.resultPlace(i), v)
		}
	}
	f.finish()
}

func (f *fn) returnCall(s *ast.ReturnStmt) {
	f.expr(s.Results[0])
	values := make([][]uint32, len(f.result))
	for i := len(f.result) - 1; i >= 0; i-- {
		values[i] = f.spill(f.result[i].shape)
	}
	for i, v := range values {
		f.write(f.resultPlace(i), v)
	}
}

func (f *fn) resultPlace(i int) place {
	r := f.result[i]
	return place{shape: r.shape, locals: r.locals, addr: r.addr, off: r.off}
}

func (f *fn) finish() {
	if f.done != 0 {
		f.br(f.done)
		return
	}
	f.refund(f.jumps)
	arrays := 0
	for _, r := range f.result {
		if r.shape.memory {
			f.copyMemory(f.out[arrays], 0, r.addr, r.off, r.shape.size)
			arrays++
		}
	}
	f.leave()
	for _, r := range f.result {
		if !r.shape.memory {
			f.getAll(r.locals)
		}
	}
	f.ret()
}

func (f *fn) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		f.stmt(s.Init)
	}
	if holds, ok := f.decided(s.Cond); ok {
		switch {
		case holds:
			f.stmts(s.Body.List)
		case s.Else != nil:
			f.stmt(s.Else)
		}
		f.forgetChanged(s)
		return
	}
	out := f.block()
	skip := out
	if s.Else != nil {
		skip = f.block()
	}
	passed := f.jumpIf(s.Cond, skip, false)
	f.given(passed, func() { f.stmts(s.Body.List) })
	if s.Else != nil {
		f.br(out)
		f.end()
		f.apart(func() { f.stmt(s.Else) })
	}
	f.end()
	f.forgetChanged(s)
}

// forgetChanged drops what was known of every variable that a statement sets, and of memory.
func (f *fn) forgetChanged(n ast.Node) {
	clear(f.facts.values)
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				f.forgetExpr(l)
			}
		case *ast.IncDecStmt:
			f.forgetExpr(n.X)
		case *ast.RangeStmt:
			f.forgetExpr(n.Key)
			f.forgetExpr(n.Value)
		}
		return true
	})
}

func (f *fn) forgetExpr(e ast.Expr) {
	if id, ok := e.(*ast.Ident); ok {
		if v, ok := f.info.Uses[id].(*types.Var); ok {
			f.facts.forget(v)
		}
	}
}
