package interp

import (
	"reflect"
	"sync"
	"unsafe"

	"scorebook/kernel/native"
)

// A closure is a literal that a function returned, over that function's variables.
type closure struct {
	slot  *slot
	twin  reflect.Value
	addrs []unsafe.Pointer

	mu      sync.Mutex
	program *native.Program // that bound belongs to
	bound   reflect.Value   // of the twin's type; invalid when the variables are out of reach
}

// nativeOver gives lowered source the better form of a literal that a function returns, of which twin is the
// interpreted one, over the variables at the addresses.
func (m *machine) nativeOver(id int, twin any, variables []any) any {
	m.natives.mu.Lock()
	sl := m.natives.slots[id]
	m.natives.mu.Unlock()
	if sl == nil {
		return twin
	}
	c := &closure{slot: sl, twin: reflect.ValueOf(twin)}
	for _, v := range variables {
		c.addrs = append(c.addrs, reflect.ValueOf(v).UnsafePointer())
	}
	sl.mu.Lock()
	indirect := sl.indirect
	sl.mu.Unlock()
	if !indirect {
		return c.force().Interface()
	}
	return reflect.MakeFunc(c.twin.Type(), func(args []reflect.Value) []reflect.Value { return c.force().Call(args) }).Interface()
}

// force is the form in force: functions it calls may have been defined again.
func (c *closure) force() reflect.Value {
	c.slot.mu.Lock()
	program := c.slot.program
	c.slot.mu.Unlock()
	if program == nil {
		return c.twin
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.program != program {
		c.program, c.bound = program, c.twin
		if fs, err := program.Bind(c.addrs...); err == nil {
			fs[0].Fallback = c.twin
			c.bound = fs[0].Make(c.twin.Type())
		}
	}
	return c.bound
}
