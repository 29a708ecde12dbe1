package native

import (
	"go/ast"
	"go/types"
)

// mostInlined is how many nodes of syntax a function may have to be lowered into its callers. wazero itself
// inlines nothing, and a call costs as much as a dozen operations.
const mostInlined = 120

// mostFilled is the same for functions that templates call, from few places and for each point.
const mostFilled = 600

// inlines reports whether calls of a source are replaced by its body: it is short, has no loops, calls itself
// through nobody, captures nothing and keeps nothing in memory.
func (u *unit) inlines(i int) bool {
	look := u.surveys[i]
	if look.inline != undecided {
		return look.inline == inlined
	}
	look.inline = called
	captures, most := len(look.outer) > 0, mostInlined
	if len(u.sources[i].also) > 0 {
		captures, most = captures && u.setsCaptured(), mostFilled
	}
	if !look.loops && !look.cyclic && !captures && nodes(u.sources[i].Node) <= most && !u.sources[i].hasArrays() {
		look.inline = inlined
	}
	return look.inline == inlined
}

type inlining uint8

const (
	undecided inlining = iota
	inlined
	called
)

func nodes(n ast.Node) int {
	count := 0
	ast.Inspect(n, func(n ast.Node) bool {
		if n != nil {
			count++
		}
		return true
	})
	return count
}

// body is what belongs to the source being lowered, as against the function it is lowered into.
type body struct {
	src    *Source
	info   *types.Info
	look   *survey
	jumps  []jump
	result []*slot
	facts  facts
	ringed map[*ast.BinaryExpr]ringed // remainders that do not wrap here
	done   label                      // where a return of inlined code goes
}

// inline lowers source i in place of a call of it, and pushes its results.
func (f *fn) inline(i int, e *ast.CallExpr, sig *types.Signature, recv func()) {
	p := f.u.parts[i]
	var shapes []*shape
	for _, v := range p.params {
		shapes = append(shapes, f.u.shapes.of(v.Type(), e.Pos()))
	}
	if recv != nil {
		recv()
	}
	f.arguments(e, sig)
	args := make([][]uint32, len(shapes))
	for k := len(shapes) - 1; k >= 0; k-- {
		args[k] = f.spill(shapes[k])
	}
	pos, outer := f.pos, f.body
	known := newFacts()
	if f.src.template {
		f.filled(e, p, known)
	}
	via := f.via
	f.via = f.through(e)
	f.body = body{src: f.u.sources[i], info: f.u.sources[i].Info, look: f.u.surveys[i], facts: known}
	for k, v := range p.params {
		f.getAll(args[k])
		f.setAll(f.slotFor(v).locals)
	}
	for _, v := range p.results {
		f.result = append(f.result, f.declare(v))
	}
	f.done = f.block()
	f.stmts(p.body)
	f.end()
	results := f.result
	f.pos, f.body, f.via = pos, outer, via
	for _, r := range results {
		f.getAll(r.locals)
	}
}
