package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// compare pushes 1 or 0.
func (f *fn) compare(e *ast.BinaryExpr) {
	t := f.typeOf(e.X)
	if f.info.Types[e.X].IsNil() || f.info.Types[e.X].Value != nil {
		t = f.typeOf(e.Y)
	}
	if f.info.Types[e.X].IsNil() || f.info.Types[e.Y].IsNil() {
		f.compareNil(e, t)
		return
	}
	if k := basicOf(t); k != types.Invalid && !isComplex(k) {
		f.operand(e.X, k)
		f.rightOperand(e.Y, k)
		f.compareScalars(e, e.Op, k)
		return
	}
	sh := f.u.shapes.of(t, e.Pos())
	if sh.memory {
		refuse(e, "a comparison of arrays")
	}
	f.pushAs(e.X, t)
	x := f.spill(sh)
	f.pushAs(e.Y, t)
	y := f.spill(sh)
	f.equalLeaves(e, sh, x, y)
}

// pushAs pushes e, a constant perhaps, as type t.
func (f *fn) pushAs(e ast.Expr, t types.Type) {
	if tv := f.info.Types[e]; tv.Value != nil {
		f.literal(e, tv.Value, t)
		return
	}
	f.expr(e)
}

func (f *fn) equalLeaves(e *ast.BinaryExpr, sh *shape, x, y []uint32) {
	f.i32Const(1)
	for i, l := range sh.leaves {
		f.get(x[i])
		f.get(y[i])
		f.op(map[byte]byte{i32: 0x46, i64: 0x51, f32: 0x5b, f64: 0x61}[l.val])
		f.op(0x71)
	}
	if e.Op == token.NEQ {
		f.op(0x45)
	}
}

func (f *fn) compareNil(e *ast.BinaryExpr, t types.Type) {
	other := e.X
	if f.info.Types[e.X].IsNil() {
		other = e.Y
	}
	t = f.typeOf(other)
	if _, ok := t.Underlying().(*types.Slice); !ok {
		refuse(e, "a comparison with nil")
	}
	sh := f.u.shapes.of(t, e.Pos())
	f.expr(other)
	parts := f.spill(sh)
	f.get(parts[0])
	f.op(0x45)
	if e.Op == token.NEQ {
		f.op(0x45)
	}
}

// The rows are ==, !=, <, <=, >, >=; the columns i32, u32, i64, u64, f32, f64.
var compareOps = map[token.Token][6]byte{
	token.EQL: {0x46, 0x46, 0x51, 0x51, 0x5b, 0x61},
	token.NEQ: {0x47, 0x47, 0x52, 0x52, 0x5c, 0x62},
	token.LSS: {0x48, 0x49, 0x53, 0x54, 0x5d, 0x63},
	token.LEQ: {0x4c, 0x4d, 0x57, 0x58, 0x5f, 0x65},
	token.GTR: {0x4a, 0x4b, 0x55, 0x56, 0x5e, 0x64},
	token.GEQ: {0x4e, 0x4f, 0x59, 0x5a, 0x60, 0x66},
}

func (f *fn) compareScalars(n ast.Node, op token.Token, k types.BasicKind) {
	column := 0
	switch {
	case k == types.Bool:
	case k == types.Float32:
		column = 4
	case k == types.Float64:
		column = 5
	case isInteger(k):
		if wide(k) {
			column = 2
		}
		if isUnsigned(k) {
			column++
		}
	default:
		refuse(n, "a comparison of %s", types.Typ[k])
	}
	f.op(compareOps[op][column])
}
