package native

import (
	"context"
	"errors"
	"go/ast"
	"slices"
	"strings"
	"unsafe"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

const (
	// How many loop turns pass between two yields: microseconds to a few milliseconds. Those of short functions that call
	// nothing outside take nanoseconds each.
	mostTurns, fewestTurns = 1 << 16, 1 << 14
	// mostBrief is how many nodes of syntax such functions have together.
	mostBrief = 400
	// deepest is how deep functions may call themselves.
	deepest = 1 << 19
	// frameBytes is the room for arrays of all active calls.
	frameBytes = 1 << 20
)

// Offsets of the control block, the start of an instance.
const (
	controlSite = 0
	controlA    = 8
	controlB    = 16
)

// An instance runs a program for one goroutine at a time.
type instance struct {
	site   int32
	a, b   int64
	keep   []unsafe.Pointer // what compiled code holds and the collector cannot see it hold
	stop   func() bool
	mod    api.Module
	fns    []api.Function
	stacks [][]uint64
	frames []uint64
	env    *environment
	next   *instance
	turns  uint64 // between two yields
}

var errFar = errors.New("native: the heap lies beyond the reach of compiled code")

func (p *Program) newInstance() (*instance, error) {
	in := &instance{stop: p.compiler.stopped, turns: p.turns}
	ctx := p.compiler.ctx
	mod, err := p.compiler.runtime.InstantiateModule(ctx, p.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, err
	}
	in.mod = mod
	if p.frames {
		in.frames = make([]uint64, frameBytes/8)
	}
	control, near := offset(unsafe.Pointer(in), unsafe.Sizeof(*in))
	if near && p.frames {
		_, near = offset(unsafe.Pointer(&in.frames[0]), frameBytes)
	}
	if !near {
		return nil, errors.Join(errFar, mod.Close(ctx))
	}
	in.setGlobal(globalControl, control)
	in.setGlobal(globalFuel, in.turns)
	in.reset()
	in.fns = make([]api.Function, len(p.sources))
	in.stacks = make([][]uint64, len(p.sources))
	return in, nil
}

func (in *instance) setGlobal(i int, v uint64) {
	in.mod.ExportedGlobal(globalName(i)).(api.MutableGlobal).Set(v)
}

// reset makes an instance fit for a call after one that failed.
func (in *instance) reset() {
	in.setGlobal(globalDepth, 0)
	in.setGlobal(globalFuel, in.turns)
	if in.frames == nil {
		return
	}
	start, _ := offset(unsafe.Pointer(&in.frames[0]), 0)
	in.setGlobal(globalStack, start)
	in.setGlobal(globalLimit, start+frameBytes)
}

// stack is where the arguments of function i go, and its results come.
func (in *instance) stack(p *Program, i int) []uint64 {
	if in.fns[i] == nil {
		in.fns[i] = in.mod.ExportedFunction(exportName(i))
		in.stacks[i] = make([]uint64, max(p.slots[i], 1))
	}
	return in.stacks[i]
}

var background = context.Background()

// run calls function i on its stack, and panics as it does.
func (in *instance) run(p *Program, i int) {
	if err := in.invoke(i); err != nil {
		panic(in.failure(p, i, err))
	}
}

func (in *instance) invoke(i int) error { return in.fns[i].CallWithStack(background, in.stacks[i]) }

// failure gives the instance back after a call that failed, and says how it did.
func (in *instance) failure(p *Program, i int, err error) error {
	site, a, b := in.site, in.a, in.b
	in.site = 0
	in.reset()
	if deep := site > 0 && p.sites[site].kind == faultOverflow || site == 0; deep {
		clear(in.fns) // with the stacks they grew
	}
	p.give(in)
	if site > 0 {
		failed := p.sites[site].raise(a, b)
		if f, ok := failed.(*Panic); ok && p.sites[site].kind != faultOverflow {
			f.Calls = p.callsTo(p.sites[site], err)
		}
		return failed
	}
	pos := p.sources[i].Node.Pos()
	if strings.Contains(err.Error(), "stack overflow") { // wazero's own limit, for functions with large frames
		return &Panic{Pos: pos, Message: "stack overflow"}
	}
	return &Panic{Pos: pos, Message: err.Error()}
}

// turns is how many loop turns of the unit may pass between two yields.
func (u *unit) turns() uint64 {
	size, long := 0, false
	for _, s := range u.sources {
		size += nodes(s.Node)
		long = long || s.movesMemory()
	}
	outside := slices.ContainsFunc(u.imports, func(im imported) bool { return im.module != runtimeModule || im.name != "yield" })
	if outside || long || size > mostBrief {
		return fewestTurns
	}
	return mostTurns
}

// movesMemory reports built-in functions that take as long as a slice.
func (s *Source) movesMemory() bool {
	found := false
	ast.Inspect(s.Node, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && s.Info.Types[ast.Unparen(call.Fun)].IsBuiltin() {
			found = found || writes[builtinName(ast.Unparen(call.Fun))]
		}
		return !found
	})
	return found
}
