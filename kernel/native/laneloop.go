package native

import (
	"go/types"
	"math"
)

func floatBits(n int64) uint64 { return math.Float64bits(float64(n)) }

// inLanes runs pairs of turns of an innermost loop in two lanes for as long as they last before stop, and reports whether the
// loop has that form. It stands where no index of the loop can be out of bounds. What is left of the turns is the caller's.
func (f *fn) inLanes(c counted, guard guards, stop uint32) bool {
	l := f.lanesOf(c)
	if l == nil {
		return false
	}
	turns := max(f.copies(c.body), 2)
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
	l.apartOrOne()
	f.iff()
	l.hoist()
	top := f.loop()
	f.touch(c, guard, turns)
	if l.each != nil {
		f.get(l.each.addr)
		f.memory(0x2d, 1, turns*8-1)
		f.op(0x1a)
	}
	for k := int64(0); k < turns; k += 2 {
		l.pair(k)
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

// lanesOf makes the two-lane form of a loop's body; nil when there is none.
func (f *fn) lanesOf(c counted) *lanes {
	if c.v == nil || f.src.template || f.u.elementary {
		return nil
	}
	l := newLanes(f, c)
	l.element()
	if _, ok := l.run(c.body.List); !ok || len(l.stores) == 0 || len(l.meetings()) > mostMeetings || l.meet() {
		return nil
	}
	var stored []*lane
	for _, s := range l.stores {
		stored = append(stored, s.value)
	}
	l.settle(stored...)
	return l
}

// element gives the variable of a range over a slice of float64 its element.
func (l *lanes) element() {
	v := l.c.value
	if v == nil || basicOf(v.Type()) != types.Float64 {
		return
	}
	l.each = &strided{key: stride{walked: walked{factor: 1}}, addr: l.f.local(i32), size: 8}
	l.touched = append(l.touched, laneTouch{l.each, 0, false})
	l.vars[v] = l.lane(l.loadKey(l.each, 0))
}

// A meeting is of two accesses, one of them a store, through different slices.
type meeting struct {
	first, second *strided
	apart         int64 // the constant of the second less that of the first
}

// mostMeetings keeps the look before the loop short.
const mostMeetings = 16

// meet reports that two accesses through one slice are a store and its neighbour in the turn before or after, in the wrong
// order: a pair makes the first access of both turns before the second of either. That is another order only for the
// first access of the later turn and the second of the earlier.
func (l *lanes) meet() bool {
	for i, a := range l.touched {
		for _, b := range l.touched[i+1:] {
			if a.walk == b.walk && (a.store || b.store) && b.plus-a.plus == 1 {
				return true
			}
		}
	}
	return false
}

func (l *lanes) meetings() []meeting {
	var list []meeting
	seen := map[meeting]bool{}
	for i, a := range l.touched {
		for _, b := range l.touched[i+1:] {
			m := meeting{a.walk, b.walk, b.plus - a.plus}
			if a.walk == b.walk || !a.store && !b.store || seen[m] {
				continue
			}
			seen[m] = true
			list = append(list, m)
		}
	}
	return list
}

// apartOrOne joins to the condition on the stack that no two slices lie so that their accesses meet as above. The counter
// moves both at once, so what holds for one pair holds for all.
func (l *lanes) apartOrOne() {
	f := l.f
	for _, m := range l.meetings() {
		f.get(m.second.addr)
		f.get(m.first.addr)
		f.op(0x6b) // i32.sub
		f.i32Const(int32((m.apart-m.second.least+m.first.least)*8 - 1))
		f.op(0x6a)
		f.i32Const(15)
		f.op(0x4f, 0x71) // i32.ge_u, and: not 0 < distance < 16
	}
}
