package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// apart is what keeps two turns of a loop from one another, so that what the second does first may be done before the first has
// ended: it reads nothing that what ends a turn sets, sets only variables of its own, and cannot fail.
type apart struct {
	f       *fn
	c       counted
	fixed   map[*types.Var]int64 // slices and the lengths that constant indices need
	walked  []walkedBy           // the elements by the counter whose bounds are not known
	read    map[*types.Var]bool  // slices that are read before, and then set
	written map[*types.Var]bool
	by      map[*types.Var][]int64 // what is added to the counter to index them, or everywhere
	vars    map[*types.Var]bool    // that what ends a turn sets
}

// A walkedBy is an element at the counter plus a constant.
type walkedBy struct {
	slice *types.Var
	plus  int64
}

// apartOf finds out what two turns share; nil when they cannot be kept apart.
func (f *fn) apartOf(c counted, in innerLoop) *apart {
	p := &apart{f: f, c: c, fixed: map[*types.Var]int64{}, read: map[*types.Var]bool{}, written: map[*types.Var]bool{},
		by: map[*types.Var][]int64{}, vars: map[*types.Var]bool{}}
	if c.value != nil && !p.reads(c.over, 0) {
		return nil
	}
	for _, s := range in.before {
		if !p.begins(s) {
			return nil
		}
	}
	for _, s := range in.after {
		if !p.ends(s) {
			return nil
		}
	}
	for _, s := range append(in.before[:len(in.before):len(in.before)], in.at) {
		if f.speaksOf(s, func(v *types.Var) bool { return p.vars[v] && !inside(c.body, v) }) {
			return nil
		}
	}
	for s := range p.read {
		if p.written[s] && !same(p.by[s]) {
			return nil
		}
	}
	return p
}

// everywhere stands for an index that is not the counter plus a constant.
const everywhere = 1 << 40

func same(list []int64) bool {
	for _, x := range list {
		if x != list[0] || x == everywhere {
			return false
		}
	}
	return true
}

// begins reports a statement that sets variables of the turn, and cannot fail.
func (p *apart) begins(s ast.Stmt) bool {
	ok := p.pure(s, true)
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				ok = ok && p.ofBody(l)
			}
			switch n.Tok {
			case token.QUO_ASSIGN, token.REM_ASSIGN, token.SHL_ASSIGN, token.SHR_ASSIGN:
				ok = ok && isFloat(basicOf(p.f.typeOf(n.Lhs[0])))
			}
		case *ast.IncDecStmt:
			ok = ok && p.ofBody(n.X)
		case *ast.IndexExpr:
			ok = ok && p.element(n)
		}
		return ok
	})
	return ok
}

// ofBody reports a name that the loop's body declares.
func (p *apart) ofBody(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	if v := p.f.varOf(id); v != nil {
		return inside(p.c.body, v)
	}
	return true
}

// ends reports a statement that sets variables and elements.
func (p *apart) ends(s ast.Stmt) bool {
	ok := p.pure(s, false)
	set := func(e ast.Expr) {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			if v := p.f.varOf(e); v != nil {
				p.vars[v] = true
			}
		case *ast.IndexExpr:
			v := p.f.varOf(e.X)
			if !p.steady(v) {
				ok = false
				return
			}
			p.written[v] = true
			p.by[v] = append(p.by[v], p.plus(e))
		default:
			ok = false
		}
	}
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				set(l)
			}
		case *ast.IncDecStmt:
			set(n.X)
		}
		return ok
	})
	return ok
}

// pure reports code without side effects but for assignments, and without ways out; with sure, such that cannot fail.
func (p *apart) pure(n ast.Node, sure bool) bool {
	ok := true
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt, *ast.ReturnStmt, *ast.LabeledStmt, *ast.SwitchStmt, *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit, *ast.SliceExpr,
			*ast.CompositeLit:
			ok = false
		case *ast.CallExpr:
			ok = ok && p.pureCall(n)
		case *ast.BinaryExpr:
			ok = ok && (!sure || p.sure(n))
		}
		return ok
	})
	return ok
}

func (p *apart) pureCall(e *ast.CallExpr) bool {
	tv := p.f.info.Types[ast.Unparen(e.Fun)]
	switch {
	case tv.IsType():
		return true
	case tv.IsBuiltin():
		name := builtinName(ast.Unparen(e.Fun))
		return name == "len" || name == "cap" || name == "min" || name == "max"
	}
	return mathName(p.f.info, e) != ""
}

// sure reports an operation that cannot fail.
func (p *apart) sure(e *ast.BinaryExpr) bool {
	switch e.Op {
	case token.QUO, token.REM, token.SHL, token.SHR:
	default:
		return true
	}
	if !isInteger(basicOf(p.f.typeOf(e.X))) {
		return true
	}
	by := p.f.info.Types[e.Y].Value
	return p.f.info.Types[e].Value != nil || by != nil && integer(by) > 0
}

// element notes an element that is read, and reports whether its index can be known to be in bounds before the loop.
func (p *apart) element(e *ast.IndexExpr) bool {
	s := p.f.varOf(e.X)
	if !p.steady(s) {
		return false
	}
	if v := p.f.valueOf(e.Index); v != nil {
		n := integer(v)
		if n < 0 || n >= farthestWritten {
			return false
		}
		p.fixed[s] = max(p.fixed[s], n+1)
		p.read[s] = true
		p.by[s] = append(p.by[s], everywhere)
		return true
	}
	plus := p.plus(e)
	return plus != everywhere && p.reads(s, plus)
}

// reads notes that the element of a slice at the counter plus a constant is read.
func (p *apart) reads(s *types.Var, plus int64) bool {
	if !p.steady(s) {
		return false
	}
	p.read[s] = true
	p.by[s] = append(p.by[s], plus)
	if !p.f.facts.knows(p.c.v, walked{s, 1}, plus) {
		p.walked = append(p.walked, walkedBy{s, plus})
	}
	return true
}

// steady reports a slice from outside the loop, in locals, that nothing changes.
func (p *apart) steady(s *types.Var) bool {
	if s == nil || !p.f.steady(s) || inside(p.c.body, s) || p.f.slots[s] == nil || p.f.slots[s].shape.memory {
		return false
	}
	_, ok := s.Type().Underlying().(*types.Slice)
	return ok
}

// plus is what is added to the counter to index an element.
func (p *apart) plus(e *ast.IndexExpr) int64 {
	if v, factor, plus := p.f.affine(e.Index); v == p.c.v && factor == 1 {
		return plus
	}
	return everywhere
}

// speaksOf reports code that reads or sets one of some variables.
func (f *fn) speaksOf(n ast.Node, some func(*types.Var) bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := f.varOf(id)
			found = found || v != nil && some(v)
		}
		return !found
	})
	return found
}

// hold pushes whether what is read is in bounds, and no slice that is read lies where another is set.
func (p *apart) hold() {
	f := p.f
	p.c.limit()
	f.zero(i64)
	f.op(0x59) // i64.ge_s: a few less than the limit is a number, too
	for _, s := range sorted(p.fixed) {
		f.get(f.slots[s].locals[1])
		f.i64Const(p.fixed[s])
		f.op(0x59, 0x71) // i64.ge_s, and
	}
	for _, w := range p.walked {
		f.get(p.c.local)
		f.i64Const(-w.plus)
		f.op(0x59, 0x71)
		p.c.limit()
		f.get(f.slots[w.slice].locals[1])
		f.i64Const(w.plus)
		f.op(0x7d)
		f.op(0x57, 0x71) // limit ≤ length − plus, and
	}
	for _, r := range sorted(p.read) {
		for _, w := range sorted(p.written) {
			if r != w {
				p.beyond(r, w)
				p.beyond(w, r)
				f.op(0x72, 0x71) // or, and
			}
		}
	}
}

// beyond pushes whether one slice begins where another has ended.
func (p *apart) beyond(a, b *types.Var) {
	f := p.f
	f.get(f.slots[a].locals[0])
	f.op(0xad) // i64.extend_i32_u
	f.get(f.slots[b].locals[0])
	f.op(0xad)
	f.get(f.slots[b].locals[1])
	f.i64Const(f.slots[b].shape.elem.size)
	f.op(0x7e, 0x7c)
	f.op(0x59)
}

// grant takes what holds for known.
func (p *apart) grant(known facts) {
	for s, n := range p.fixed {
		known.atLeast[s] = max(known.atLeast[s], n)
	}
	for _, w := range p.walked {
		known.inside(p.c.v, w.slice, span{w.plus, w.plus})
	}
}
