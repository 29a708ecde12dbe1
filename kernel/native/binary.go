package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (f *fn) binary(e *ast.BinaryExpr) {
	switch e.Op {
	case token.LAND, token.LOR:
		f.logical(e)
		return
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		f.compare(e)
		return
	case token.SHL, token.SHR:
		k := basicOf(f.typeOf(e))
		f.expr(e.X)
		f.shift(e, e.Op, k, e.Y)
		return
	}
	if r, ok := f.ringed[e]; ok {
		f.get(f.slots[r.counter].locals[0])
		f.i64Const(r.plus)
		f.op(0x7c)
		return
	}
	k := basicOf(f.typeOf(e))
	if isFloat(k) && f.cheaper(e, k) {
		return
	}
	if o, ok := f.operationOf(e); ok {
		if !f.facts.results[o] {
			f.compute(e, o)
		}
		f.get(f.resultLocals[o])
		return
	}
	x, y := e.X, e.Y
	if f.keeps() && isFloat(k) && commutes[e.Op] && f.valueOf(x) != nil { // the left one's register takes the result
		x, y = y, x
	}
	f.operand(x, k)
	f.rightOperand(y, k)
	if isComplex(k) {
		f.complexArith(e, e.Op, k)
		return
	}
	if v := f.valueOf(e.Y); v != nil && (e.Op == token.QUO || e.Op == token.REM) && f.divideBy(e.Op, k, v, f.natural[f.varOf(e.X)]) {
		return
	}
	f.arith(e, e.Op, k)
}

// commutes are the operations whose operands may change places where one is a constant: of two NaN the first decides.
var commutes = map[token.Token]bool{token.ADD: true, token.MUL: true}

// operand pushes e, a constant perhaps, as kind k.
func (f *fn) operand(e ast.Expr, k types.BasicKind) {
	if v := f.valueOf(e); v != nil {
		f.literal(e, v, types.Typ[k])
		return
	}
	f.expr(e)
}

// rightOperand is an operand that is used at once, on the right: there a plain 0 does no harm.
func (f *fn) rightOperand(e ast.Expr, k types.BasicKind) {
	if v := f.valueOf(e); v != nil {
		f.constant(e, v, types.Typ[k])
		return
	}
	f.expr(e)
}

// logical is && and ||, whose right side runs only when needed.
func (f *fn) logical(e *ast.BinaryExpr) {
	f.expr(e.X)
	outer := f.facts
	f.op(0x04, i32)
	f.depth++
	f.facts = outer.branch()
	if e.Op == token.LAND {
		f.expr(e.Y)
		f.els()
		f.i32Const(0)
	} else {
		f.i32Const(1)
		f.els()
		f.expr(e.Y)
	}
	f.end()
	f.facts = outer
}

// Opcodes by value type: i32, i64, f32, f64.
var arithOps = map[token.Token]map[byte]byte{
	token.ADD:     {i32: 0x6a, i64: 0x7c, f32: 0x92, f64: 0xa0},
	token.SUB:     {i32: 0x6b, i64: 0x7d, f32: 0x93, f64: 0xa1},
	token.MUL:     {i32: 0x6c, i64: 0x7e, f32: 0x94, f64: 0xa2},
	token.QUO:     {f32: 0x95, f64: 0xa3},
	token.AND:     {i32: 0x71, i64: 0x83},
	token.OR:      {i32: 0x72, i64: 0x84},
	token.XOR:     {i32: 0x73, i64: 0x85},
	token.AND_NOT: {i32: 0x71, i64: 0x83},
}

// arith applies an operator to the two values on the stack.
func (f *fn) arith(n ast.Node, op token.Token, k types.BasicKind) {
	if isInteger(k) && (op == token.QUO || op == token.REM) {
		f.divide(n, op, k)
		return
	}
	val := valOf(k)
	code, ok := arithOps[op][val]
	if !ok || k == types.Invalid || k == types.String {
		refuse(n, "operator %s", op)
	}
	if op == token.AND_NOT {
		if val == i64 {
			f.i64Const(-1)
			f.op(0x85)
		} else {
			f.i32Const(-1)
			f.op(0x73)
		}
	}
	f.op(code)
	if val == i32 {
		f.wrap(k)
	}
}

// divide is integer division and remainder: by zero it fails, and the least integer by −1 wraps.
func (f *fn) divide(n ast.Node, op token.Token, k types.BasicKind) {
	val := valOf(k)
	y, x := f.local(val), f.local(val)
	f.set(y)
	f.set(x)
	wide := val == i64
	if op == token.REM && k == types.Int {
		f.remainder(n, x, y)
		return
	}
	f.get(y)
	f.op(pickOp(wide, 0x50, 0x45)) // eqz
	f.iff()
	f.trap(f.u.site(faultDivide, n.Pos()), nil, nil)
	f.end()
	if isUnsigned(k) || op == token.REM {
		f.get(x)
		f.get(y)
		switch {
		case isUnsigned(k) && op == token.QUO:
			f.op(pickOp(wide, 0x80, 0x6e))
		case isUnsigned(k):
			f.op(pickOp(wide, 0x82, 0x70))
		default:
			f.op(pickOp(wide, 0x81, 0x6f))
		}
		return
	}
	f.get(y)
	f.minusOne(wide)
	f.op(pickOp(wide, 0x51, 0x46)) // eq
	f.op(0x04, val)
	f.depth++
	f.zero(val)
	f.get(x)
	f.op(pickOp(wide, 0x7d, 0x6b))
	f.els()
	f.get(x)
	f.get(y)
	f.op(pickOp(wide, 0x7f, 0x6d))
	f.end()
	f.wrap(k)
}

func (f *fn) minusOne(wide bool) {
	if wide {
		f.i64Const(-1)
	} else {
		f.i32Const(-1)
	}
}

func pickOp(wide bool, a, b byte) byte {
	if wide {
		return a
	}
	return b
}

// shift applies << or >> by y to the value of kind k on the stack.
func (f *fn) shift(n ast.Node, op token.Token, k types.BasicKind, y ast.Expr) {
	if !isInteger(k) {
		refuse(n, "a shift of %s", types.Typ[k])
	}
	val := valOf(k)
	width := bitsOf(k)
	code := shiftOp(op, k)
	if tv := f.info.Types[y]; tv.Value != nil {
		f.shiftBy(code, op, k, integer(tv.Value))
		return
	}
	x, count := f.local(val), f.local(i64)
	f.set(x)
	f.expr(y)
	yk := basicOf(f.typeOf(y))
	f.extend(yk)
	f.set(count)
	if !isUnsigned(yk) {
		f.get(count)
		f.i64Const(0)
		f.op(0x53) // i64.lt_s
		f.iff()
		f.trap(f.u.site(faultShift, n.Pos()), nil, nil)
		f.end()
	}
	if op == token.SHR && !isUnsigned(k) {
		f.get(x)
		f.get(count)
		f.i64Const(width - 1)
		f.get(count)
		f.i64Const(width)
		f.op(0x54, 0x1b) // i64.lt_u, select
		f.narrow(val)
		f.op(code)
		return
	}
	f.get(x)
	f.get(count)
	f.narrow(val)
	f.op(code)
	f.zero(val)
	f.get(count)
	f.i64Const(width)
	f.op(0x54, 0x1b)
	f.wrap(k)
}

func (f *fn) narrow(val byte) {
	if val == i32 {
		f.op(0xa7)
	}
}

func shiftOp(op token.Token, k types.BasicKind) byte {
	w := wide(k)
	switch {
	case op == token.SHL:
		return pickOp(w, 0x86, 0x74)
	case isUnsigned(k):
		return pickOp(w, 0x88, 0x76)
	}
	return pickOp(w, 0x87, 0x75)
}

// shiftBy shifts by a constant count.
func (f *fn) shiftBy(code byte, op token.Token, k types.BasicKind, count int64) {
	width := bitsOf(k)
	if count < 0 || count >= width {
		if op == token.SHL || isUnsigned(k) {
			f.op(0x1a) // drop
			f.zero(valOf(k))
			return
		}
		count = width - 1
	}
	if wide(k) {
		f.i64Const(count)
	} else {
		f.i32Const(int32(count))
	}
	f.op(code)
	f.wrap(k)
}
