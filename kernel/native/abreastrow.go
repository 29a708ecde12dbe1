package native

import "go/types"

// beginEven sets what all groups of turns share.
func (a *abreast) beginEven() {
	f := a.f
	f.operand(a.inner.limit, types.Int)
	f.set(a.even.limit)
	f.i32Const(1)
	f.set(a.even.fits)
	for _, r := range a.even.rows {
		a.place(r, 0)
	}
}

// place sets the address of a row for one lane, and notes whether all that the loop reads from there is in the slice.
func (a *abreast) place(r *row, lane byte) {
	f, parts := a.f, a.f.slots[r.slice].locals
	begin := f.local(i64)
	f.zero(i64)
	for k, e := range r.rest {
		f.expr(e)
		if k < len(r.rest)-r.subtracted {
			f.op(0x7c)
		} else {
			f.op(0x7d)
		}
	}
	f.tee(begin)
	f.i64Const(-a.inner.start - r.least)
	f.op(0x59) // i64.ge_s
	f.get(begin)
	f.get(parts[1])
	f.get(a.even.limit)
	f.op(0x7d)
	f.i64Const(r.most)
	f.op(0x7d)
	f.op(0x57, 0x71) // i64.le_s, and
	f.get(a.even.fits)
	f.op(0x71)
	f.set(a.even.fits)
	f.get(parts[0])
	f.get(begin)
	f.i64Const(a.inner.start + r.least)
	f.op(0x7c, 0xa7)
	f.i32Const(8)
	f.op(0x6c, 0x6a)
	f.set(r.addr[lane])
}

// unlessFits leaves the groups, at the first turn of this one, where the inner loop would read beyond a slice.
func (a *abreast) unlessFits() {
	f := a.f
	if !a.reads() {
		return
	}
	f.get(a.even.fits)
	f.op(0x45) // i32.eqz
	f.iff()
	f.moveOn(a.c, 1-a.turns())
	f.br(f.jumps[len(f.jumps)-1].out)
	f.end()
}

func (a *abreast) reads() bool {
	return len(a.even.rows)+len(a.strands[0].rows) > 0
}

// runEven is the inner loop where it is even.
func (a *abreast) runEven() {
	f := a.f
	f.literalInt(a.inner.start)
	f.set(a.even.count)
	f.i32Const(0)
	f.set(a.even.bytes)
	f.turns(a.inner.at, "", turn{
		leave: func(out label) facts {
			f.get(a.even.count)
			f.get(a.even.limit)
			f.op(0x59)
			f.jump(out, true)
			return f.facts
		},
		copies: max(f.copies(a.inner.body)/int64(len(a.strands)), 2),
		body:   a.write,
		post: func() {
			f.get(a.even.count)
			f.i64Const(1)
			f.op(0x7c)
			f.set(a.even.count)
			f.get(a.even.bytes)
			f.i32Const(8)
			f.op(0x6a)
			f.set(a.even.bytes)
		},
	})
}

// pushRow loads what both lanes read of a row.
func (l *lanes) pushRow(v *lane) {
	f, r := l.f, v.key.row
	for k, addr := range r.addr {
		if k == 1 && addr == r.addr[0] {
			return
		}
		f.get(addr)
		f.get(l.bytes)
		f.op(0x6a)
		f.memory(0x2b, 8, (v.key.plus-r.least)*8)
		if k == 0 {
			f.vector(f64x2Splat)
		} else {
			f.vectorLane(f64x2Replace, 1)
		}
	}
}
