package native

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// lanes makes the two-lane form of straight code: first the lanes and their stores, then the operations. Decisions become
// choices between values. What has no such form makes it give up.
type lanes struct {
	f       *fn
	src     *Source
	info    *types.Info
	c       counted // the loop; of a function, none
	vars    map[*types.Var]*lane
	made    map[laneKey]*lane
	exprs   map[*lane]ast.Expr // of scalars from outside
	order   []*lane
	stores  []laneStore
	touched []laneTouch
	each    *strided // the elements of a range
	nested  int      // calls that are lowered in place
	apart   int      // branches that are
	doubt   *lane    // where the scalar function decides
	turns   int64    // that are made together
	pair    int64    // the pair of turns whose text is being read
	before  int      // stores of the pairs before it
	ahead   int64    // turns that the pair being written is ahead of the counter
}

// A laneStore sets two elements. Loads of its pair of a later epoch see it.
type laneStore struct {
	walk  *strided
	plus  int64
	value *lane
	pair  int64
	epoch int
}

// A laneTouch is one access of memory, in the order of the text.
type laneTouch struct {
	walk  *strided
	plus  int64
	store bool
}

func newLanes(f *fn, c counted) *lanes {
	return &lanes{f: f, src: f.src, info: f.info, c: c, vars: map[*types.Var]*lane{}, made: map[laneKey]*lane{}, exprs: map[*lane]ast.Expr{}}
}

// run lowers statements. A function's results are not nil when the statements return.
func (l *lanes) run(list []ast.Stmt) (results []*lane, ok bool) {
	for i, s := range list {
		switch s := s.(type) {
		case *ast.EmptyStmt:
			ok = true
		case *ast.AssignStmt:
			ok = l.assign(s)
		case *ast.IncDecStmt:
			ok = l.incDec(s)
		case *ast.DeclStmt:
			ok = l.declare(s)
		case *ast.IfStmt:
			results, ok = l.decide(s, list[i+1:])
		case *ast.ReturnStmt:
			return l.results(s)
		default:
			return nil, false
		}
		if !ok || results != nil {
			return results, ok
		}
	}
	return nil, true
}

func (l *lanes) results(s *ast.ReturnStmt) (results []*lane, ok bool) {
	if l.nested == 0 && l.c.body != nil || len(s.Results) == 0 {
		return nil, false
	}
	for _, e := range s.Results {
		v := l.value(e)
		if v == nil {
			return nil, false
		}
		results = append(results, v)
	}
	return results, true
}

// decide runs both branches and chooses between what they set, or return; rest is what follows.
func (l *lanes) decide(s *ast.IfStmt, rest []ast.Stmt) (results []*lane, ok bool) {
	if s.Init != nil {
		if _, ok := l.run([]ast.Stmt{s.Init}); !ok {
			return nil, false
		}
	}
	mask := l.value(s.Cond)
	if mask == nil {
		return nil, false
	}
	if l.leaves(s) {
		l.doubted(mask)
		return nil, true
	}
	var other []ast.Stmt
	if s.Else != nil {
		other = []ast.Stmt{s.Else}
		if b, ok := s.Else.(*ast.BlockStmt); ok {
			other = b.List
		}
	}
	before := maps.Clone(l.vars)
	l.apart++
	yes, ok := l.run(s.Body.List)
	set := l.vars
	l.vars = before
	if ok && yes == nil {
		var no []*lane
		no, ok = l.run(other)
		ok = ok && no == nil
	}
	l.apart--
	if !ok {
		return nil, false
	}
	if yes == nil {
		return nil, l.merge(mask, set)
	}
	no, ok := l.run(append(other[:len(other):len(other)], rest...))
	if !ok || len(no) != len(yes) {
		return nil, false
	}
	for i := range yes {
		if yes[i] = l.choose(mask, yes[i], no[i]); yes[i] == nil {
			return nil, false
		}
	}
	return yes, true
}

// merge chooses for each variable between what was set under the mask and what is.
func (l *lanes) merge(mask *lane, set map[*types.Var]*lane) bool {
	for v, x := range l.vars {
		if set[v] == x {
			continue
		}
		if l.vars[v] = l.choose(mask, set[v], x); l.vars[v] == nil {
			return false
		}
	}
	return true
}

func (l *lanes) doubted(mask *lane) {
	if l.doubt != nil {
		mask = l.plain(v128Or, l.doubt, mask)
	}
	l.doubt = mask
}

// declare is var with values.
func (l *lanes) declare(s *ast.DeclStmt) bool {
	d, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return false
	}
	if d.Tok == token.CONST {
		return true
	}
	for _, sp := range d.Specs {
		sp, ok := sp.(*ast.ValueSpec)
		if !ok || len(sp.Values) > 0 && len(sp.Values) != len(sp.Names) {
			return false
		}
		for i, id := range sp.Names {
			v := l.bits(0)
			if len(sp.Values) > 0 {
				v = l.value(sp.Values[i])
			}
			if !l.define(id, v) {
				return false
			}
		}
	}
	return true
}

func (l *lanes) assign(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		return l.set(s.Lhs[0], s.Tok, l.operate(binaryOf(s.Tok), l.kind(s.Lhs[0]), l.value(s.Lhs[0]), l.value(s.Rhs[0])))
	}
	var values []*lane
	if call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); ok && len(s.Lhs) > 1 && len(s.Rhs) == 1 {
		values = l.inline(call)
	} else {
		for _, r := range s.Rhs {
			values = append(values, l.value(r))
		}
	}
	if len(values) != len(s.Lhs) {
		return false
	}
	for i, e := range s.Lhs {
		if !l.set(e, s.Tok, values[i]) {
			return false
		}
	}
	return true
}

func (l *lanes) incDec(s *ast.IncDecStmt) bool {
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	if l.kind(s.X) != types.Float64 {
		return false
	}
	return l.set(s.X, token.ASSIGN, l.operate(op, types.Float64, l.value(s.X), l.number(1)))
}

// set gives a variable of the code, or an element, its value.
func (l *lanes) set(e ast.Expr, tok token.Token, v *lane) bool {
	if v == nil {
		return false
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if l.info.Defs[x] != nil || x.Name == "_" {
			return l.define(x, v)
		}
		of, ok := l.info.Uses[x].(*types.Var)
		if !ok || l.vars[of] == nil {
			return false
		}
		l.vars[of] = v
		return true
	case *ast.IndexExpr:
		walk, plus := l.walk(x)
		if walk == nil || l.apart > 0 {
			return false
		}
		l.touch(laneTouch{walk, plus, true})
		l.stores = append(l.stores, laneStore{walk, plus + 2*l.pair, v, l.pair, len(l.stores) - l.before})
		l.made[l.loadKey(walk, plus)] = v
		return true
	}
	return false
}

// touch notes an access. All pairs make the same.
func (l *lanes) touch(t laneTouch) {
	if l.pair == 0 {
		l.touched = append(l.touched, t)
	}
}

func (l *lanes) define(id *ast.Ident, v *lane) bool {
	if id.Name == "_" {
		return v != nil
	}
	of, ok := l.info.Defs[id].(*types.Var)
	if !ok || v == nil || !l.holds(basicOf(of.Type())) {
		return false
	}
	l.vars[of] = v
	return true
}
