package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// The nodes of syntax that the body of an innermost loop may have to be written out so often.
var copiesByNodes = []struct {
	nodes  int
	copies int64
}{{40, 8}, {160, 4}, {240, 2}}

// copies is how many turns of a loop are written out: an address is then checked by wazero once for all of them, and
// values go from one to the next in registers.
func (f *fn) copies(loop ast.Node) int64 {
	body := loop
	if s, ok := loop.(*ast.ForStmt); ok {
		body = s.Body
	}
	if f.src.template || hasLoop(body) || f.hasCalls(loop) { // a template's loops go over the few coordinates of a state
		return 1
	}
	n := nodes(loop)
	for _, c := range copiesByNodes {
		if n <= c.nodes {
			return c.copies
		}
	}
	return 1
}

// hasCalls reports calls that stay calls: next to them nothing of this matters.
func (f *fn) hasCalls(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !found
		}
		tv := f.info.Types[ast.Unparen(call.Fun)]
		sel, _ := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		_, instruction := instructions[selected(sel)]
		found = found || !tv.IsType() && !tv.IsBuiltin() && !instruction
		return !found
	})
	return found
}

func selected(x *ast.SelectorExpr) string {
	if x == nil {
		return ""
	}
	return x.Sel.Name
}

// straight reports a body that runs from its begin to its end.
func straight(body ast.Node) bool {
	straight := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.BranchStmt, *ast.ReturnStmt, *ast.LabeledStmt:
			straight = false
		case *ast.BinaryExpr:
			straight = straight && n.Op != token.LAND && n.Op != token.LOR
		}
		return straight
	})
	return straight
}

// guards are what one look before a stretch of an innermost loop finds out, so that its turns need no bounds checks.
type guards struct {
	walked []*strided // by the counter
	doubt  []*strided // those of walked that may leave their slice
	still  []*strided // by variables that the loop leaves alone
	fixed  []fixed
	rings  rings
	least  int64 // the counter from which none of doubt is before its slice, where its first value is not known
}

// A fixed guard is that a slice reaches beyond the constants that index it.
type fixed struct {
	slice *types.Var
	size  int64 // of an element
	need  int64 // the length
}

func (g guards) empty() bool { return len(g.doubt)+len(g.still)+len(g.fixed)+len(g.rings.of) == 0 }

// grant takes what the guards say for known.
func (g guards) grant(known facts) {
	for _, st := range append(g.doubt[:len(g.doubt):len(g.doubt)], g.still...) {
		known.insideBy(st.key.counter, st.key.walked, span{st.least, st.most})
	}
	for _, x := range g.fixed {
		known.atLeast[x.slice] = max(known.atLeast[x.slice], x.need)
	}
}

// mostTwice is how many nodes of syntax a loop may have to be lowered in two forms.
const mostTwice = 200

// twoForms reports an innermost loop that may have a form without bounds checks.
func (f *fn) twoForms(c counted) bool {
	return c.v != nil && !f.src.template && nodes(c.body) <= mostTwice && !hasLoop(c.body)
}

// guard lists what is not known of the slices in an innermost loop.
func (f *fn) guard(c counted, strides []*strided, r rings) guards {
	g := guards{walked: strides, rings: r}
	if !f.twoForms(c) {
		return g
	}
	start := c.start
	if len(r.of) > 0 {
		start = max(start, r.least)
	}
	for _, st := range strides {
		switch {
		case f.proven(st):
		case start < 0:
			g.least = max(g.least, -st.least)
			g.doubt = append(g.doubt, st)
		case start*st.key.factor+st.least >= 0:
			g.doubt = append(g.doubt, st)
		}
	}
	g.still = f.gather(c.body, func(ix index, s *types.Var) bool {
		return ix.v != c.v && !inside(c.body, ix.v) && !inside(c.body, s) && f.slots[ix.v] != nil && !f.slots[ix.v].outer && !f.sets(c.body, ix.v) &&
			!f.facts.knows(ix.v, walked{s, ix.factor}, ix.plus)
	})
	need := map[*types.Var]int{}
	f.walks(c.body, func(_ *ast.IndexExpr, s *types.Var, ix index, size int64) {
		if !ix.known || inside(c.body, s) || ix.value < 0 || f.facts.atLeast[s] > ix.value {
			return
		}
		i, ok := need[s]
		if !ok {
			i = len(g.fixed)
			need[s] = i
			g.fixed = append(g.fixed, fixed{slice: s, size: size})
		}
		g.fixed[i].need = max(g.fixed[i].need, ix.value+1)
	})
	return g
}

// inside reports a variable that a body declares.
func inside(body ast.Node, v *types.Var) bool { return v.Pos() >= body.Pos() && v.Pos() < body.End() }

func (f *fn) proven(st *strided) bool {
	return f.facts.knows(st.key.counter, st.key.walked, st.least) && f.facts.knows(st.key.counter, st.key.walked, st.most)
}

func hasLoop(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		}
		return !found
	})
	return found
}

// touch reads the last of the neighbouring elements that so many turns read, where all are known to be there. wazero
// then has checked the address for the others; the read itself it drops.
func (f *fn) touch(c counted, g guards, copies int64) {
	last := func(addr uint32, bytes int64) {
		f.get(addr)
		f.memory(0x2d, 1, bytes-1)
		f.op(0x1a)
	}
	for _, st := range g.walked {
		if (st.most > st.least || copies > 1) && f.proven(st) {
			last(st.addr, (st.most-st.least+1+(copies-1)*st.key.factor)*st.size)
		}
	}
	for _, st := range g.still {
		if walk := f.strides[st.key]; walk != nil && f.proven(st) {
			last(walk.addr, (st.most-walk.least+1)*st.size)
		}
	}
	for _, x := range g.fixed {
		if f.facts.atLeast[x.slice] >= x.need {
			last(f.slots[x.slice].locals[0], x.need*x.size)
		}
	}
}

// renew sets the addresses of what is walked to themselves. Where ways meet, wazero takes a local's value for what it was only
// the first time that it is read, and has checked nothing of what it takes it for afterwards.
func (f *fn) renew(g guards) {
	for _, st := range g.walked {
		f.get(st.addr)
		f.set(st.addr)
	}
	for _, x := range g.fixed {
		l := f.slots[x.slice].locals[0]
		f.get(l)
		f.set(l)
	}
	for _, st := range g.still {
		if walk := f.strides[st.key]; walk != nil {
			f.get(walk.addr)
			f.set(walk.addr)
		}
	}
}

// shorten lowers stop to the end of the shortest slice in doubt, if the counter is before that and the other guards
// hold.
func (f *fn) shorten(c counted, stop, free uint32, g guards) {
	room := f.local(i64)
	f.get(stop)
	f.set(room)
	for _, st := range g.doubt {
		f.get(f.slots[st.key.slice].locals[1])
		f.i64Const(st.most)
		f.op(0x7d)
		if m := st.key.factor; m != 1 {
			f.i64Const(m - 1)
			f.op(0x7c)
			f.i64Const(m)
			f.op(0x7f) // i64.div_s
		}
		f.lower(room)
	}
	g.rings.shorten(f, room)
	f.get(c.local)
	f.get(room)
	f.op(0x53)
	if c.start < 0 && len(g.doubt) > 0 {
		f.get(c.local)
		f.i64Const(g.least)
		f.op(0x59, 0x71) // i64.ge_s, and
	}
	for _, st := range g.still {
		f.stays(st)
	}
	for _, x := range g.fixed {
		f.get(f.slots[x.slice].locals[1])
		f.i64Const(x.need)
		f.op(0x59, 0x71) // i64.ge_s, and
	}
	g.rings.within(f, c)
	f.tee(free)
	f.iff()
	f.get(room)
	f.set(stop)
	g.rings.approach(f, c, stop)
	f.end()
}

// lower sets a local to the value on the stack if that is less.
func (f *fn) lower(l uint32) {
	v := f.local(i64)
	f.tee(v)
	f.get(l)
	f.get(v)
	f.get(l)
	f.op(0x53, 0x1b) // i64.lt_s, select
	f.set(l)
}

// stays joins to the condition on the stack that the elements around a variable are in its slice.
func (f *fn) stays(st *strided) {
	at := f.local(i64)
	f.get(f.slots[st.key.counter].locals[0])
	f.i64Const(st.key.factor)
	f.op(0x7e)
	f.i64Const(st.least)
	f.op(0x7c)
	f.tee(at)
	f.get(f.slots[st.key.slice].locals[1])
	f.op(0x54, 0x71) // i64.lt_u, and
	f.get(at)
	f.i64Const(st.most - st.least)
	f.op(0x7c)
	f.get(f.slots[st.key.slice].locals[1])
	f.op(0x54, 0x71)
}
