package native

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// A Program is a set of sources compiled together. It may be bound to captured variables many times.
type Program struct {
	compiler *Compiler
	compiled wazero.CompiledModule
	sources  []*Source
	parts    []parts
	shapes   shapes
	captured []*types.Var
	sites    []Site
	made     [][]made // each function's calls
	imports  int
	slots    []int // length of each function's stack of arguments and results
	frames   bool
	kept     *constants // read by the functions when they begin
	turns    uint64     // of loops between two yields
	spare    atomic.Pointer[instance]
	mu       sync.Mutex
	idle     *instance
	held     *modules
}

// modules are what a Program holds in the engine. Nothing leads from here to the session, by which the program would
// keep itself alive.
type modules struct {
	mu       sync.Mutex
	compiled wazero.CompiledModule
	open     []api.Module
	ctx      context.Context
	closed   bool
}

func (m *modules) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return
	}
	m.closed = true
	for _, mod := range m.open {
		_ = mod.Close(m.ctx)
	}
	_ = m.compiled.Close(m.ctx)
	m.open = nil
}

// Check reports, as a *Refusal, the first thing that keeps a source from being compiled. Calls of functions for
// which callable is true pass; nil means that none is. A source that passes compiles together with those it calls.
func Check(s *Source, callable func(types.Object) bool) error {
	return attempt(func() {
		u := newUnit([]*Source{s}, false)
		u.callable = callable
		u.lower()
	})
}

// Calls lists the functions a source may call by name: those of its own package, and variables of func type.
func (s *Source) Calls() []types.Object {
	var out []types.Object
	seen := map[types.Object]bool{}
	ast.Inspect(s.Node, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		var id *ast.Ident
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			id = fun
		case *ast.SelectorExpr:
			id = fun.Sel
		default:
			return true
		}
		obj := s.Info.Uses[id]
		if obj == nil || seen[obj] || obj.Pkg() == nil || obj.Pkg().Path() == "math" {
			return true
		}
		if _, ok := obj.Type().Underlying().(*types.Signature); ok && obj != s.Object {
			seen[obj] = true
			out = append(out, obj)
		}
		return true
	})
	return out
}

// Compile compiles sources that may call one another. The error is a *Refusal when one of them is not of the
// subset.
func (c *Compiler) Compile(sources ...*Source) (*Program, error) {
	var u *unit
	if err := attempt(func() {
		u = newUnit(sources, false)
		u.kept = newConstants(mostKept)
		u.site(faultOverflow, sources[0].Node.Pos())
		u.lower()
	}); err != nil {
		return nil, err
	}
	if err := c.load(u.imports); err != nil {
		return nil, err
	}
	binary := u.module(windowPages)
	compiled, err := c.runtime.CompileModule(c.ctx, binary)
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	p := &Program{compiler: c, compiled: compiled, sources: sources, parts: u.parts, shapes: u.shapes,
		captured: u.env, sites: u.sites, kept: u.kept}
	p.imports, p.turns = len(u.imports), u.turns()
	for _, f := range u.fns {
		p.made = append(p.made, f.made)
		p.slots = append(p.slots, max(len(f.params), len(f.results)))
		p.frames = p.frames || f.hasFP
	}
	p.held = &modules{compiled: compiled, ctx: c.ctx}
	runtime.AddCleanup(p, (*modules).close, p.held)
	return p, nil
}

// Captured are the variables that the sources share with the session. Bind wants their addresses in this order.
func (p *Program) Captured() []*types.Var { return p.captured }

// An environment is where a binding's captured variables are.
type environment struct {
	table []uint32
	addrs []unsafe.Pointer // keeps them alive

	headers []capturedSlice // the slices among them
	far     bool            // some are out of reach themselves
}

// Bind gives the program its captured variables, and returns a function for each source. A program that
// captures nothing is bound to nothing.
func (p *Program) Bind(addrs ...unsafe.Pointer) ([]*Func, error) {
	if len(addrs) != len(p.captured) {
		panic(fmt.Sprintf("native: %d addresses for %d captured variables", len(addrs), len(p.captured)))
	}
	env := &environment{table: make([]uint32, max(len(addrs), 1)), addrs: addrs}
	for i, a := range addrs {
		sh := p.shapes[p.captured[i].Type()]
		off, ok := offset(a, uintptr(sh.size))
		env.far = env.far || !ok
		env.table[i] = uint32(off)
		for _, h := range sh.headers {
			env.headers = append(env.headers, capturedSlice{(*sliceHeader)(unsafe.Add(a, h.off)), uintptr(h.size)})
		}
	}
	if _, ok := offset(unsafe.Pointer(&env.table[0]), uintptr(4*len(env.table))); !ok {
		return nil, errFar
	}
	fs := make([]*Func, len(p.sources))
	for i := range fs {
		fs[i] = p.newFunc(i, env)
	}
	return fs, p.ready()
}

// ready makes sure that there is an instance.
func (p *Program) ready() error {
	p.held.mu.Lock()
	some := len(p.held.open) > 0
	p.held.mu.Unlock()
	if some {
		return nil
	}
	in, err := p.newInstance()
	if err != nil {
		return err
	}
	p.held.add(in.mod)
	p.give(in)
	return nil
}

func (m *modules) add(mod api.Module) {
	m.mu.Lock()
	m.open = append(m.open, mod)
	m.mu.Unlock()
}

// take finds an instance nobody uses, set to an environment. It is nil when another is needed and the heap has grown beyond
// the window.
func (p *Program) take(env *environment) *instance {
	in := p.spare.Swap(nil)
	if in == nil {
		if in = p.another(); in == nil {
			return nil
		}
	}
	if in.env != env {
		in.env = env
		off, _ := offset(unsafe.Pointer(&env.table[0]), 0)
		in.setGlobal(globalEnv, off)
	}
	return in
}

func (p *Program) another() *instance {
	p.mu.Lock()
	in := p.idle
	if in != nil {
		p.idle, in.next = in.next, nil
	}
	p.mu.Unlock()
	if in != nil {
		return in
	}
	in, err := p.newInstance()
	switch {
	case errors.Is(err, errFar):
		return nil
	case err != nil:
		panic(&Panic{Pos: p.sources[0].Node.Pos(), Message: err.Error()})
	}
	p.held.add(in.mod)
	return in
}

// give returns an instance.
func (p *Program) give(in *instance) {
	if len(in.keep) > 0 {
		clear(in.keep)
		in.keep = in.keep[:0]
	}
	if p.spare.CompareAndSwap(nil, in) {
		return
	}
	p.mu.Lock()
	in.next, p.idle = p.idle, in
	p.mu.Unlock()
}

// Close frees the program's machine code at once. Without it that happens when nothing refers to the program or
// its functions any more. None of its functions may be running or be called again.
func (p *Program) Close() { p.held.close() }
