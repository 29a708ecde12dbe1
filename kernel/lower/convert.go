package lower

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// exprTo writes an expression as a value of the type it is assigned to.
func (f *fn) exprTo(e ast.Expr, to types.Type) string {
	from := f.typeOf(e)
	if f.isNil(e) {
		return f.nilOf(to)
	}
	if tv := f.info.Types[e]; tv.Value != nil && !isInterface(to) {
		return f.literal(tv.Value, to)
	}
	return f.convert(f.expr(e), from, to)
}

// nilOf writes nil. yaegi does not know what it means for a type that the run time made.
func (f *fn) nilOf(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok && IsUser(n) && IsOwnShape(n) {
		return fmt.Sprintf("*(new(%s))", f.typ(t))
	}
	return "nil"
}

func (f *fn) isNil(e ast.Expr) bool {
	b, ok := f.typeOf(e).(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// convert writes the conversion that an assignment implies. Only interfaces change a value's form: a value of a
// user's type is boxed, and one that compiled code will call as an interface of its own is wrapped.
func (f *fn) convert(s string, from, to types.Type) string {
	if !f.changes(from, to) {
		return s
	}
	from = types.Default(from)
	switch {
	case isInterface(from):
		return fmt.Sprintf("*(rt.AsInterface(%s, %d).(*%s))", s, f.id(to), f.typ(to))
	case !boxed(from) && isHostInterface(to):
		return "rt.Func(" + s + ").(" + f.typ(to) + ")"
	case !boxed(from):
		return "rt.Func(" + s + ")"
	case isHostInterface(to):
		return fmt.Sprintf("rt.Wrap(%d, %s, %d).(%s)", f.id(from), s, f.id(to), f.typ(to))
	}
	return fmt.Sprintf("rt.Box(%d, %s)", f.id(from), s)
}

// changes reports whether convert has anything to do.
func (f *fn) changes(from, to types.Type) bool {
	if !isInterface(to) || from == types.Typ[types.UntypedNil] {
		return false
	}
	if isInterface(from) {
		return isHostInterface(to) && !types.Identical(from, to)
	}
	_, function := from.Underlying().(*types.Signature)
	return function || boxed(types.Default(from))
}

// literal writes a constant as a value of the type, folded and typed: yaegi divides untyped constants wrongly.
func (f *fn) literal(v constant.Value, t types.Type) string {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		b = types.Typ[types.Invalid]
	}
	host := ""
	if n, ok := types.Unalias(t).(*types.Named); ok && !IsUser(n) {
		host = f.typ(n)
	}
	return wrapType(host, f.basicLiteral(v, b))
}

func wrapType(name, s string) string {
	if name == "" {
		return s
	}
	return name + "(" + s + ")"
}

func (f *fn) basicLiteral(v constant.Value, b *types.Basic) string {
	if b.Info()&types.IsUntyped != 0 || b.Kind() == types.Invalid {
		b = untypedDefault(v, b)
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return intLiteral(constant.ToInt(v).ExactString(), b)
	case info&types.IsFloat != 0:
		return floatLiteral(v, b)
	case info&types.IsComplex != 0:
		part := types.Typ[types.Float64]
		if b.Kind() == types.Complex64 {
			part = types.Typ[types.Float32]
		}
		c := constant.ToComplex(v)
		lit := fmt.Sprintf("rt.Complex(%s, %s)", floatLiteral(constant.Real(c), types.Typ[types.Float64]), floatLiteral(constant.Imag(c), types.Typ[types.Float64]))
		if part.Kind() == types.Float32 {
			lit = "complex64(" + lit + ")"
		}
		return lit
	}
	panic("lower: constant " + v.String() + " of type " + b.String())
}

func untypedDefault(v constant.Value, b *types.Basic) *types.Basic {
	if b.Kind() != types.Invalid {
		return types.Default(b).(*types.Basic)
	}
	switch v.Kind() {
	case constant.Bool:
		return types.Typ[types.Bool]
	case constant.String:
		return types.Typ[types.String]
	case constant.Int:
		return types.Typ[types.Int]
	case constant.Float:
		return types.Typ[types.Float64]
	}
	return types.Typ[types.Complex128]
}

func intLiteral(digits string, b *types.Basic) string {
	if b.Kind() == types.Int && digits[0] != '-' {
		return digits
	}
	if digits == "-9223372036854775808" {
		return b.Name() + "(-9223372036854775807 - 1)"
	}
	return b.Name() + "(" + digits + ")"
}

// floatLiteral writes the value with all its bits. An integral value needs the point, or yaegi takes it for an int.
func floatLiteral(v constant.Value, b *types.Basic) string {
	bits, x := 64, 0.0
	if b.Kind() == types.Float32 {
		f32, _ := constant.Float32Val(v)
		bits, x = 32, float64(f32)
	} else {
		x, _ = constant.Float64Val(v)
	}
	s := strconv.FormatFloat(x, 'e', -1, bits)
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		s = strconv.FormatFloat(x, 'f', 1, bits)
	}
	if x < 0 || bits == 32 {
		return b.Name() + "(" + s + ")"
	}
	return s
}
