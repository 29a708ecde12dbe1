package native

import (
	"go/ast"
	"go/token"
)

// A jump is where break and continue of an enclosing statement go.
type jump struct {
	name  string
	out   label // break
	next  label // continue; 0 when the statement is no loop
	plain bool  // a labelled block, which only break with its name leaves

	counter, stop uint32 // of a stretch of a counted loop, whose turns are paid for
	counted       bool
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
			f.refund(f.jumps[i:])
			f.br(j.out)
			return
		case j.next != 0:
			f.refund(f.jumps[i+1:])
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
	if f.countedFor(s, name) {
		return
	}
	f.turns(s, name, turn{
		leave:   func(out label) facts { return f.jumpIf(s.Cond, out, false) },
		endless: s.Cond == nil,
		copies:  f.copies(s),
		body:    func() { f.stmts(s.Body.List) },
		post: func() {
			if s.Post != nil {
				f.stmt(s.Post)
			}
		},
	})
}

// A turn is what a loop does in each round.
type turn struct {
	leave      func(out label) facts // jumps out when the loop is over, and tells what is known when it is not
	body, post func()
	endless    bool
	copies     int64 // turns that are written out
}

func (f *fn) turns(n ast.Stmt, name string, t turn) {
	f.forgetChanged(n)
	outer := f.facts
	begin := outer // what is known where a turn begins
	out := f.block()
	if !t.endless {
		f.facts = outer.branch()
		begin = t.leave(out)
		clear(begin.values) // which are in other locals after the first turn
	}
	again := f.loop()
	top := f.loop()
	for range max(t.copies, 1) {
		f.facts = begin.branch()
		next := f.block()
		f.jumps = append(f.jumps, jump{name: name, out: out, next: next})
		t.body()
		f.jumps = f.jumps[:len(f.jumps)-1]
		f.end()
		f.facts = outer.branch()
		t.post()
		if !t.endless {
			t.leave(out)
		}
	}
	if f.look.fuel {
		f.get(f.fuel)
		f.i32Const(int32(max(t.copies, 1)))
		f.op(0x6b)
		f.tee(f.fuel)
		f.i32Const(0)
		f.op(0x4a) // i32.gt_s
		f.jump(top, true)
		f.end()
		f.yield(n.Pos())
		f.br(again)
	} else {
		f.br(top)
		f.end()
	}
	f.end()
	f.end()
	f.facts = outer
	f.forgetChanged(n)
}

// yield gives the host its turn when the count of loop turns has run out: it may stop the program, and Go's
// collector and scheduler, which cannot interrupt compiled code, may run. It stands in a loop around the loop,
// so that the inner one has no call in it and keeps its values in registers.
func (f *fn) yield(pos token.Pos) {
	f.global(globalControl)
	f.importCall(runtimeModule, "yield", sign([]byte{i32}, []byte{i32}))
	f.tee(f.fuel)
	f.op(0x45)
	f.iff()
	f.trap(f.u.site(faultInterrupt, pos), nil, nil)
	f.end()
}
