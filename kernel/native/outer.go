package native

import "go/types"

// loadOuter brings captured variables into their locals.
func (f *fn) loadOuter(slots []*slot) {
	for _, s := range slots {
		at := s.addr
		if !s.shape.memory {
			at = f.local(i32)
		}
		f.global(globalEnv)
		f.memory(0x28, 4, int64(f.u.envIndex[s.v])*4)
		f.set(at)
		if s.shape.memory {
			continue
		}
		f.load(at, 0, s.shape)
		f.setAll(s.locals)
	}
}

// flush writes the captured variables that this function sets back to where the session keeps them.
func (f *fn) flush() {
	for _, s := range f.outer {
		if !s.dirty || s.shape.memory {
			continue
		}
		at := f.local(i32)
		f.global(globalEnv)
		f.memory(0x28, 4, int64(f.u.envIndex[s.v])*4)
		f.set(at)
		if s.shape.slices {
			// Go's collector must see the pointer being written, so the host does it.
			f.global(globalControl)
			f.get(at)
			f.getAll(s.locals)
			f.importCall(runtimeModule, "setslice", sign([]byte{i32, i32, i32, i64, i64}, nil))
			continue
		}
		f.store(at, 0, s.shape, s.locals)
	}
}

// before and after bracket a call of a source of the unit.
func (f *fn) before(callee int) {
	f.flush()
	if f.u.surveys[callee].fuel {
		f.get(f.fuel)
		f.setGlobal(globalFuel)
	}
}

func (f *fn) after(callee int) {
	look := f.u.surveys[callee]
	if look.fuel {
		f.global(globalFuel)
		f.set(f.fuel)
	}
	var changed []*slot
	for _, s := range f.outer {
		if look.allWrite[s.v] && !s.shape.memory {
			changed = append(changed, s)
		}
	}
	f.loadOuter(changed)
}

// leave undoes the prologue before a return.
func (f *fn) leave() {
	f.flush()
	if f.look.fuel {
		f.get(f.fuel)
		f.setGlobal(globalFuel)
	}
	if f.look.cyclic {
		f.global(globalDepth)
		f.i32Const(1)
		f.op(0x6b)
		f.setGlobal(globalDepth)
	}
	if f.usesFrame() {
		f.get(f.framePointer())
		f.setGlobal(globalStack)
	}
}

// usesFrame is decided before the first return is lowered.
func (f *fn) usesFrame() bool { return f.hasFP || f.arrays }

func (f *fn) framePointer() uint32 {
	if !f.hasFP {
		f.fp, f.hasFP = f.local(i32), true
	}
	return f.fp
}

// hasArrays reports whether the source speaks of a value that lives in memory.
func (s *Source) hasArrays() bool {
	for e, tv := range s.Info.Types {
		if e.Pos() < s.Node.Pos() || e.Pos() >= s.Node.End() || tv.Type == nil || tv.IsVoid() {
			continue
		}
		t := tv.Type
		if sl, ok := t.Underlying().(*types.Slice); ok && tv.IsType() {
			t = sl.Elem()
		}
		if inMemory(t) {
			return true
		}
	}
	return false
}

func inMemory(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return true
	case *types.Struct:
		for f := range u.Fields() {
			if inMemory(f.Type()) {
				return true
			}
		}
	}
	return false
}
