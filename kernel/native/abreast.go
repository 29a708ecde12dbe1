package native

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// abreast is some turns of a loop at once, where a loop inside waits for its own results: points of a fractal, members of an
// ensemble. What stands before the inner loop runs for each of the turns, then the inner loop until all have left it, then what
// stands after it, in Go's order.
type abreast struct {
	f       *fn
	c       counted
	inner   innerLoop
	plan    *apart // what the turns may not share
	lanes   *lanes
	own     []*types.Var        // those of a turn that the inner loop reads or what follows it does
	later   map[*types.Var]bool // those of own that what follows reads
	strands []*strand
	even    evenLoop
}

// A strand is two of the turns, one in each lane.
type strand struct {
	in    map[*types.Var]uint32 // the vectors of own
	runs  uint32                // the mask of the turns that are still in the inner loop
	begin map[*types.Var]*lane  // what own was when the turns that are still in it came to here
	vars  map[*types.Var]*lane  // what it is behind a turn of the inner loop
	still *lane                 // what runs is then
	rows  []*row                // of each lane its own
}

// Strands run together: while one waits for its results, the others go on. The fewer variables a turn has, the more strands there
// is room for; but where turns leave the loop when they like, all wait for the last.
const (
	mostStrands   = 4
	mostUneven    = 2
	strandsAndOwn = 7
	mostRepeated  = 640 // nodes of syntax around the inner loop, of all turns
)

// braid is how many strands there are.
func (a *abreast) braid() int {
	n := min(mostStrands, strandsAndOwn-len(a.own))
	if !a.inner.even {
		n = min(n, mostUneven)
	}
	around := 1
	for _, s := range append(a.inner.before[:len(a.inner.before):len(a.inner.before)], a.inner.after...) {
		around += nodes(s)
	}
	return max(1, min(n, mostRepeated/(2*around)))
}

// abreastOf is the form of a loop that runs turns abreast; nil when it has none.
func (f *fn) abreastOf(c counted) *abreast {
	if c.v == nil || f.src.template || f.u.elementary {
		return nil
	}
	inner, ok := f.innerLoopOf(c)
	if !ok {
		return nil
	}
	a := &abreast{f: f, c: c, inner: inner, later: map[*types.Var]bool{}}
	a.plan = f.apartOf(c, inner)
	if a.plan == nil || !a.owns() {
		return nil
	}
	a.lanes = newLanes(f, counted{body: c.body})
	a.lanes.integers = true
	a.lanes.bytes = f.local(i32)
	a.even = evenLoop{count: f.local(i64), bytes: a.lanes.bytes, limit: f.local(i64), fits: f.local(i32)}
	var wanted []*lane
	for range a.braid() {
		s := &strand{}
		if !a.turn(s) {
			return nil
		}
		a.strands = append(a.strands, s)
		if !a.inner.even {
			wanted = append(wanted, s.still)
		}
		for _, v := range a.own {
			wanted = append(wanted, s.vars[v])
		}
	}
	a.lanes.settle(wanted...)
	return a
}

// turns is how many run together.
func (a *abreast) turns() int64 { return 2 * int64(len(a.strands)) }

// An innerLoop stands once in the body of a loop, between what comes before and after it.
type innerLoop struct {
	at            ast.Stmt
	before, after []ast.Stmt
	cond          ast.Expr
	post          ast.Stmt
	body          *ast.BlockStmt
	counter       *types.Var // of a range over an int, or of an even loop
	start         int64
	limit         ast.Expr
	even          bool // it counts to the same for all turns of the outer one, and nothing breaks it
}

// innerLoopOf finds the only loop in a loop's body, which must not be one that is written out.
func (f *fn) innerLoopOf(c counted) (in innerLoop, ok bool) {
	list := c.body.List
	for i, s := range list {
		if !hasLoop(s) {
			continue
		}
		if in.at != nil {
			return in, false
		}
		in.at, in.before, in.after = s, list[:i:i], list[i+1:]
	}
	switch s := in.at.(type) {
	case *ast.ForStmt:
		in.cond, in.post, in.body = s.Cond, s.Post, s.Body
		if s.Init != nil {
			in.before = append(in.before, s.Init)
		}
	case *ast.RangeStmt:
		if basicOf(f.typeOf(s.X)) != types.Int || s.Tok == token.ASSIGN || !f.constantIn(s.X, s.Body) {
			return in, false
		}
		in.limit, in.body, in.counter = s.X, s.Body, types.NewVar(s.Pos(), nil, "_", types.Typ[types.Int])
		if id, isName := s.Key.(*ast.Ident); isName && id.Name != "_" {
			in.counter, _ = f.info.Defs[id].(*types.Var)
		}
		if in.counter == nil || f.look.writes[in.counter] > 0 {
			return in, false
		}
	default:
		return in, false
	}
	f.makeEven(&in, c)
	short, _ := f.shortLoop(in.at)
	return in, short.v == nil && !hasLoop(in.body)
}

// owns lists the variables of a turn that must be in lanes.
func (a *abreast) owns() bool {
	return a.uses([]ast.Stmt{a.inner.at}, false) && a.uses(a.inner.after, true)
}

func (a *abreast) uses(list []ast.Stmt, later bool) bool {
	ok := true
	see := func(v *types.Var) {
		if a.later[v] = a.later[v] || later; slices.Contains(a.own, v) || v == a.c.v && later {
			return
		}
		if k := basicOf(v.Type()); k != types.Float64 && k != types.Int {
			ok = false
			return
		}
		a.own = append(a.own, v)
	}
	if a.inner.counter != nil && !a.inner.even && !later {
		see(a.inner.counter)
	}
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, isName := n.(*ast.Ident); isName {
				if v := a.f.varOf(id); v != nil && a.ofTurn(v) {
					see(v)
				}
			}
			return ok
		})
	}
	return ok
}

// ofTurn reports a variable that is set before the inner loop, for each turn.
func (a *abreast) ofTurn(v *types.Var) bool {
	if v == a.c.v || v == a.c.value {
		return true
	}
	if v == a.inner.counter {
		return !a.inner.even
	}
	return inside(a.c.body, v) && v.Pos() < a.inner.body.Pos()
}

// turn makes the lanes of one turn of the inner loop. A turn that has left it keeps what is read later; the rest of its lane is
// of no meaning.
func (a *abreast) turn(s *strand) bool {
	l := a.lanes
	l.vars, s.in, s.runs = map[*types.Var]*lane{}, map[*types.Var]uint32{}, a.f.local(v128)
	for _, v := range a.own {
		s.in[v] = a.f.local(v128)
		l.vars[v] = l.held(s.in[v], v)
	}
	s.still = l.held(s.runs, nil)
	if a.inner.even {
		l.vars[a.inner.counter] = l.lane(laneKey{kind: laneCount, bits: uint64(a.even.count)})
		l.elements = func(e *ast.IndexExpr) *lane { return a.element(s, e) }
	}
	s.begin = maps.Clone(l.vars)
	if !a.test(s) || !a.statements(s, a.inner.body.List) || !a.next() || !a.settle(s) {
		return false
	}
	s.vars = l.vars
	return true
}

// test is the condition of the inner loop.
func (a *abreast) test(s *strand) bool {
	l := a.lanes
	switch {
	case a.inner.even:
	case a.inner.counter != nil:
		return a.stay(s, l.operate(token.LSS, types.Int, l.vars[a.inner.counter], l.value(a.inner.limit)))
	case a.inner.cond != nil:
		return a.stay(s, l.value(a.inner.cond))
	}
	return true
}

func (a *abreast) stay(s *strand, mask *lane) bool {
	s.still = a.lanes.plain(v128And, s.still, mask)
	return s.still != nil
}

func (a *abreast) statements(in *strand, list []ast.Stmt) bool {
	for i, s := range list {
		x, isIf := s.(*ast.IfStmt)
		switch {
		case isIf && branch(x, token.BREAK):
			if !a.settle(in) || !a.stay(in, a.lanes.not(a.lanes.value(x.Cond))) {
				return false
			}
			in.begin = maps.Clone(a.lanes.vars)
			continue
		case isIf && branch(x, token.CONTINUE): // what follows is its else
			s, list = &ast.IfStmt{Cond: x.Cond, Body: &ast.BlockStmt{}, Else: &ast.BlockStmt{List: list[i+1:]}}, nil
		}
		if results, ok := a.lanes.run([]ast.Stmt{s}); !ok || results != nil {
			return false
		}
		if list == nil {
			break
		}
	}
	return true
}

// next is what the inner loop does between its turns.
func (a *abreast) next() bool {
	l := a.lanes
	if v := a.inner.counter; v != nil && !a.inner.even {
		l.vars[v] = l.operate(token.ADD, types.Int, l.vars[v], l.bits(1))
	}
	if a.inner.post == nil {
		return true
	}
	_, ok := l.run([]ast.Stmt{a.inner.post})
	return ok
}

// settle gives what is read later its value where the turn is in the loop, and what it had at the begin elsewhere.
func (a *abreast) settle(s *strand) bool {
	vars := a.lanes.vars
	for _, v := range a.own {
		if !a.later[v] || a.inner.even {
			continue
		}
		if vars[v] = a.lanes.choose(s.still, vars[v], s.begin[v]); vars[v] == nil {
			return false
		}
	}
	return true
}
