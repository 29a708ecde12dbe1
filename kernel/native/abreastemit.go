package native

import (
	"go/ast"
	"go/types"
)

// turnsAbreast runs turns of a loop abreast for as long as there are enough, when it has that form. What is left of them is the
// caller's.
func (f *fn) turnsAbreast(n ast.Stmt, c counted) {
	outer := f.facts
	f.facts = outer.branch()
	if c.assume != nil {
		c.assume()
	}
	if a := f.abreastOf(c); a != nil {
		a.plan.hold()
		f.iff()
		a.plan.grant(f.facts)
		a.groups(n)
		f.end()
	}
	f.facts = outer
	f.forgetChanged(n)
}

func (a *abreast) groups(n ast.Stmt) {
	f := a.f
	last := f.local(i64) // with which no group begins
	a.c.limit()
	f.i64Const(a.turns() - 1)
	f.op(0x7d)
	f.set(last)
	a.lanes.hoist()
	if a.inner.even {
		a.beginEven()
	}
	known := f.facts
	f.turns(n, "", turn{
		leave: func(out label) facts {
			f.get(a.c.local)
			f.get(last)
			f.op(0x59) // i64.ge_s
			f.jump(out, true)
			return f.facts
		},
		body: func() { a.group(known) },
		post: func() { f.moveOn(a.c, 1) },
	})
}

// group is the turns that run together, of each of which known holds. The counter ends at the last.
func (a *abreast) group(known facts) {
	f := a.f
	each := func(turn func(s *strand, lane byte)) {
		for k := range a.turns() {
			if k > 0 {
				f.moveOn(a.c, 1)
			}
			f.given(known, func() { turn(a.strands[k/2], byte(k%2)) })
		}
	}
	each(a.prepare)
	if a.inner.even {
		a.unlessFits()
		a.runEven()
	} else {
		a.runUneven()
	}
	f.moveOn(a.c, 1-a.turns())
	each(a.finish)
}

// runUneven is the inner loop where a turn leaves it when it likes.
func (a *abreast) runUneven() {
	f := a.f
	for _, s := range a.strands {
		f.vectorConst(^uint64(0), ^uint64(0))
		f.set(s.runs)
	}
	copies := max(f.copies(a.inner.body)/int64(len(a.strands)), 2)
	f.turns(a.inner.at, "", turn{
		leave: func(out label) facts {
			for i, s := range a.strands {
				f.get(s.runs)
				if i > 0 {
					f.vector(v128Or)
				}
			}
			f.vector(v128Any)
			f.jump(out, false)
			return f.facts
		},
		body: func() {
			for range copies { // to look sooner is not worth it: a turn too many sets nothing
				a.write()
			}
		},
		post: func() {},
	})
}

// prepare runs what stands before the inner loop, for one lane.
func (a *abreast) prepare(s *strand, lane byte) {
	f := a.f
	if a.c.enter != nil {
		a.c.enter()
	}
	f.stmts(a.inner.before)
	if v := a.inner.counter; v != nil && !a.inner.even {
		f.declare(v)
	}
	for _, r := range s.rows {
		a.place(r, lane)
	}
	for _, v := range a.own {
		l := laneForms[basicOf(v.Type())]
		if lane == 1 {
			f.get(s.in[v])
		}
		f.get(f.slots[v].locals[0])
		if lane == 0 {
			f.vector(l.splat)
		} else {
			f.vectorLane(l.replace, 1)
		}
		f.set(s.in[v])
	}
}

// write is one turn of the inner loop.
func (a *abreast) write() {
	l := a.lanes
	for _, v := range l.order {
		v.held, v.pushed = v.held && (v.fixed || v.key.kind == laneParam), 0
	}
	var changed []uint32
	push := func(v *lane, to uint32) {
		if v.key.kind != laneParam || v.local != to {
			l.push(v)
			changed = append(changed, to)
		}
	}
	for _, s := range a.strands {
		for _, v := range a.own {
			push(s.vars[v], s.in[v])
		}
		if !a.inner.even {
			push(s.still, s.runs)
		}
	}
	a.f.setAll(changed)
}

// finish runs what stands after the inner loop, for one lane.
func (a *abreast) finish(s *strand, lane byte) {
	f := a.f
	for _, v := range a.own {
		if !a.later[v] {
			continue
		}
		f.get(s.in[v])
		f.vectorLane(laneForms[basicOf(v.Type())].extract, lane)
		f.set(f.slots[v].locals[0])
		f.facts.forget(v)
	}
	f.stmts(a.inner.after)
}

// laneForms are how scalars of a kind come into lanes, and out of them.
var laneForms = map[types.BasicKind]struct{ splat, extract, replace uint64 }{
	types.Float64: {f64x2Splat, f64x2Extract, f64x2Replace},
	types.Int:     {i64x2Splat, i64x2Extract, i64x2Replace},
}
