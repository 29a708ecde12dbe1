package interp

import (
	"reflect"
	"sync"
	"unsafe"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
	"scorebook/kernel/native"
)

// natives are the compiled functions of a session, by the numbers that lowered source knows them by.
type natives struct {
	mu    sync.RWMutex
	slots map[int]*slot
}

// A slot holds the form of a function that is in force: compiled, or else interpreted.
type slot struct {
	mu       sync.RWMutex
	indirect bool // compiled together with functions that may be defined again
	compiled *native.Func
	twin     reflect.Value
	latest   native.Latest   // stands for the function when it is indirect
	program  *native.Program // of a literal that a function returns: it is bound when that happens
}

// stopped tells compiled code whether its cell was interrupted.
func (m *machine) stopped() bool {
	if t := current(); t != nil {
		return t.run.interrupted.Load()
	}
	r := m.latest()
	return r != nil && r.interrupted.Load()
}

// isHalt reports what an interrupted cell panics with, interpreted or compiled.
func isHalt(r any) bool {
	switch r.(type) {
	case halted, native.Interrupted, *native.Interrupted:
		return true
	}
	return false
}

// bind gives compiled functions the addresses of the session's variables. One that cannot reach them stays
// interpreted.
func (s *Session) bind(list []*lower.Native) error {
	for _, n := range list {
		sl := s.machine.slot(n.ID())
		if n.Local() {
			sl.mu.Lock()
			sl.program, sl.indirect = n.Program, n.Indirect()
			sl.mu.Unlock()
			continue
		}
		f, err := s.bound(n)
		if err != nil {
			return err
		}
		sl.mu.Lock()
		sl.compiled, sl.indirect = f, n.Indirect()
		sl.enforce()
		sl.mu.Unlock()
	}
	return nil
}

func (s *Session) bound(n *lower.Native) (*native.Func, error) {
	if n.Program == nil {
		return nil, nil
	}
	addrs := make([]unsafe.Pointer, len(n.Captured))
	for i, name := range n.Captured {
		v, err := s.yaegi.Eval("&" + name)
		if err != nil {
			return nil, err
		}
		addrs[i] = v.UnsafePointer()
	}
	fs, err := n.Program.Bind(addrs...)
	if err != nil {
		return nil, nil // out of reach: the interpreted form will do
	}
	return fs[0], nil
}

func (m *machine) slot(id int) *slot {
	m.natives.mu.Lock()
	defer m.natives.mu.Unlock()
	sl := m.natives.slots[id]
	if sl == nil {
		sl = &slot{}
		m.natives.slots[id] = sl
	}
	return sl
}

// release drops the slots of what a cell compiled and no redefinition can change, and of what the session has let go.
func (s *Session) release(p *lower.Program) {
	s.lowerer.Release(p)
	held := map[int]bool{}
	for _, n := range s.lowerer.Natives() {
		held[n.ID()] = n.Lasting()
	}
	m := s.machine
	m.natives.mu.Lock()
	defer m.natives.mu.Unlock()
	for id, sl := range m.natives.slots {
		if held[id] {
			continue
		}
		delete(m.natives.slots, id)
		if sl.indirect { // its functions can no longer be told what is defined again
			sl.mu.Lock()
			sl.compiled, sl.program = nil, nil
			sl.enforce()
			sl.mu.Unlock()
		}
	}
}

// native gives lowered source the better form of a function, of which twin is the interpreted one.
func (m *machine) native(id int, twin any) any {
	sl := m.slot(id)
	sl.mu.Lock()
	defer sl.mu.Unlock()
	sl.twin = reflect.ValueOf(twin)
	sl.enforce()
	switch {
	case sl.indirect:
		return sl.latest.Make(sl.twin.Type()).Interface()
	case sl.compiled == nil:
		return twin
	}
	return sl.compiled.Make(sl.twin.Type()).Interface()
}

// enforce puts the better form of a function in force, once its interpreted one is known.
func (sl *slot) enforce() {
	if !sl.twin.IsValid() {
		return
	}
	form := sl.twin
	if sl.compiled != nil {
		sl.compiled.Fallback = sl.twin
		form = sl.compiled.Make(sl.twin.Type())
	}
	sl.latest.Set(form, sl.compiled)
}

// Compilations lists the session's functions, and the literals and loops of the latest cell that declared or ran
// any, by whether they are machine code.
func (s *Session) Compilations() []cell.Compilation {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []cell.Compilation
	for _, n := range s.lowerer.Natives() {
		out = append(out, cell.Compilation{
			Name: n.Name, Cell: cell.Number(n.Pos.Filename), Line: n.Pos.Line, Native: n.Compiled,
			Why: n.Refusal, WhyCell: cell.Number(n.At.Filename), WhyLine: n.At.Line,
		})
	}
	return out
}
