package native

// mostHoisted is how many values that all turns share have a local each from before the loop. Constants beyond them are made
// where they are used.
const mostHoisted = 4

// settle counts what is used to make the lanes wanted; what is not used is not made.
func (l *lanes) settle(wanted ...*lane) {
	for _, v := range l.order {
		v.uses = 0
	}
	seen := map[*lane]bool{}
	var visit func(v *lane)
	visit = func(v *lane) {
		if v == nil {
			return
		}
		v.uses++
		if seen[v] {
			return
		}
		seen[v] = true
		visit(v.key.a)
		visit(v.key.b)
		visit(v.key.c)
	}
	for _, v := range wanted {
		visit(v)
	}
}

// hoist makes what all turns share, before the loop.
func (l *lanes) hoist() {
	count := 0
	for _, v := range l.order {
		if !v.fixed || v.uses == 0 || v.key.kind == laneSteps || v.key.kind == laneConst && count >= mostHoisted {
			continue
		}
		count++
		l.push(v)
		l.keep(v)
		l.f.op(0x1a)
	}
}

// keep leaves the value on the stack in a local, too.
func (l *lanes) keep(v *lane) {
	if v.held {
		return
	}
	if !v.have {
		v.local, v.have = l.f.local(v128), true
	}
	l.f.tee(v.local)
	v.held = true
}

// push pushes a lane; one that is used again stays in a local.
func (l *lanes) push(v *lane) {
	v.pushed++
	if v.held {
		l.f.get(v.local)
		return
	}
	x, y := v.key.a, v.key.b
	if l.mayChange(v) && !x.last() && y.last() {
		x, y = y, x
	}
	for _, a := range []*lane{x, y, v.key.c} {
		if a != nil {
			l.push(a)
		}
	}
	f := l.f
	switch v.key.kind {
	case laneConst:
		f.vectorConst(v.key.bits, v.key.bits)
		return
	case laneFixed:
		f.expr(l.exprs[v])
		f.vector(laneForms[l.kind(l.exprs[v])].splat)
	case laneCounter:
		f.get(l.c.local)
		f.op(0xb9) // f64.convert_i64_s
		f.vector(f64x2Splat)
		f.vectorConst(floatBits(v.key.plus+l.ahead), floatBits(v.key.plus+l.ahead+1))
		f.vector(f64x2Add)
	case laneLoad:
		f.get(v.key.walk.addr)
		f.vectorMemory(v128Load, l.offset(v.key.walk, v.key.plus))
	case laneNow:
		f.get(l.c.local)
		f.i64Const(l.ahead)
		f.op(0x7c)
		f.vector(i64x2Splat)
	case laneCount:
		f.get(uint32(v.key.bits))
		f.vector(i64x2Splat)
	case laneRow:
		l.pushRow(v)
	case laneSteps:
		f.vectorConst(uint64(v.key.plus), uint64(v.key.plus+1))
		return
	case laneSpread:
		f.get(v.key.walk.addr)
		f.vectorMemory(v128LoadZero, l.offset(v.key.walk, v.key.plus))
		f.get(v.key.walk.addr)
		f.memory(0x2b, 8, l.offset(v.key.walk, v.key.plus)+v.key.walk.key.factor*v.key.walk.size)
		f.vectorLane(f64x2Replace, 1)
	case laneFloat:
		l.pushFloat(v.key.a)
	case laneGather:
		l.pushGathered(v)
	case laneShift:
		f.i32Const(int32(v.key.bits))
		f.vector(v.key.code)
	case laneCall:
		f.importCall(elementaryModule, v.key.name+laneSuffix, laneSignature)
	default:
		f.vector(v.key.code)
	}
	if v.uses > 1 {
		l.keep(v)
	}
}

// last reports a value whose register is free for the result of the operation that it is pushed for next.
func (v *lane) last() bool {
	if v.key.kind == laneConst || v.key.kind == laneSteps {
		return !v.held
	}
	return !v.fixed && v.uses-v.pushed == 1
}

// laneCommutes are the operations whose operands may change places.
var laneCommutes = map[uint64]bool{f64x2Add: true, f64x2Mul: true, i64x2Add: true, i64x2Eq: true, v128And: true, v128Or: true, v128Xor: true}

// mayChange reports an operation whose operands may change places: of two numbers that may be NaN the first decides on the bits
// of the result, unless it is package elementary, which computes nothing of NaN.
func (l *lanes) mayChange(v *lane) bool {
	if v.key.kind != lanePlain || !laneCommutes[v.key.code] {
		return false
	}
	floats := v.key.code == f64x2Add || v.key.code == f64x2Mul
	return !floats || l.f.u.elementary || v.key.a.key.kind == laneConst || v.key.b.key.kind == laneConst
}

func (l *lanes) offset(walk *strided, plus int64) int64 {
	return (plus - walk.least + l.ahead*walk.key.factor) * walk.size
}

// write writes the stores in order. What was loaded in the text of the same turns before a store, and is used after it, is kept
// from before it.
func (l *lanes) write(ahead int64) {
	l.ahead = ahead
	for _, v := range l.order {
		v.held, v.pushed = v.held && v.fixed, 0
	}
	for _, s := range l.stores {
		l.f.get(s.walk.addr)
		l.push(s.value)
		for _, v := range l.order {
			if v.key.kind == laneLoad && v.pair == s.pair && v.key.epoch <= s.epoch && v.pushed < v.uses && !v.held {
				l.push(v)
				l.keep(v)
				l.f.op(0x1a)
			}
		}
		l.f.vectorMemory(v128Store, l.offset(s.walk, s.plus))
		l.f.disturb()
	}
	l.writeSums()
}

// pushFloat converts two ints, of which the argument has been pushed.
func (l *lanes) pushFloat(of *lane) {
	both := l.f.scratch(0, v128)
	l.f.set(both)
	for k := range byte(2) {
		l.f.get(both)
		l.f.vectorLane(i64x2Extract, k)
		l.f.op(0xb9) // f64.convert_i64_s
		if k == 0 {
			l.f.vector(f64x2Splat)
		} else {
			l.f.vectorLane(f64x2Replace, 1)
		}
	}
}
