package native

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// lanes makes the two-lane form of straight code: first the lanes and their stores, then the operations. Decisions become
// choices between values. What has no such form makes it give up.
type lanes struct {
	f        *fn
	src      *Source
	info     *types.Info
	c        counted // the loop; of a function, none
	vars     map[*types.Var]*lane
	made     map[laneKey]*lane
	exprs    map[*lane]ast.Expr // of scalars from outside
	order    []*lane
	stores   []laneStore
	touched  []laneTouch
	integers bool                       // ints have lanes, too
	elements func(*ast.IndexExpr) *lane // of a loop abreast
	bytes    uint32                     // the local that says how far it has come in what it reads
	sums     []laneSum
	gathered []gathering
	each     *strided // the elements of a range
	nested   int      // calls that are lowered in place
	apart    int      // branches that are
	under    *lane    // the mask of the turns that have come to what is being read; nil when all have
	spread   bool     // loads are of elements apart, or of one that may be stored elsewhere
	doubt    *lane    // where the scalar function decides
	turns    int64    // that are made together
	pair     int64    // the pair of turns whose text is being read
	before   int      // stores of the pairs before it
	ahead    int64    // turns that the pair being written is ahead of the counter
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
			if l.c.v != nil && l.apart == 0 && l.nested == 0 && branch(s, token.CONTINUE) {
				ok = l.narrow(l.not(l.value(s.Cond)))
				break
			}
			results, ok = l.decide(s, list[i+1:])
		case *ast.SwitchStmt:
			chain := cascade(s)
			if chain == nil {
				return nil, false
			}
			return l.run(append([]ast.Stmt{chain}, list[i+1:]...))
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

// cascade is a switch without a value as a chain of ifs.
func cascade(s *ast.SwitchStmt) ast.Stmt {
	if s.Tag != nil || s.Init != nil {
		return nil
	}
	var chain ast.Stmt = &ast.EmptyStmt{}
	for _, c := range s.Body.List {
		if c := c.(*ast.CaseClause); c.List == nil {
			chain = &ast.BlockStmt{List: c.Body}
		}
	}
	for i := len(s.Body.List) - 1; i >= 0; i-- {
		c := s.Body.List[i].(*ast.CaseClause)
		if len(c.List) > 1 {
			return nil
		}
		if c.List != nil {
			chain = &ast.IfStmt{Cond: c.List[0], Body: &ast.BlockStmt{List: c.Body}, Else: chain}
		}
	}
	return chain
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
	before, under := maps.Clone(l.vars), l.under
	l.apart++
	ok = l.narrow(mask)
	var yes []*lane
	if ok {
		yes, ok = l.run(s.Body.List)
	}
	set := l.vars
	l.vars, l.under = before, under
	if ok && yes == nil {
		var no []*lane
		l.narrow(l.not(mask))
		no, ok = l.run(other)
		l.under = under
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

// narrow goes on with those of the turns that the mask is set for.
func (l *lanes) narrow(mask *lane) bool {
	if l.under != nil {
		mask = l.plain(v128And, l.under, mask)
	}
	l.under = mask
	return mask != nil
}

// branch reports an if that only breaks or continues.
func branch(s *ast.IfStmt, by token.Token) bool {
	if s.Init != nil || s.Else != nil || len(s.Body.List) != 1 {
		return false
	}
	b, ok := s.Body.List[0].(*ast.BranchStmt)
	return ok && b.Tok == by && b.Label == nil
}

// merge chooses for each variable between what was set under the mask and what is.
func (l *lanes) merge(mask *lane, set map[*types.Var]*lane) bool {
	for _, v := range sorted(l.vars) {
		if set[v] == nil || set[v] == l.vars[v] { // nil is of a variable of one branch
			continue
		}
		if l.vars[v] = l.choose(mask, set[v], l.vars[v]); l.vars[v] == nil {
			return false
		}
	}
	return true
}

// sorted lists variables in the order of the text.
func sorted[T any](of map[*types.Var]T) []*types.Var {
	return slices.SortedFunc(maps.Keys(of), func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
}

func (l *lanes) doubted(mask *lane) {
	if l.doubt != nil {
		mask = l.plain(v128Or, l.doubt, mask)
	}
	l.doubt = mask
}
