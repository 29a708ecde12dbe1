package native

import (
	"encoding/binary"
	"go/ast"
	"go/token"
	"go/types"
)

// fn lowers one source into the body of a WebAssembly function.
type fn struct {
	asm
	u *unit
	body
	params        []byte
	results       []byte
	locals        []byte // parameters first
	slots         map[*types.Var]*slot
	outer         []*slot // captured variables used here, in order
	out           []uint32
	frame         int64
	fp            uint32
	hasFP         bool
	arrays        bool // the source speaks of values that live in memory
	fuel          uint32
	label         string // of the statement about to be lowered
	fail          label  // where failures go when something must be written back first
	calls         []relocation
	via           []token.Pos // the calls that lead into the inlined source being lowered, the innermost first
	made          []made      // the calls of other sources
	scratchLocals map[[2]int64]uint32
	strides       map[stride]*strided
	lengths       map[*types.Var]*types.Var // n := len(s)
	resultLocals  map[operation]uint32
	natural       map[*types.Var]bool  // counters that are never negative
	counters      map[*types.Var]int64 // those of loops that are being written out
	standing      bool                 // loops are not written out
	stores        stores
	kept          map[int]uint32 // constants
	keptOrder     []int
	loops         bool // constants are kept: there are loops, and no roots
	pos           token.Pos
	table         uint32 // address of the constants
	tabling       bool
}

// A slot is where a variable lives: in locals, or in memory at an address held in a local.
type slot struct {
	v      *types.Var
	shape  *shape
	locals []uint32
	addr   uint32 // for shapes in memory
	off    int64
	outer  bool
	dirty  bool // captured and written here
}

// A relocation is a call to a function of the unit whose number is not known yet.
type relocation struct{ at, fn int }

func (u *unit) lowerSource(i int) *fn {
	if u.sources[i].lanesOf != nil {
		return u.lowerLanes(i)
	}
	p, look := u.parts[i], u.surveys[i]
	f := &fn{u: u, body: body{src: u.sources[i], info: u.sources[i].Info, look: look, facts: newFacts()},
		slots: map[*types.Var]*slot{}, scratchLocals: map[[2]int64]uint32{},
		strides: map[stride]*strided{}, kept: map[int]uint32{}, lengths: map[*types.Var]*types.Var{}, resultLocals: map[operation]uint32{}, natural: map[*types.Var]bool{},
		counters: map[*types.Var]int64{}}
	f.pos, f.arrays, f.loops = p.pos, f.src.hasArrays(), look.loops && !f.src.hasRoots()
	f.declareParams(p)
	f.declareOuter()
	if look.fuel {
		f.fuel = f.local(i32)
	}
	fails := f.writesBack()
	if fails {
		f.fail = f.block()
	}
	for _, v := range p.results {
		f.result = append(f.result, f.declare(v))
	}
	f.stmts(p.body)
	f.pos = p.end
	if len(p.results) == 0 {
		f.leave()
		f.ret()
	}
	f.unreachable()
	if fails {
		f.end()
		f.flush()
		f.unreachable()
	}
	if !u.elementary { // whose text is in a good order
		f.schedule()
	}
	return f
}

func (f *fn) sig() signature { return sign(f.params, f.results) }

func (f *fn) declareParams(p parts) {
	for _, v := range p.params {
		sh := f.u.shapes.of(v.Type(), v.Pos())
		s := &slot{v: v, shape: sh}
		for _, t := range sh.vals() {
			s.locals = append(s.locals, uint32(len(f.locals)))
			f.locals = append(f.locals, t)
		}
		f.slots[v] = s
	}
	var arrays []*shape
	for _, v := range p.results {
		sh := f.u.shapes.of(v.Type(), v.Pos())
		if sh.memory {
			arrays = append(arrays, sh)
			continue
		}
		f.results = append(f.results, sh.vals()...)
	}
	// An array comes back through an address that the caller passes after the parameters.
	for range arrays {
		f.out = append(f.out, uint32(len(f.locals)))
		f.locals = append(f.locals, i32)
	}
	f.params = append([]byte(nil), f.locals...)
	for _, v := range p.params {
		s := f.slots[v]
		if !s.shape.memory {
			continue
		}
		passed := s.locals[0]
		s.locals = nil
		s.addr, s.off = f.frameSpace(s.shape.size)
		f.copyMemory(s.addr, s.off, passed, 0, s.shape.size)
	}
}

// declareOuter gives each captured variable its locals, or its address.
func (f *fn) declareOuter() {
	for _, v := range f.look.outer {
		s := &slot{v: v, shape: f.u.shapes.of(v.Type(), f.src.use(v)), outer: true, dirty: f.look.written[v]}
		if s.shape.memory {
			s.addr = f.local(i32)
		} else {
			s.locals = f.newLocals(s.shape)
			for _, l := range s.shape.leaves {
				if s.dirty && l.role == pointer && len(s.shape.leaves) != 3 {
					refuseAt(f.src.use(v), "%s, a struct with slices, is set", v.Name())
				}
			}
		}
		f.slots[v] = s
		f.outer = append(f.outer, s)
	}
}

// use finds where a source first speaks of a variable.
func (s *Source) use(v *types.Var) token.Pos {
	pos := s.Node.Pos()
	found := false
	ast.Inspect(s.Node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found && s.Info.Uses[id] == v {
			pos, found = id.Pos(), true
		}
		return !found
	})
	return pos
}

func (f *fn) writesBack() bool {
	for _, s := range f.outer {
		if s.dirty && !s.shape.memory {
			return true
		}
	}
	return false
}

// local makes a new local; temp takes one that is free until the statement ends.
func (f *fn) local(t byte) uint32 {
	f.locals = append(f.locals, t)
	return uint32(len(f.locals) - 1)
}

func (f *fn) temp(t byte) uint32 { return f.local(t) }

func (f *fn) newLocals(sh *shape) []uint32 {
	var ls []uint32
	for _, t := range sh.vals() {
		ls = append(ls, f.local(t))
	}
	return ls
}

func (f *fn) scratch(i int64, t byte) uint32 {
	key := [2]int64{i, int64(t)}
	l, ok := f.scratchLocals[key]
	if !ok {
		l = f.local(t)
		f.scratchLocals[key] = l
	}
	return l
}

// setAll pops the stack into locals, last first.
func (f *fn) setAll(locals []uint32) {
	for i := len(locals) - 1; i >= 0; i-- {
		f.set(locals[i])
	}
}

func (f *fn) getAll(locals []uint32) {
	for _, l := range locals {
		f.get(l)
	}
}

// spill moves the value on the stack into new locals.
func (f *fn) spill(sh *shape) []uint32 {
	ls := f.newLocals(sh)
	f.setAll(ls)
	return ls
}

// frameSpace reserves bytes in the function's frame in memory.
func (f *fn) frameSpace(size int64) (fp uint32, off int64) {
	if !f.hasFP {
		f.fp, f.hasFP = f.local(i32), true
	}
	off = f.frame
	f.frame += (size + 15) &^ 15
	return f.fp, off
}

// declare makes the slot of a local variable, holding zero.
func (f *fn) declare(v *types.Var) *slot {
	s := f.slotFor(v)
	f.facts.forget(v)
	if s.shape.memory {
		f.clearMemory(s.addr, s.off, s.shape.size)
		return s
	}
	for i, l := range s.shape.leaves {
		f.zero(l.val)
		f.set(s.locals[i])
	}
	return s
}

// slotFor makes the slot of a local variable whose value is set next.
func (f *fn) slotFor(v *types.Var) *slot {
	sh := f.u.shapes.of(v.Type(), v.Pos())
	s := f.slots[v]
	if s == nil {
		s = &slot{v: v, shape: sh}
		if sh.memory {
			s.addr, s.off = f.frameSpace(sh.size)
		} else {
			s.locals = f.newLocals(sh)
		}
		f.slots[v] = s
	}
	return s
}

// callUnit calls a source of the unit; its number is filled in when the imports are known.
func (f *fn) callUnit(i int) {
	f.op(0x10)
	f.calls = append(f.calls, relocation{len(f.code), i})
	f.op(0x80, 0x80, 0x80, 0x80, 0)
}

func (f *fn) resolve(imports int) {
	for _, r := range f.calls {
		n := uint32(imports + r.fn)
		for k := range 5 {
			f.code[r.at+k] = byte(n>>(7*k))&0x7f | 0x80
		}
		f.code[r.at+4] &= 0x7f
	}
}

// trap notes a failure and stops. The figures are pushed by a and b; nil stands for zero.
func (f *fn) trap(site int, a, b func()) {
	f.i32Const(int32(site))
	for _, figure := range []func(){a, b} {
		if figure == nil {
			f.i64Const(0)
		} else {
			figure()
		}
	}
	f.callUnit(len(f.u.sources))
	f.u.sites[site].via = f.via
	if f.fail != 0 {
		f.br(f.fail)
	} else {
		f.unreachable()
	}
}

func (f *fn) importCall(module, name string, sig signature) {
	f.op(0x10)
	f.uleb(uint64(f.u.use(module, name, sig)))
}

// prologue sets up what the body relies on. It is made last, when all of that is known.
func (f *fn) prologue() []byte {
	a := &asm{}
	if f.hasFP {
		a.global(globalStack)
		a.tee(f.fp)
		a.i32Const(int32(f.frame))
		a.op(0x6a)
		a.setGlobal(globalStack)
		a.global(globalStack)
		a.global(globalLimit)
		a.op(0x4b) // i32.gt_u
		f.overflow(a)
	}
	if f.look.cyclic {
		a.global(globalDepth)
		a.i32Const(1)
		a.op(0x6a)
		a.setGlobal(globalDepth)
		a.global(globalDepth)
		a.i32Const(deepest)
		a.op(0x4b)
		f.overflow(a)
	}
	if f.look.fuel {
		a.global(globalFuel)
		a.set(f.fuel)
	}
	f.openTable(a)
	f.setKept(a)
	start := &fn{asm: *a, u: f.u, pos: f.pos, locals: f.locals}
	start.loadOuter(f.outer)
	start.resolve(len(f.u.imports))
	f.locals = start.locals
	return start.code
}

// overflow fails when the condition on the stack holds.
func (f *fn) overflow(a *asm) {
	a.iff()
	a.i32Const(int32(f.u.site(faultOverflow, f.pos)))
	a.i64Const(0)
	a.i64Const(0)
	a.op(0x10)
	a.code = binary.AppendUvarint(a.code, uint64(len(f.u.imports)+len(f.u.sources)))
	a.unreachable()
	a.end()
}
