package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A loop of few turns between constants may be written out, turn by turn, with its counter a constant in each: then indices are
// constants, neighbours on a ring too, and elements stay in locals. To begin and end a loop costs as much as some ten operations.
const (
	mostWrittenTurns = 16
	mostWritten      = 640 // nodes of syntax, of all turns, with those of the loops inside
)

// written lowers a loop so, and reports whether it did. Where a slice is too short for an index of constants, the loop runs as
// it stands, and fails where it must.
func (f *fn) written(n ast.Stmt, name string, c counted, body func()) bool {
	if f.standing || !f.isShort(c) || f.size(c.body, c, mostWritten) > mostWritten {
		return false
	}
	f.forgetChanged(n)
	need := f.lengthsFor(c)
	outer := f.facts
	if len(need) == 0 {
		f.turnByTurn(c, body)
	} else {
		for i, x := range need {
			f.get(f.slots[x.slice].locals[1])
			f.i64Const(x.need)
			f.op(0x59) // i64.ge_s
			if i > 0 {
				f.op(0x71)
			}
		}
		f.iff()
		f.facts = outer.branch()
		g := guards{fixed: need}
		g.grant(f.facts)
		f.touch(c, g, 1)
		f.turnByTurn(c, body)
		f.els()
		f.facts = outer.branch()
		f.standing = true
		f.chunks(n, name, c, body)
		f.standing = false
		f.end()
	}
	f.facts = outer
	f.forgetChanged(n)
	return true
}

func (f *fn) turnByTurn(c counted, body func()) {
	base, last := f.facts, f.facts
	f.natural[c.v] = true
	for k := c.start; k < c.end; k++ {
		f.facts = base.branch()
		if k > c.start && straight(c.body) {
			f.keepValues(last, func(v *types.Var) bool { return inside(c.body, v) })
		}
		f.counters[c.v] = k
		f.literalInt(k)
		f.set(c.local)
		body()
		last = f.facts
	}
	delete(f.counters, c.v)
}

func (f *fn) literalInt(n int64) {
	if n == 0 {
		f.zero(i64)
		return
	}
	f.i64Const(n)
}

// isShort reports a loop of few turns whose body is plain: nothing leaves it, and nothing in it is a call that stays one.
func (f *fn) isShort(c counted) bool {
	if c.v == nil || c.value != nil || c.end <= c.start || c.end-c.start > mostWrittenTurns || c.start < 0 ||
		f.src.template || f.u.elementary || f.hasCalls(c.body) {
		return false
	}
	plain := true
	ast.Inspect(c.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt, *ast.LabeledStmt, *ast.ReturnStmt, *ast.SwitchStmt, *ast.FuncLit:
			plain = false
		case *ast.RangeStmt:
			plain = plain && basicOf(f.typeOf(n.X)) == types.Int
		}
		return plain
	})
	return plain
}

// size is how many nodes of syntax a loop's body has when it is written out, or more than most.
func (f *fn) size(body ast.Node, c counted, most int) int {
	total := 0
	f.eachTurn(c, func() {
		if total <= most {
			total += f.sizeInside(body, most-total)
		}
	})
	return total
}

func (f *fn) sizeInside(body ast.Node, most int) int {
	total := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || total > most {
			return false
		}
		total++
		if s, ok := n.(ast.Stmt); ok {
			if inner, isLoop := f.shortLoop(s); isLoop && inner.v == nil {
				total = most + 1
			} else if isLoop {
				total += f.size(inner.body, inner, most-total)
				return false
			}
		}
		return true
	})
	return total
}

// eachTurn calls see with the counter at each of its values.
func (f *fn) eachTurn(c counted, see func()) {
	for k := c.start; k < c.end; k++ {
		f.counters[c.v] = k
		see()
	}
	delete(f.counters, c.v)
}

// shortLoop is the loop that a statement is, without a counter when it is not between constants and short.
func (f *fn) shortLoop(s ast.Stmt) (c counted, isLoop bool) {
	switch s := s.(type) {
	case *ast.ForStmt:
		c.body = s.Body
		v, start, ok := f.counter(s)
		cond, isBinary := s.Cond.(*ast.BinaryExpr)
		if !ok || !isBinary || cond.Op != token.LSS || f.varOf(cond.X) != v {
			return c, true
		}
		c.start = start
		if c.end, ok = f.intOf(cond.Y); ok {
			c.v = v
		}
	case *ast.RangeStmt:
		c.body = s.Body
		id, ok := s.Key.(*ast.Ident)
		if !ok || s.Tok != token.DEFINE {
			return c, true
		}
		v, _ := f.info.Defs[id].(*types.Var)
		if c.end, ok = f.intOf(s.X); ok && v != nil && f.look.writes[v] == 0 {
			c.v = v
		}
	default:
		return c, false
	}
	if c.v != nil && (c.start < 0 || c.end-c.start > mostWrittenTurns) {
		c.v = nil
	}
	return c, true
}

// lengthsFor lists how long slices must be for all indices of constants in a loop that is written out.
func (f *fn) lengthsFor(c counted) []fixed {
	var all []fixed
	at := map[*types.Var]int{}
	var look func(body *ast.BlockStmt)
	look = func(body *ast.BlockStmt) {
		f.walks(body, func(_ *ast.IndexExpr, s *types.Var, ix index, size int64) {
			if !ix.known || inside(c.body, s) || ix.value < 0 || ix.value >= farthestWritten || f.facts.atLeast[s] > ix.value {
				return
			}
			i, ok := at[s]
			if !ok {
				i = len(all)
				at[s] = i
				all = append(all, fixed{slice: s, size: size})
			}
			all[i].need = max(all[i].need, ix.value+1)
		})
		ast.Inspect(body, func(n ast.Node) bool {
			if s, ok := n.(ast.Stmt); ok {
				if inner, isLoop := f.shortLoop(s); isLoop {
					f.eachTurn(inner, func() { look(inner.body) })
					return false
				}
			}
			return true
		})
	}
	f.eachTurn(c, func() { look(c.body) })
	return all
}

// farthestWritten bounds the indices that are looked after together.
const farthestWritten = 1 << 20
