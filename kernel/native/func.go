package native

import (
	"fmt"
	"go/types"
	"reflect"
	"runtime"
	"sync"
	"unsafe"

	"github.com/tetratelabs/wazero/api"
)

// A Func is a compiled function bound to its captured variables. Any number of goroutines may call it.
type Func struct {
	// Fallback is a Go function that does the same, for calls that touch more memory outside the window than can
	// be copied into it. Without one such a call panics.
	Fallback reflect.Value

	program         *Program
	index           int
	env             *environment
	params, results []*shape

	fillings sync.Mutex
	filled   map[string]filling // of templates that call it
}

func (p *Program) newFunc(i int, env *environment) *Func {
	f := &Func{program: p, index: i, env: env}
	for _, v := range p.parts[i].params {
		f.params = append(f.params, p.shapes[v.Type()])
	}
	for _, v := range p.parts[i].results {
		f.results = append(f.results, p.shapes[v.Type()])
	}
	return f
}

// Name is the source's.
func (f *Func) Name() string { return f.program.sources[f.index].Name }

// Interface returns the function as a Go func of its own type when that is one of the common ones, made
// without reflection; nil otherwise.
func (f *Func) Interface() any {
	switch f.signature() {
	case "func([]float64, []float64)":
		return f.drift
	case "func([]float64, []float64) float64":
		return f.pairing
	case "func(float64) float64":
		return f.real
	case "func(float64, float64) float64":
		return f.real2
	case "func([]float64) float64":
		return f.observable
	case "func([]float64) []float64":
		return f.field
	case "func()":
		return f.Run
	}
	return nil
}

func (f *Func) signature() string {
	tuple := func(vs []*types.Var) *types.Tuple {
		var out []*types.Var
		for _, v := range vs {
			out = append(out, types.NewParam(0, nil, "", v.Type()))
		}
		return types.NewTuple(out...)
	}
	p := f.program.parts[f.index]
	return types.NewSignatureType(nil, nil, nil, tuple(p.params), tuple(p.results), false).String()
}

// Make returns the function as a value of func type t, whose parameters are laid out as the source's are,
// whatever their names.
func (f *Func) Make(t reflect.Type) reflect.Value {
	if v := reflect.ValueOf(f.Interface()); v.IsValid() && v.Type().ConvertibleTo(t) {
		return v.Convert(t)
	}
	if t.NumIn() != len(f.params) || t.NumOut() != len(f.results) {
		panic(fmt.Sprintf("native: %s is not a %s", f.Name(), t))
	}
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		in := make([]unsafe.Pointer, len(args))
		for i, a := range args {
			v := reflect.New(t.In(i))
			v.Elem().Set(a)
			in[i] = v.UnsafePointer()
		}
		results := make([]reflect.Value, t.NumOut())
		out := make([]unsafe.Pointer, t.NumOut())
		for i := range results {
			v := reflect.New(t.Out(i))
			results[i], out[i] = v.Elem(), v.UnsafePointer()
		}
		f.Call(in, out)
		return results
	})
}

// Run calls a function without parameters and results, such as a compiled loop.
func (f *Func) Run() {
	if !f.env.near() {
		f.callFar(nil, nil)
		return
	}
	in := f.program.take(f.env)
	if in == nil {
		f.callFallback(nil, nil)
		return
	}
	in.stack(f.program, f.index)
	in.run(f.program, f.index)
	f.program.give(in)
}

// Call calls the function with the addresses of its arguments and of where its results go.
func (f *Func) Call(args, results []unsafe.Pointer) {
	if !f.near(args, results) {
		f.callFar(args, results)
		return
	}
	in := f.program.take(f.env)
	if in == nil {
		f.callFallback(args, results)
		return
	}
	f.callIn(in, nil, args, results)
}

// callIn runs the call in an instance, and returns that. c tells where far memory has its copies.
func (f *Func) callIn(in *instance, c *copies, args, results []unsafe.Pointer) {
	p := f.program
	stack := in.stack(p, f.index)
	k := 0
	for i, sh := range f.params {
		k += pass(stack[k:], c, sh, args[i])
	}
	for i, sh := range f.results {
		if sh.memory {
			stack[k] = reach(c, results[i])
			k++
		}
	}
	if err := in.invoke(f.index); err != nil {
		if c != nil {
			f.returnCaptured(c, in.env)
		}
		panic(in.failure(p, f.index, err))
	}
	k = 0
	for i, sh := range f.results {
		if !sh.memory {
			k += receive(stack[k:], c, sh, results[i])
		}
	}
	runtime.KeepAlive(args)
	runtime.KeepAlive(results)
	if c != nil {
		f.returnCaptured(c, in.env)
	}
	p.give(in)
}

// reach is the window's address of Go memory.
func reach(c *copies, p unsafe.Pointer) uint64 {
	if c != nil {
		p = c.inside(p)
	}
	off, _ := offset(p, 0)
	return off
}

// pass writes the leaves of an argument to the stack and returns how many there were.
func pass(stack []uint64, c *copies, sh *shape, arg unsafe.Pointer) int {
	if sh.memory {
		stack[0] = reach(c, arg)
		return 1
	}
	for i, l := range sh.leaves {
		from := unsafe.Add(arg, l.off)
		if l.role != pointer {
			stack[i] = readLeaf(l, from)
			continue
		}
		switch h := (*sliceHeader)(from); {
		case h.data == nil:
			stack[i] = 0
		case h.cap == 0:
			stack[i] = emptyAddress
		default:
			stack[i] = reach(c, h.data)
		}
	}
	return len(sh.leaves)
}

func readLeaf(l leaf, from unsafe.Pointer) uint64 {
	switch l.size {
	case 8:
		return *(*uint64)(from)
	case 4:
		return uint64(*(*uint32)(from))
	case 2:
		if l.kind == types.Int16 {
			return api.EncodeI32(int32(*(*int16)(from)))
		}
		return uint64(*(*uint16)(from))
	}
	if l.kind == types.Int8 {
		return api.EncodeI32(int32(*(*int8)(from)))
	}
	return uint64(*(*uint8)(from))
}

// receive writes the leaves of a result from the stack.
func receive(stack []uint64, c *copies, sh *shape, result unsafe.Pointer) int {
	for i, l := range sh.leaves {
		to := unsafe.Add(result, l.off)
		switch {
		case l.role == pointer:
			h := (*sliceHeader)(to)
			h.data = nil
			if uint32(stack[i]) != 0 {
				h.data = pointee(stack[i], stack[i+2])
				if c != nil {
					h.data = c.outside(h.data)
				}
			}
		case l.size == 8:
			*(*uint64)(to) = stack[i]
		case l.size == 4:
			*(*uint32)(to) = uint32(stack[i])
		case l.size == 2:
			*(*uint16)(to) = uint16(stack[i])
		default:
			*(*uint8)(to) = uint8(stack[i])
		}
	}
	return len(sh.leaves)
}

// empty is where slices without capacity point.
var empty = new(uint64)

func pointee(off, capacity uint64) unsafe.Pointer {
	if capacity == 0 {
		return unsafe.Pointer(empty)
	}
	return at(off)
}
