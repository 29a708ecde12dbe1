package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// An evenLoop is an inner loop that counts to the same for all turns of the outer one: none leaves it before the others, and what
// it reads of slices is known to be there before it begins.
type evenLoop struct {
	count, limit uint32 // as locals
	bytes        uint32 // the count, less its first value, times 8
	fits         uint32 // whether all that is read is in bounds
	rows         []*row // that all turns read
}

// A row is what an even loop reads of a slice, at its counter plus what stays the same for a turn.
type row struct {
	slice       *types.Var
	rest        []ast.Expr // of which the last are subtracted
	subtracted  int
	text        string
	least, most int64     // what else is added
	addr        [2]uint32 // of the first that is read, for each lane
}

// makeEven finds out that a loop is even: one that runs over an int, or counts from a constant up to what no turn changes.
func (f *fn) makeEven(in *innerLoop, outer counted) {
	limit, start, counter := in.limit, int64(0), in.counter
	if s, ok := in.at.(*ast.ForStmt); ok {
		cond, isBinary := s.Cond.(*ast.BinaryExpr)
		counter, start, ok = f.counter(s)
		if !ok || start < 0 || !isBinary || cond.Op != token.LSS || f.varOf(cond.X) != counter {
			return
		}
		limit = cond.Y
	}
	ofTurn := func(v *types.Var) bool { return v == outer.v || v == outer.value || inside(outer.body, v) }
	if breaks(in.body) || !f.constantIn(limit, outer.body) || f.speaksOf(limit, ofTurn) {
		return
	}
	if _, ok := in.at.(*ast.ForStmt); ok {
		in.before = in.before[:len(in.before)-1]
	}
	in.even, in.counter, in.start, in.limit, in.cond, in.post = true, counter, start, limit, nil, nil
}

func breaks(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.BREAK
		return !found
	})
	return found
}

// element is one that an even loop reads.
func (a *abreast) element(s *strand, e *ast.IndexExpr) *lane {
	l := a.lanes
	v := a.f.varOf(e.X)
	if l.nested > 0 || l.kind(e) != types.Float64 || !a.plan.steady(v) || a.plan.written[v] {
		return nil
	}
	r := row{slice: v}
	counters, plus, ok := a.terms(&r, e.Index, 1)
	if !ok || counters != 1 || plus < -1<<30 || plus > 1<<30 || len(r.rest) == 0 && a.inner.start+plus < 0 {
		return nil
	}
	r.least, r.most = plus, plus
	rows := &s.rows
	if len(r.rest) == 0 {
		rows = &a.even.rows
	}
	a.plan.read[v] = true
	a.plan.by[v] = append(a.plan.by[v], everywhere)
	return l.lane(laneKey{kind: laneRow, row: a.join(rows, r), plus: plus})
}

// join finds or adds a row.
func (a *abreast) join(rows *[]*row, r row) *row {
	for _, old := range *rows {
		if old.slice == r.slice && old.text == r.text {
			old.least, old.most = min(old.least, r.least), max(old.most, r.most)
			return old
		}
	}
	r.addr[0] = a.f.local(i32)
	r.addr[1] = r.addr[0]
	if len(r.rest) > 0 {
		r.addr[1] = a.f.local(i32)
	}
	*rows = append(*rows, &r)
	return &r
}

// terms takes an index apart: how often the inner counter is in it, what constant, and the rest, which stays the same for a turn.
func (a *abreast) terms(r *row, e ast.Expr, sign int64) (counters, plus int64, ok bool) {
	e = ast.Unparen(e)
	if n, ok := a.f.intOf(e); ok {
		return 0, sign * n, n > -1<<30 && n < 1<<30
	}
	if v := a.f.varOf(e); v != nil && v == a.inner.counter {
		return sign, 0, true
	}
	if x, ok := e.(*ast.BinaryExpr); ok && (x.Op == token.ADD || x.Op == token.SUB) {
		right := sign
		if x.Op == token.SUB {
			right = -sign
		}
		c, p, ok := a.terms(r, x.X, sign)
		d, q, fine := a.terms(r, x.Y, right)
		return c + d, p + q, ok && fine
	}
	if !a.stays(e) {
		return 0, 0, false
	}
	if sign < 0 {
		r.rest, r.text = append(r.rest, e), r.text+"-"+types.ExprString(e)
		r.subtracted++
		return 0, 0, true
	}
	r.rest, r.text = append([]ast.Expr{e}, r.rest...), types.ExprString(e)+"+"+r.text
	return 0, 0, true
}

// stays reports an int that cannot fail, and that the inner loop leaves alone.
func (a *abreast) stays(e ast.Expr) bool {
	ok := basicOf(a.f.typeOf(e)) == types.Int && a.plan.pure(e, true)
	ast.Inspect(e, func(n ast.Node) bool {
		_, isElement := n.(*ast.IndexExpr)
		ok = ok && !isElement
		return ok
	})
	return ok && !a.f.speaksOf(e, func(v *types.Var) bool {
		return v == a.inner.counter || inside(a.inner.body, v) || a.f.sets(a.inner.body, v)
	})
}
