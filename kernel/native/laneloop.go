package native

import (
	"go/types"
	"math"
)

func floatBits(n int64) uint64 { return math.Float64bits(float64(n)) }

// inLanes runs turns of an innermost loop in two lanes for as long as they last before stop, and reports whether the loop has
// that form. It stands where no index of the loop can be out of bounds. What is left of the turns is the caller's.
func (f *fn) inLanes(c counted, guard guards, stop uint32) bool {
	turns := max(f.copies(c.body), 2)
	l := f.lanesOf(c, turns)
	if l == nil {
		return false
	}
	whole := f.wholeTurns(c, turns, stop)
	walks := guard.walked
	if l.each != nil {
		f.get(c.from)
		f.get(c.local)
		f.op(0xa7)
		f.i32Const(8)
		f.op(0x6c, 0x6a)
		f.set(l.each.addr)
		walks = append(walks[:len(walks):len(walks)], l.each)
	}
	l.lieApart()
	l.gatherInside(whole)
	f.iff()
	outer := f.facts
	f.facts = outer.branch()
	l.hoist()
	top := f.loop()
	f.touch(c, guard, turns)
	if l.each != nil {
		f.get(l.each.addr)
		f.memory(0x2d, 1, turns*8-1)
		f.op(0x1a)
	}
	for k := int64(0); k < turns; k += l.turns {
		l.write(k)
	}
	f.moveOn(c, turns)
	f.advance(walks, turns)
	f.get(c.local)
	f.get(whole)
	f.op(0x53) // i64.lt_s
	f.jump(top, true)
	f.end()
	f.end()
	f.facts = outer
	for _, s := range l.sums {
		f.facts.forget(s.v)
	}
	return true
}

// lanesOf makes the two-lane form of a loop's body, for so many turns together or, when they are not independent, for two; nil
// when there is none.
func (f *fn) lanesOf(c counted, turns int64) *lanes {
	if c.v == nil || f.src.template || f.u.elementary {
		return nil
	}
	l := f.readPairs(c, 1)
	if l == nil || len(l.stores)+len(l.sums) == 0 || l.spread && len(l.stores) > 0 || l.meet(1, 1) {
		return nil
	}
	if turns > 2 && !l.meet(1-turns, turns-1) {
		l = f.readPairs(c, turns/2)
	}
	if len(l.meetings()) > mostMeetings {
		return nil
	}
	var wanted []*lane
	for _, s := range l.stores {
		wanted = append(wanted, s.value)
	}
	for _, s := range l.sums {
		wanted = append(wanted, s.term, s.term)
	}
	l.settle(wanted...)
	if len(l.stores) == 0 && !l.sumsPay() {
		return nil
	}
	return l
}

// readPairs reads the body for so many pairs of turns. What two pairs have in common is made once.
func (f *fn) readPairs(c counted, pairs int64) *lanes {
	l := newLanes(f, c)
	l.turns, l.integers = 2*pairs, true
	for l.pair = range pairs {
		clear(l.vars)
		l.under = nil
		l.before = len(l.stores)
		l.element()
		if _, ok := l.run(c.body.List); !ok {
			return nil
		}
	}
	return l
}

// element gives the variable of a range over float64s its element.
func (l *lanes) element() {
	v := l.c.value
	if v == nil || basicOf(v.Type()) != types.Float64 {
		return
	}
	if l.each == nil {
		l.each = &strided{key: stride{walked: walked{factor: 1}}, addr: l.f.local(i32), size: 8}
	}
	l.touch(laneTouch{l.each, 0, false})
	l.vars[v] = l.lane(l.loadKey(l.each, 0))
}
