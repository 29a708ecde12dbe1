package native

import (
	"go/ast"
	"go/types"
)

// chunks runs a counted loop in stretches. A stretch ends where the remaining fuel ends, so that a turn need not
// count it; and a short loop has a second form, without bounds checks for the slices that its counter walks, for as
// long as the counter is in all of them.
func (f *fn) chunks(n ast.Stmt, name string, c counted, body func()) {
	if f.written(n, name, c, body) {
		return
	}
	f.forgetChanged(n)
	if c.v != nil && c.start >= 0 {
		f.natural[c.v] = true
	}
	f.turnsAbreast(n, c)
	outer := f.facts
	f.facts = outer.branch()
	if c.assume != nil {
		c.assume()
	}
	assumed := f.facts
	ringed := f.ringsOf(c)
	f.ringed = ringed.of
	strides := f.beginStrides(c)
	guard := f.guard(c, strides, ringed)
	f.ringed = nil
	stop, free := f.local(i64), f.local(i32)
	out := f.block()
	again := f.loop()
	f.get(c.local)
	c.limit()
	f.op(0x59) // i64.ge_s
	f.jump(out, true)
	f.stretch(c, stop, free, guard)
	f.facts = assumed.branch()
	if guard.empty() {
		f.unrolled(name, c, guard, stop, out, body)
	} else {
		checked := f.block()
		f.get(free)
		f.jump(checked, false)
		guard.grant(f.facts)
		f.ringed = ringed.of
		if nodes(c.body) > mostLeft && f.inLanes(c, guard, stop) { // the form with bounds checks does for what is left
			f.get(c.local)
			f.get(stop)
			f.op(0x59)
			f.jump(again, true)
		} else {
			f.unrolled(name, c, guard, stop, out, body)
			f.br(again)
		}
		f.ringed = nil
		f.end()
		f.facts = assumed.branch()
		f.rounds(name, c, guard, 1, stop, out, body)
	}
	f.br(again)
	f.end()
	f.end()
	f.endStrides(strides)
	f.facts = outer
	f.forgetChanged(n)
}

// mostLeft is how many nodes of syntax a loop in lanes may have to get a form of its own for the turns that are left.
const mostLeft = 120

// unrolled is the loop over one stretch with several turns at a time, in lanes or in copies, then the turns that are left.
func (f *fn) unrolled(name string, c counted, guard guards, stop uint32, out label, body func()) {
	if f.inLanes(c, guard, stop) {
		f.left(name, c, guard, stop, out, body)
		return
	}
	copies := f.copies(c.body)
	if copies == 1 {
		f.rounds(name, c, guard, 1, stop, out, body)
		return
	}
	known := f.facts.branch()
	whole := f.wholeTurns(c, copies, stop)
	f.iff()
	f.rounds(name, c, guard, copies, whole, out, body, stop)
	f.end()
	f.facts = known
	f.left(name, c, guard, stop, out, body)
}

// wholeTurns is where the last whole number of so many turns before stop ends; it pushes whether there is one.
func (f *fn) wholeTurns(c counted, turns int64, stop uint32) (whole uint32) {
	whole = f.local(i64)
	f.get(c.local)
	f.get(stop)
	f.get(c.local)
	f.op(0x7d)
	f.i64Const(-turns)
	f.op(0x83, 0x7c) // counter + (stop−counter) rounded down
	f.tee(whole)
	f.get(c.local)
	f.op(0x55) // i64.gt_s
	return whole
}

// left runs the turns that are left, one at a time.
func (f *fn) left(name string, c counted, guard guards, stop uint32, out label, body func()) {
	f.get(c.local)
	f.get(stop)
	f.op(0x53)
	f.iff()
	f.rounds(name, c, guard, 1, stop, out, body)
	f.end()
}

// rounds is the loop up to an end, so many turns at a time. What is paid for ends at the last of the ends.
func (f *fn) rounds(name string, c counted, guard guards, copies int64, end uint32, out label, body func(), paid ...uint32) {
	known := f.facts.branch()
	carried := f.beginCarry(c.body, known)
	top := f.loop()
	f.touch(c, guard, copies)
	stop := append(paid, end)[0]
	for k := range copies {
		last := f.facts
		f.facts = known.branch()
		switch {
		case k > 0 && straight(c.body):
			f.keepValues(last, func(v *types.Var) bool { return inside(c.body, v) })
		case k > 0:
			f.renew(guard)
			f.touch(c, guard, copies)
		}
		for _, st := range guard.walked {
			st.ahead = k * st.key.factor
		}
		next := f.block()
		f.jumps = append(f.jumps, jump{name: name, out: out, next: next, counter: c.local, stop: stop, counted: true})
		body()
		f.jumps = f.jumps[:len(f.jumps)-1]
		f.end()
		f.moveOn(c, 1)
	}
	f.carry(carried)
	f.advance(guard.walked, copies)
	f.get(c.local)
	f.get(end)
	f.op(0x53) // i64.lt_s
	f.jump(top, true)
	f.end()
}

// moveOn moves the counter on by so many turns.
func (f *fn) moveOn(c counted, turns int64) {
	f.get(c.local)
	f.i64Const(turns)
	f.op(0x7c)
	f.set(c.local)
}

// stretch sets stop to where the limit, the fuel, or the shortest of the guarded slices ends, and takes the turns off
// the fuel. free says whether the counter is within those slices; if not, they do not bound the stretch.
func (f *fn) stretch(c counted, stop, free uint32, guard guards) {
	f.get(f.fuel)
	f.i32Const(0)
	f.op(0x4c) // i32.le_s
	f.iff()
	f.yield(f.pos)
	f.end()
	c.limit()
	f.set(stop)
	if !guard.empty() {
		f.shorten(c, stop, free, guard)
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
