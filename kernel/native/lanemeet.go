package native

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
