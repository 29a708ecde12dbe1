package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A jump is where break and continue of an enclosing statement go.
type jump struct {
	name  string
	out   label // break
	next  label // continue; 0 when the statement is no loop
	plain bool  // a labelled block, which only break with its name leaves
}

func (f *fn) branchStmt(s *ast.BranchStmt) {
	switch s.Tok {
	case token.GOTO:
		refuse(s, "goto")
	case token.FALLTHROUGH:
		return // the bodies of a switch follow one another
	}
	for i := len(f.jumps) - 1; i >= 0; i-- {
		j := f.jumps[i]
		switch {
		case s.Label != nil && j.name != s.Label.Name, s.Label == nil && j.plain:
		case s.Tok == token.BREAK:
			f.br(j.out)
			return
		case j.next != 0:
			f.br(j.next)
			return
		}
	}
	refuse(s, "%s", s.Tok)
}

// forStmt tests its condition at the end of each turn, once more than written.
func (f *fn) forStmt(s *ast.ForStmt, name string) {
	if s.Init != nil {
		f.stmt(s.Init)
	}
	f.turns(s, name, turn{
		test: func() {
			if s.Cond == nil {
				f.i32Const(1)
			} else {
				f.expr(s.Cond)
			}
		},
		endless: s.Cond == nil,
		body: func() {
			f.assumeLoop(s)
			f.stmts(s.Body.List)
		},
		post: func() {
			if s.Post != nil {
				f.stmt(s.Post)
			}
		},
	})
}

// A turn is what a loop does in each round.
type turn struct {
	test, body, post func()
	endless          bool
}

func (f *fn) turns(n ast.Stmt, name string, t turn) {
	f.forgetChanged(n)
	outer := f.facts
	out := f.block()
	if !t.endless {
		f.facts = outer.branch()
		t.test()
		f.op(0x45)
		f.brIf(out)
	}
	top := f.loop()
	f.facts = outer.branch()
	next := f.block()
	f.jumps = append(f.jumps, jump{name: name, out: out, next: next})
	t.body()
	f.jumps = f.jumps[:len(f.jumps)-1]
	f.end()
	f.facts = outer.branch()
	t.post()
	f.tick(n)
	t.test()
	f.brIf(top)
	f.end()
	f.end()
	f.facts = outer
	f.forgetChanged(n)
}

// tick counts a loop turn. When the count runs out the host gets its turn: it may stop the program, and Go's
// collector and scheduler, which cannot interrupt compiled code, may run.
func (f *fn) tick(n ast.Stmt) {
	f.get(f.fuel)
	f.i32Const(1)
	f.op(0x6b)
	f.tee(f.fuel)
	f.op(0x45)
	f.iff()
	f.global(globalControl)
	f.importCall(runtimeModule, "yield", sign([]byte{i32}, []byte{i32}))
	f.tee(f.fuel)
	f.op(0x45)
	f.iff()
	f.trap(f.u.site(faultInterrupt, n.Pos()), nil, nil)
	f.end()
	f.end()
}

// assumeLoop knows for i := a; i < len(s); i++ with a ≥ 0, and i set nowhere else, that i lies in s.
func (f *fn) assumeLoop(s *ast.ForStmt) {
	i, ok := f.counter(s)
	if !ok {
		return
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.LSS || f.varOf(cond.X) != i {
		return
	}
	call, ok := cond.Y.(*ast.CallExpr)
	if !ok || !f.info.Types[call.Fun].IsBuiltin() || builtinName(call.Fun) != "len" {
		return
	}
	if v := f.varOf(call.Args[0]); f.steady(v) {
		f.facts.inside(i, v)
	}
}

// counter is the variable of for i := a; …; i++ with a constant a ≥ 0, when the body leaves it alone.
func (f *fn) counter(s *ast.ForStmt) (*types.Var, bool) {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 {
		return nil, false
	}
	post, ok := s.Post.(*ast.IncDecStmt)
	if !ok || post.Tok != token.INC {
		return nil, false
	}
	id, ok := init.Lhs[0].(*ast.Ident)
	if !ok {
		return nil, false
	}
	i, ok := f.info.Defs[id].(*types.Var)
	if !ok || basicOf(i.Type()) != types.Int || f.varOf(post.X) != i || f.look.writes[i] != 1 {
		return nil, false
	}
	start := f.info.Types[init.Rhs[0]].Value
	return i, start != nil && integer(start) >= 0
}

func (f *fn) varOf(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := f.info.Uses[id].(*types.Var)
	return v
}
