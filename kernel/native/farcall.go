package native

import (
	"reflect"
	"runtime"
	"unsafe"
)

// near reports whether compiled code reaches everything a call touches.
func (f *Func) near(args, results []unsafe.Pointer) bool {
	if !f.env.near() {
		return false
	}
	for i, sh := range f.params {
		if !nearValue(args[i], sh, sh.memory) {
			return false
		}
	}
	for i, sh := range f.results {
		if sh.memory && !nearValue(results[i], sh, true) {
			return false
		}
	}
	return true
}

// near reports whether the captured slices are in the window; the variables were found to be when they were bound.
func (e *environment) near() bool {
	if e.far {
		return false
	}
	for _, h := range e.headers {
		if !h.near() {
			return false
		}
	}
	return true
}

// A captured slice, and how long its elements are.
type capturedSlice struct {
	*sliceHeader
	size uintptr
}

func (h capturedSlice) near() bool { return h.sliceHeader.near(h.size) }

// near reports whether all of a slice lies in the window.
func (h *sliceHeader) near(size uintptr) bool {
	if h.cap == 0 {
		return true
	}
	_, ok := offset(h.data, uintptr(h.cap)*size)
	return ok
}

func nearValue(p unsafe.Pointer, sh *shape, itself bool) bool {
	if itself {
		if _, ok := offset(p, uintptr(sh.size)); !ok {
			return false
		}
	}
	for _, s := range sh.headers {
		if h := (*sliceHeader)(unsafe.Add(p, s.off)); !h.near(uintptr(s.size)) {
			return false
		}
	}
	return true
}

// callFar is Call for a call that touches memory outside the window.
func (f *Func) callFar(args, results []unsafe.Pointer) {
	p := f.program
	r := &p.compiler.reserve
	r.enter()
	defer r.leave()
	var c copies
	for i, sh := range f.params {
		c.addValue(args[i], sh, sh.memory)
	}
	for i, sh := range f.results {
		if sh.memory {
			c.add(results[i], uintptr(sh.size))
		}
	}
	for i, v := range p.captured {
		c.addValue(f.env.addrs[i], p.shapes[v.Type()], true)
	}
	if !c.fetch(r) {
		f.callFallback(args, results)
		return
	}
	env, ok := f.farEnvironment(&c, r)
	if !ok {
		f.callFallback(args, results)
		return
	}
	in := p.take(env)
	if in == nil {
		f.callFallback(args, results)
		return
	}
	defer runtime.KeepAlive(env)
	defer c.restore()
	f.callIn(in, &c, args, results)
}

// callFallback makes a call that needs more memory than can be copied into the window, or an instance beyond it.
func (f *Func) callFallback(args, results []unsafe.Pointer) {
	if !f.Fallback.IsValid() {
		panic(&Panic{Pos: f.program.sources[f.index].Node.Pos(), Message: errFar.Error()})
	}
	t := f.Fallback.Type()
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.NewAt(t.In(i), a).Elem()
	}
	for i, out := range f.Fallback.Call(in) {
		reflect.NewAt(t.Out(i), results[i]).Elem().Set(out)
	}
}

// farEnvironment has copies of the captured variables that are, or hold slices, out of reach.
func (f *Func) farEnvironment(c *copies, r *reserve) (*environment, bool) {
	p := f.program
	env := &environment{table: make([]uint32, len(f.env.table)), addrs: make([]unsafe.Pointer, len(f.env.addrs))}
	for i, v := range p.captured {
		sh := p.shapes[v.Type()]
		a := c.inside(f.env.addrs[i])
		if len(sh.headers) > 0 {
			held := r.take(uintptr(sh.size))
			if held == nil {
				return nil, false
			}
			copy(unsafe.Slice((*byte)(held), sh.size), unsafe.Slice((*byte)(a), sh.size))
			for _, s := range sh.headers {
				h := (*bytesHeader)(unsafe.Add(held, s.off))
				h.data = uintptr(c.inside((*sliceHeader)(unsafe.Add(f.env.addrs[i], s.off)).data))
			}
			a = held
		}
		off, ok := offset(a, uintptr(sh.size))
		if !ok {
			return nil, false
		}
		env.addrs[i], env.table[i] = a, uint32(off)
	}
	_, ok := offset(unsafe.Pointer(&env.table[0]), uintptr(4*len(env.table)))
	return env, ok
}

// returnCaptured gives captured slices that were set their new value.
func (f *Func) returnCaptured(c *copies, env *environment) {
	p := f.program
	for i, v := range p.captured {
		for _, s := range p.shapes[v.Type()].headers {
			now := *(*sliceHeader)(unsafe.Add(env.addrs[i], s.off))
			now.data = c.outside(now.data)
			was := (*sliceHeader)(unsafe.Add(c.inside(f.env.addrs[i]), s.off))
			if *was != now {
				*was = now
			}
		}
	}
}
