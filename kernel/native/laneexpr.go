package native

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
)

// holds reports kinds that have lanes. The bits of floats and conditions are for package elementary alone.
func (l *lanes) holds(k types.BasicKind) bool {
	return k == types.Float64 || k == types.Bool || l.f.u.elementary && k == types.Uint64 || l.integers && k == types.Int
}

func (l *lanes) kind(e ast.Expr) types.BasicKind {
	if t := l.info.TypeOf(e); t != nil {
		return basicOf(t)
	}
	return types.Invalid
}

// value makes the lane of an expression.
func (l *lanes) value(e ast.Expr) *lane {
	if !l.holds(l.kind(e)) {
		return nil
	}
	if v := l.info.Types[e].Value; v != nil {
		return l.constant(v, l.kind(e))
	}
	switch x := e.(type) {
	case *ast.ParenExpr:
		return l.value(x.X)
	case *ast.Ident:
		if of, ok := l.info.Uses[x].(*types.Var); ok && l.vars[of] != nil {
			return l.vars[of]
		} else if ok && of == l.c.v {
			return l.plain(i64x2Add, l.lane(laneKey{kind: laneNow}), l.lane(laneKey{kind: laneSteps, plus: 2 * l.pair}))
		}
		return l.scalar(x)
	case *ast.SelectorExpr:
		return l.scalar(x)
	case *ast.UnaryExpr:
		return l.unary(x)
	case *ast.BinaryExpr:
		if x.Op == token.SHL || x.Op == token.SHR {
			return l.shift(x)
		}
		return l.operate(x.Op, l.kind(x.X), l.value(x.X), l.value(x.Y))
	case *ast.IndexExpr:
		return l.load(x)
	case *ast.CallExpr:
		return l.call(x)
	}
	return nil
}

func (l *lanes) constant(v constant.Value, k types.BasicKind) *lane {
	switch k {
	case types.Float64:
		return l.number(float(v))
	case types.Uint64, types.Int:
		return l.bits(uint64(integer(v)))
	}
	return nil
}

func (l *lanes) unary(e *ast.UnaryExpr) *lane {
	switch k := l.kind(e); {
	case e.Op == token.NOT:
		return l.not(l.value(e.X))
	case e.Op == token.SUB && k == types.Float64:
		return l.negated(l.value(e.X))
	case e.Op == token.SUB && k == types.Int:
		return l.plain(i64x2Sub, l.bits(0), l.value(e.X))
	case e.Op == token.ADD:
		return l.value(e.X)
	}
	return nil
}

// laneOps are operations by the kind of the operands.
var laneOps = map[types.BasicKind]map[token.Token]uint64{
	types.Float64: {
		token.ADD: f64x2Add, token.SUB: f64x2Sub, token.MUL: f64x2Mul, token.QUO: f64x2Div, token.EQL: f64x2Eq,
		token.NEQ: f64x2Ne, token.LSS: f64x2Lt, token.LEQ: f64x2Le, token.GTR: f64x2Gt, token.GEQ: f64x2Ge,
	},
	types.Uint64: {
		token.ADD: i64x2Add, token.SUB: i64x2Sub, token.AND: v128And, token.OR: v128Or, token.XOR: v128Xor, token.EQL: i64x2Eq,
	},
	types.Int: {
		token.ADD: i64x2Add, token.SUB: i64x2Sub, token.EQL: i64x2Eq, token.LSS: i64x2Lt, token.LEQ: i64x2Le, token.GTR: i64x2Gt, token.GEQ: i64x2Ge,
	},
	types.Bool: {token.LAND: v128And, token.LOR: v128Or, token.NEQ: v128Xor},
}

func (l *lanes) operate(op token.Token, k types.BasicKind, x, y *lane) *lane {
	switch {
	case x == nil || y == nil:
		return nil
	case op == token.NEQ && (k == types.Uint64 || k == types.Int):
		return l.not(l.operate(token.EQL, k, x, y))
	case op == token.EQL && x.key.b != nil && x.key.b.key.kind == laneSteps && y.fixed:
		return l.plain(i64x2Eq, x.key.a, l.plain(i64x2Sub, y, x.key.b)) // the counter against what all turns share
	case op == token.EQL && k == types.Bool:
		return l.not(l.plain(v128Xor, x, y))
	case op == token.MUL && k == types.Float64 && x == l.number(2):
		return l.plain(f64x2Add, y, y)
	case op == token.MUL && k == types.Float64 && y == l.number(2):
		return l.plain(f64x2Add, x, x)
	}
	if op == token.QUO && k == types.Float64 && y.key.kind == laneConst {
		if inverse, ok := exactInverse(math.Float64frombits(y.key.bits)); ok {
			return l.plain(f64x2Mul, x, l.number(inverse))
		}
	}
	if k == types.Float64 && commutes[op] && x.key.kind == laneConst {
		x, y = y, x
	}
	code, ok := laneOps[k][op]
	if !ok {
		return nil
	}
	return l.plain(code, x, y)
}

// exactInverse is that of a power of two.
func exactInverse(x float64) (float64, bool) {
	part, exp := math.Frexp(x)
	return 1 / x, part == 0.5 && exp >= -100 && exp <= 100
}

func (l *lanes) shift(e *ast.BinaryExpr) *lane {
	n := l.info.Types[e.Y].Value
	if n == nil || l.kind(e) != types.Uint64 || integer(n) > 63 {
		return nil
	}
	code := uint64(i64x2Shl)
	if e.Op == token.SHR {
		code = i64x2ShrU
	}
	return l.lane(laneKey{kind: laneShift, code: code, bits: uint64(integer(n))}, l.value(e.X))
}

// scalar is a variable from outside the loop, or a field of one, that the loop leaves alone.
func (l *lanes) scalar(e ast.Expr) *lane {
	if k := l.kind(e); l.nested > 0 || l.c.body == nil || k != types.Float64 && !(l.integers && k == types.Int) {
		return nil
	}
	id, field := e, ""
	for {
		x, ok := ast.Unparen(id).(*ast.SelectorExpr)
		if !ok {
			break
		}
		id, field = x.X, field+"."+x.Sel.Name
	}
	v := l.f.varOf(id)
	if v == nil || inside(l.c.body, v) || v == l.c.v || v == l.c.value || l.f.slots[v] == nil || l.f.slots[v].shape.memory || l.f.sets(l.c.body, v) {
		return nil
	}
	s := l.lane(laneKey{kind: laneFixed, of: v, field: field})
	l.exprs[s] = e
	return s
}

// load is the element that the counter, plus a constant, has come to.
func (l *lanes) load(e *ast.IndexExpr) *lane {
	if l.elements != nil {
		return l.elements(e)
	}
	walk, plus := l.walk(e)
	switch {
	case walk == nil:
		if s := l.still(e); s != nil {
			return s
		}
		return l.gather(e)
	case walk.key.factor != 1:
		l.spread = true
		return l.lane(laneKey{kind: laneSpread, walk: walk, plus: plus + 2*l.pair*walk.key.factor})
	}
	l.touch(laneTouch{walk, plus, false})
	return l.lane(l.loadKey(walk, plus))
}

// still is an element that stays where it is for all turns, in bounds.
func (l *lanes) still(e *ast.IndexExpr) *lane {
	s := l.f.varOf(e.X)
	if l.nested > 0 || l.c.v == nil || l.kind(e) != types.Float64 || s == nil || inside(l.c.body, s) || !l.f.steady(s) {
		return nil
	}
	if n, ok := l.f.intOf(e.Index); ok {
		if n < 0 || l.f.facts.atLeast[s] <= n {
			return nil
		}
	} else if v, factor, plus := l.f.affine(e.Index); v == nil || v == l.c.v || inside(l.c.body, v) || l.f.sets(l.c.body, v) ||
		!l.f.facts.knows(v, walked{s, factor}, plus) {
		return nil
	}
	l.spread = true
	of := l.lane(laneKey{kind: laneFixed, of: s, name: types.ExprString(e.Index)})
	l.exprs[of] = e
	return of
}

func (l *lanes) loadKey(walk *strided, plus int64) laneKey {
	return laneKey{kind: laneLoad, walk: walk, plus: plus + 2*l.pair, epoch: len(l.stores) - l.before}
}

// walk finds the slice of float64 that an index expression walks by the counter, when all of its turns are in bounds.
func (l *lanes) walk(e *ast.IndexExpr) (walk *strided, plus int64) {
	if l.nested > 0 || l.c.v == nil || l.kind(e) != types.Float64 {
		return nil, 0
	}
	s := l.f.varOf(e.X)
	v, factor, plus := l.f.affine(e.Index)
	if s == nil || v != l.c.v {
		return nil, 0
	}
	by := walked{s, factor}
	walk = l.f.strides[stride{v, by}]
	if walk == nil || !l.f.facts.knows(v, by, plus) {
		return nil, 0
	}
	return walk, plus
}
