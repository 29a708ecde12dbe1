package native

import (
	"go/ast"
	"go/types"
)

// conversion pushes T(x).
func (f *fn) conversion(e *ast.CallExpr) {
	to, from := f.typeOf(e), f.typeOf(e.Args[0])
	tk, fk := basicOf(to), basicOf(from)
	f.expr(e.Args[0])
	if tk == types.Invalid || fk == types.Invalid {
		if types.Identical(to.Underlying(), from.Underlying()) || f.info.Types[e.Args[0]].IsNil() {
			f.u.shapes.of(to, e.Pos())
			return
		}
		refuse(e, "a conversion from %s to %s", short(from), short(to))
	}
	switch {
	case tk == fk:
	case isInteger(tk) && isInteger(fk):
		f.intToInt(fk, tk)
	case isFloat(tk) && isInteger(fk):
		f.intToFloat(fk, tk)
	case isInteger(tk) && isFloat(fk):
		f.floatToInt(fk, tk)
	case tk == types.Float64 && fk == types.Float32:
		f.op(0xbb)
	case tk == types.Float32 && fk == types.Float64:
		f.op(0xb6)
	case isComplex(tk) && isComplex(fk):
		f.complexToComplex(fk)
	default:
		refuse(e, "a conversion from %s to %s", short(from), short(to))
	}
}

func (f *fn) intToInt(from, to types.BasicKind) {
	switch {
	case wide(to):
		f.extend(from)
		return
	case wide(from):
		f.op(0xa7)
	}
	f.wrap(to)
}

func (f *fn) intToFloat(from, to types.BasicKind) {
	row := []byte{0xb7, 0xb8, 0xb9, 0xba} // f64.convert_i32_s, i32_u, i64_s, i64_u
	if to == types.Float32 {
		row = []byte{0xb2, 0xb3, 0xb4, 0xb5}
	}
	i := 0
	if isUnsigned(from) {
		i++
	}
	if wide(from) {
		i += 2
	}
	f.op(row[i])
}

// floatToInt truncates as amd64 does: what does not fit gives the least integer of the instruction's width.
func (f *fn) floatToInt(from, to types.BasicKind) {
	if from == types.Float32 {
		f.op(0xbb)
	}
	x := f.local(f64)
	f.set(x)
	switch {
	case wide(to) && isUnsigned(to):
		f.toUint64(x)
	case wide(to):
		f.truncate(x, 1<<63)
	case to == types.Uint32:
		f.truncate(x, 1<<63)
		f.op(0xa7)
	default:
		f.truncate(x, 1<<31)
		f.op(0xa7)
		f.wrap(to)
	}
}

// truncate pushes x as an i64, or −limit when |x| reaches the limit or is not a number.
func (f *fn) truncate(x uint32, limit float64) {
	f.get(x)
	if limit == 1<<31 {
		f.op(0x9d) // f64.trunc: −2147483648.5 still fits
	}
	f.op(0x99) // f64.abs
	f.f64Const(limit)
	f.op(0x63, 0x04, i64) // f64.lt, if
	f.depth++
	f.get(x)
	f.op(0xb0) // i64.trunc_f64_s
	f.els()
	f.i64Const(int64(-limit))
	f.end()
}

// toUint64 is Go's way round an instruction that only knows signed integers.
func (f *fn) toUint64(x uint32) {
	f.get(x)
	f.f64Const(1 << 63)
	f.op(0x63)
	f.op(0x04, i64)
	f.depth++
	f.truncate(x, 1<<63)
	f.els()
	y := f.local(f64)
	f.get(x)
	f.f64Const(1 << 63)
	f.op(0xa1)
	f.set(y)
	f.truncate(y, 1<<63)
	f.i64Const(-1 << 63)
	f.op(0x84)
	f.end()
}

func (f *fn) complexToComplex(from types.BasicKind) {
	val, op := byte(f64), byte(0xb6)
	if from == types.Complex64 {
		val, op = f32, 0xbb
	}
	z := f.pair(val)
	f.setAll(z)
	for _, l := range z {
		f.get(l)
		f.op(op)
	}
}
