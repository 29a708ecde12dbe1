package native

import "go/ast"

// chunks runs a counted loop in stretches. A stretch ends where the remaining fuel ends, so that a turn need not
// count it; and a short loop has a second form, without bounds checks for the slices that its counter walks, for as
// long as the counter is in all of them.
func (f *fn) chunks(n ast.Stmt, name string, c counted, body func()) {
	f.forgetChanged(n)
	outer := f.facts
	f.facts = outer.branch()
	if c.assume != nil {
		c.assume()
	}
	assumed := f.facts
	strides := f.beginStrides(c)
	unproven := f.unproven(c, strides)
	stop, free := f.local(i64), f.local(i32)
	out := f.block()
	again := f.loop()
	f.get(c.local)
	c.limit()
	f.op(0x59) // i64.ge_s
	f.jump(out, true)
	f.stretch(c, stop, free, unproven)
	round := func() { f.rounds(name, c, strides, stop, out, body) }
	f.facts = assumed.branch()
	if len(unproven) == 0 {
		round()
	} else {
		checked := f.block()
		f.get(free)
		f.jump(checked, false)
		for _, st := range unproven {
			f.facts.inside(c.v, st.key.slice, span{st.least, st.most})
		}
		round()
		f.br(again)
		f.end()
		f.facts = assumed.branch()
		round()
	}
	f.br(again)
	f.end()
	f.end()
	f.endStrides(strides)
	f.facts = outer
	f.forgetChanged(n)
}

// rounds is the loop over one stretch.
func (f *fn) rounds(name string, c counted, strides []*strided, stop uint32, out label, body func()) {
	top := f.loop()
	f.touch(c, strides)
	next := f.block()
	f.jumps = append(f.jumps, jump{name: name, out: out, next: next, counter: c.local, stop: stop, counted: true})
	body()
	f.jumps = f.jumps[:len(f.jumps)-1]
	f.end()
	f.advance(strides)
	f.get(c.local)
	f.i64Const(1)
	f.op(0x7c)
	f.tee(c.local)
	f.get(stop)
	f.op(0x53) // i64.lt_s
	f.jump(top, true)
	f.end()
}

// mostTwice is how many nodes of syntax a loop may have to be lowered in two forms.
const mostTwice = 200

// unproven lists the walked slices for which a bounds check is left that one look at their length would spare.
func (f *fn) unproven(c counted, strides []*strided) []*strided {
	if c.v == nil || nodes(c.body) > mostTwice || hasLoop(c.body) {
		return nil
	}
	var out []*strided
	for _, st := range strides {
		proven := f.facts.knows(c.v, st.key.slice, st.least) && f.facts.knows(c.v, st.key.slice, st.most)
		if !proven && c.start >= 0 && c.start+st.least >= 0 {
			out = append(out, st)
		}
	}
	return out
}

func hasLoop(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		}
		return !found
	})
	return found
}

// touch reads the last of the neighbouring elements that a turn reads, where all are known to be there. wazero then
// has checked the address for the others; the read itself it drops.
func (f *fn) touch(c counted, strides []*strided) {
	for _, st := range strides {
		if st.most > st.least && f.facts.knows(c.v, st.key.slice, st.most) && f.facts.knows(c.v, st.key.slice, st.least) {
			f.get(st.addr)
			f.memory(0x2d, 1, (st.most-st.least+1)*st.size-1)
			f.op(0x1a)
		}
	}
}

// stretch sets stop to where the limit, the fuel, or the shortest of the unproven slices ends, and takes the turns
// off the fuel. free says whether the counter is within those slices; if not, they do not bound the stretch.
func (f *fn) stretch(c counted, stop, free uint32, unproven []*strided) {
	f.get(f.fuel)
	f.i32Const(0)
	f.op(0x4c) // i32.le_s
	f.iff()
	f.yield(f.pos)
	f.end()
	c.limit()
	f.set(stop)
	if len(unproven) > 0 {
		f.shorten(c, stop, free, unproven)
	}
	turns := f.local(i64)
	f.get(stop)
	f.get(c.local)
	f.op(0x7d)
	f.tee(turns)
	f.get(f.fuel)
	f.op(0xad)
	f.get(turns)
	f.get(f.fuel)
	f.op(0xad)
	f.op(0x54, 0x1b) // u64.lt, select: the distance may be larger than an int
	f.tee(turns)
	f.get(c.local)
	f.op(0x7c)
	f.set(stop)
	f.get(f.fuel)
	f.get(turns)
	f.op(0xa7, 0x6b)
	f.set(f.fuel)
}

// shorten lowers stop to the end of the shortest unproven slice, if the counter is before that.
func (f *fn) shorten(c counted, stop, free uint32, unproven []*strided) {
	room, end := f.local(i64), f.local(i64)
	f.get(stop)
	f.set(room)
	for _, st := range unproven {
		f.get(f.slots[st.key.slice].locals[1])
		f.i64Const(st.most)
		f.op(0x7d)
		f.tee(end)
		f.get(room)
		f.get(end)
		f.get(room)
		f.op(0x53, 0x1b) // i64.lt_s, select
		f.set(room)
	}
	f.get(c.local)
	f.get(room)
	f.op(0x53)
	f.tee(free)
	f.iff()
	f.get(room)
	f.set(stop)
	f.end()
}

// refund gives back what loops that are left early have paid for and not run.
func (f *fn) refund(left []jump) {
	for _, j := range left {
		if !j.counted {
			continue
		}
		f.get(f.fuel)
		f.get(j.stop)
		f.get(j.counter)
		f.op(0x7d, 0xa7)
		f.i32Const(1)
		f.op(0x6b, 0x6a)
		f.set(f.fuel)
	}
}
