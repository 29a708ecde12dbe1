package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A laneSum adds to a variable from outside the loop, or subtracts from it: the terms are made in lanes, and added one after the
// other, as Go adds them.
type laneSum struct {
	v    *types.Var
	code byte
	term *lane
	pair int64
}

// sum notes a sum. Where a turn does not come to it, its term is a zero that changes nothing: −0 of those that are added.
func (l *lanes) sum(s *ast.AssignStmt) bool {
	v := l.f.varOf(s.Lhs[0])
	if l.nested > 0 || l.c.v == nil || v == nil || inside(l.c.body, v) || basicOf(v.Type()) != types.Float64 ||
		l.f.slots[v] == nil || l.f.slots[v].shape.memory {
		return false
	}
	if s.Tok != token.ADD_ASSIGN && s.Tok != token.SUB_ASSIGN {
		return false
	}
	term := l.value(s.Rhs[0])
	if l.under != nil {
		term = l.plain(v128And, term, l.under)
		if s.Tok == token.ADD_ASSIGN {
			term = l.plain(v128Or, term, l.plain(v128And, l.not(l.under), l.bits(signBit)))
		}
	}
	if term == nil {
		return false
	}
	l.sums = append(l.sums, laneSum{v, arithOps[binaryOf(s.Tok)][f64], term, l.pair})
	return true
}

// writeSums adds the terms up.
func (l *lanes) writeSums() {
	f := l.f
	for first := 0; first < len(l.sums); {
		last := first
		for last < len(l.sums) && l.sums[last].pair == l.sums[first].pair {
			last++
		}
		for k := range byte(2) {
			for _, s := range l.sums[first:last] {
				f.get(f.slots[s.v].locals[0])
				l.push(s.term)
				f.vectorLane(f64x2Extract, k)
				f.op(s.code)
				f.set(f.slots[s.v].locals[0])
			}
		}
		first = last
	}
}

// leastPerSum is how much work the terms of each sum must be to make them in lanes: to take them apart costs as much as an
// addition or two.
const leastPerSum = 4

// sumsPay reports sums whose terms are worth it.
func (l *lanes) sumsPay() bool {
	work := 0
	for _, v := range l.order {
		if v.fixed || v.uses == 0 {
			continue
		}
		switch {
		case v.key.kind == laneCall:
			work += 20
		case v.key.kind == lanePlain && (v.key.code == f64x2Div || v.key.code == f64x2Sqrt):
			work += 8
		case v.key.kind == lanePlain:
			work++
		}
	}
	return work >= leastPerSum*len(l.sums)
}
