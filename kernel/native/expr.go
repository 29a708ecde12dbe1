package native

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// expr pushes the value of e: its leaves, or the address of a value that lives in memory.
func (f *fn) expr(e ast.Expr) {
	tv := f.info.Types[e]
	if v := f.valueOf(e); v != nil {
		f.literal(e, v, tv.Type)
		return
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		f.expr(e.X)
	case *ast.Ident:
		if tv.IsNil() {
			f.nilSlice()
			return
		}
		f.read(f.place(e, false))
	case *ast.IndexExpr, *ast.SelectorExpr:
		f.read(f.place(e, false))
	case *ast.UnaryExpr:
		f.unary(e)
	case *ast.BinaryExpr:
		f.binary(e)
	case *ast.CallExpr:
		f.callExpr(e)
	case *ast.CompositeLit:
		f.composite(e)
	case *ast.SliceExpr:
		f.sliceExpr(e)
	case *ast.FuncLit:
		refuse(e, "a function literal inside the function")
	case *ast.StarExpr:
		refuse(e, "a pointer")
	case *ast.TypeAssertExpr:
		refuse(e, "a type assertion")
	default:
		refuse(e, "this expression")
	}
}

// exprTo pushes e as a value of type t: an untyped nil becomes a nil slice; other types must agree.
func (f *fn) exprTo(e ast.Expr, t types.Type) {
	f.u.shapes.of(t, e.Pos())
	f.expr(e)
}

// typeOf is the type of an expression.
func (f *fn) typeOf(e ast.Expr) types.Type {
	if t := f.info.TypeOf(e); t != nil {
		return t
	}
	refuse(e, "an expression without a type")
	return nil
}

func (f *fn) shapeOf(e ast.Expr) *shape { return f.u.shapes.of(f.typeOf(e), e.Pos()) }

func (f *fn) nilSlice() {
	f.zero(i32)
	f.zero(i64)
	f.zero(i64)
}

// literal pushes a constant that may end up in a variable.
func (f *fn) literal(e ast.Expr, v constant.Value, t types.Type) {
	if k := basicOf(t); isInteger(k) && constant.Sign(constant.ToInt(v)) == 0 {
		f.zero(valOf(k))
		return
	}
	f.constant(e, v, t)
}

// constant pushes a constant as type t has it.
func (f *fn) constant(e ast.Expr, v constant.Value, t types.Type) {
	k := basicOf(t)
	switch {
	case k == types.Bool:
		b := int32(0)
		if constant.BoolVal(v) {
			b = 1
		}
		f.i32Const(b)
	case wide(k):
		f.i64Const(integer(v))
	case isInteger(k):
		n := integer(v)
		if k == types.Uint32 {
			n = int64(int32(n))
		}
		f.i32Const(int32(n))
	case k == types.Float64 && f.u.table != nil:
		f.tabled(float(v))
	case k == types.Float64:
		f.keptConst(float(v))
	case k == types.Float32:
		f.f32Const(float32Of(v))
	case k == types.Complex128:
		v = constant.ToComplex(v)
		f.f64Const(float(constant.Real(v)))
		f.f64Const(float(constant.Imag(v)))
	case k == types.Complex64:
		v = constant.ToComplex(v)
		f.f32Const(float32Of(constant.Real(v)))
		f.f32Const(float32Of(constant.Imag(v)))
	default:
		refuse(e, "a constant of type %s", short(t))
	}
}

func integer(v constant.Value) int64 {
	v = constant.ToInt(v)
	if n, ok := constant.Int64Val(v); ok {
		return n
	}
	n, _ := constant.Uint64Val(v)
	return int64(n)
}

func float(v constant.Value) float64 {
	x, _ := constant.Float64Val(constant.ToFloat(v))
	return x
}

func float32Of(v constant.Value) float32 {
	x, _ := constant.Float32Val(constant.ToFloat(v))
	return x
}

func (f *fn) unary(e *ast.UnaryExpr) {
	k := basicOf(f.typeOf(e))
	switch e.Op {
	case token.ADD:
		f.expr(e.X)
	case token.NOT:
		f.expr(e.X)
		f.op(0x45)
	case token.SUB:
		f.negate(e, k)
	case token.XOR:
		f.expr(e.X)
		if wide(k) {
			f.i64Const(-1)
			f.op(0x85)
		} else {
			f.i32Const(-1)
			f.op(0x73)
			f.wrap(k)
		}
	case token.AND:
		refuse(e, "a pointer")
	case token.ARROW:
		refuse(e, "a channel")
	default:
		refuse(e, "operator %s", e.Op)
	}
}

func (f *fn) negate(e *ast.UnaryExpr, k types.BasicKind) {
	if isComplex(k) {
		sh := f.shapeOf(e.X)
		f.expr(e.X)
		parts := f.spill(sh)
		for i, l := range sh.leaves {
			f.get(parts[i])
			f.negateFloat(l.val)
		}
		return
	}
	if isFloat(k) {
		f.expr(e.X)
		f.negateFloat(valOf(k))
		return
	}
	f.zero(valOf(k))
	f.expr(e.X)
	f.arith(e, token.SUB, k)
}

func (f *fn) negateFloat(val byte) {
	if val == f64 {
		f.op(0x9a)
	} else {
		f.op(0x8c)
	}
}

// valOf is the WebAssembly type that holds a real or integer kind.
func valOf(k types.BasicKind) byte {
	switch {
	case k == types.Float64:
		return f64
	case k == types.Float32:
		return f32
	case wide(k):
		return i64
	}
	return i32
}

// wrap brings an integer narrower than its i32 back into range.
func (f *fn) wrap(k types.BasicKind) {
	switch k {
	case types.Int8:
		f.op(0xc0)
	case types.Int16:
		f.op(0xc1)
	case types.Uint8:
		f.i32Const(0xff)
		f.op(0x71)
	case types.Uint16:
		f.i32Const(0xffff)
		f.op(0x71)
	}
}
