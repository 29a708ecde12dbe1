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
	whole := f.local(i64)
	f.get(c.local)
	f.get(stop)
	f.get(c.local)
	f.op(0x7d)
	f.i64Const(-turns)
	f.op(0x83, 0x7c) // counter + (stop−counter) rounded down
	f.tee(whole)
	f.get(c.local)
	f.op(0x55) // i64.gt_s
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
	f.iff()
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
	f.get(c.local)
	f.i64Const(turns)
	f.op(0x7c)
	f.set(c.local)
	f.advance(walks, turns)
	f.get(c.local)
	f.get(whole)
	f.op(0x53) // i64.lt_s
	f.jump(top, true)
	f.end()
	f.end()
	return true
}

// lanesOf makes the two-lane form of a loop's body, for so many turns together or, when they are not independent, for two; nil
// when there is none.
func (f *fn) lanesOf(c counted, turns int64) *lanes {
	if c.v == nil || f.src.template || f.u.elementary {
		return nil
	}
	l := f.readPairs(c, 1)
	if l == nil || len(l.stores) == 0 || l.meet(1, 1) {
		return nil
	}
	if turns > 2 && !l.meet(1-turns, turns-1) {
		l = f.readPairs(c, turns/2)
	}
	if len(l.meetings()) > mostMeetings {
		return nil
	}
	var stored []*lane
	for _, s := range l.stores {
		stored = append(stored, s.value)
	}
	l.settle(stored...)
	return l
}

// readPairs reads the body for so many pairs of turns. What two pairs have in common is made once.
func (f *fn) readPairs(c counted, pairs int64) *lanes {
	l := newLanes(f, c)
	l.turns = 2 * pairs
	for l.pair = range pairs {
		clear(l.vars)
		l.before = len(l.stores)
		l.element()
		if _, ok := l.run(c.body.List); !ok {
			return nil
		}
	}
	return l
}

// element gives the variable of a range over a slice of float64 its element.
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

// A meeting is of accesses, stores among them, through two slices. The constants of the second less those of the first are from
// least to most.
type meeting struct {
	first, second *strided
	least, most   int64
}

// mostMeetings keeps the look before the loop short.
const mostMeetings = 16

// meet reports a store and another access through one slice whose constants differ by from least to most, but not by 0. Of two
// turns together, those that differ by 1 meet: the first access of both turns is made before the second of either, which is
// another order than Go's for the first of the later turn and the second of the earlier. More turns share what they load, and
// then no access may come near a store of another turn.
func (l *lanes) meet(least, most int64) bool {
	for i, a := range l.touched {
		for _, b := range l.touched[i+1:] {
			d := b.plus - a.plus
			if a.walk == b.walk && (a.store || b.store) && d != 0 && least <= d && d <= most {
				return true
			}
		}
	}
	return false
}

// meetings lists how far apart accesses through different slices must be. Of two turns each distance counts by itself, as in
// meet; of more, which share what they load, the distances of two slices count together.
func (l *lanes) meetings() []meeting {
	var list []meeting
	for i, a := range l.touched {
		for _, b := range l.touched[i+1:] {
			if a.walk == b.walk || !a.store && !b.store {
				continue
			}
			list = l.meeting(list, meeting{a.walk, b.walk, b.plus - a.plus, b.plus - a.plus})
		}
	}
	return list
}

func (l *lanes) meeting(list []meeting, m meeting) []meeting {
	for i, old := range list {
		switch {
		case old == m:
			return list
		case l.turns == 2:
		case old.first == m.first && old.second == m.second:
			list[i].least, list[i].most = min(old.least, m.least), max(old.most, m.most)
			return list
		case old.first == m.second && old.second == m.first:
			list[i].least, list[i].most = min(old.least, -m.most), max(old.most, -m.least)
			return list
		}
	}
	return append(list, m)
}

// lieApart joins to the condition on the stack that no two slices lie so that their accesses meet. The counter moves both at
// once, so what holds for the first turns holds for all.
func (l *lanes) lieApart() {
	f := l.f
	for _, m := range l.meetings() {
		apart := f.local(i32) // of the first accesses
		f.get(m.second.addr)
		f.get(m.first.addr)
		f.op(0x6b) // i32.sub
		f.i32Const(int32((m.least - m.second.least + m.first.least) * 8))
		f.op(0x6a)
		f.set(apart)
		// not before < apart < reach
		before, reach := int64(0), int64(16)
		if l.turns > 2 {
			before, reach = 8*(m.least-m.most-l.turns), 8*l.turns
		}
		f.get(apart)
		f.i32Const(int32(-before - 1))
		f.op(0x6a)
		f.i32Const(int32(reach - before - 1))
		f.op(0x4f) // i32.ge_u
		if l.turns > 2 && m.least == m.most {
			f.get(apart)
			f.op(0x45, 0x72) // or the same elements: i32.eqz, or
		}
		f.op(0x71)
	}
}
