package native

import (
	"go/ast"
	"math"
	"reflect"
)

// mathModule holds Go's own functions of package math, called across the border.
const mathModule = "math"

// instructions are the functions that are one instruction.
var instructions = map[string]byte{
	"Sqrt": 0x9f, "Floor": 0x9c, "Ceil": 0x9b, "Trunc": 0x9d, "RoundToEven": 0x9e, "Abs": 0x99,
	"Float64bits": 0xbd, "Float64frombits": 0xbf, "Float32bits": 0xbc, "Float32frombits": 0xbe,
}

// hosted are the functions called in the host.
var hosted = map[string]any{
	"Acos": math.Acos, "Acosh": math.Acosh, "Asin": math.Asin, "Asinh": math.Asinh, "Atan": math.Atan,
	"Atan2": math.Atan2, "Atanh": math.Atanh, "Cbrt": math.Cbrt, "Cos": math.Cos, "Cosh": math.Cosh, "Dim": math.Dim,
	"Erf": math.Erf, "Erfc": math.Erfc, "Erfcinv": math.Erfcinv, "Erfinv": math.Erfinv, "Exp": math.Exp,
	"Exp2": math.Exp2, "Expm1": math.Expm1, "FMA": math.FMA, "Frexp": math.Frexp, "Gamma": math.Gamma,
	"Hypot": math.Hypot, "Ilogb": math.Ilogb, "Inf": math.Inf, "IsInf": math.IsInf, "IsNaN": math.IsNaN, "J0": math.J0,
	"J1": math.J1, "Jn": math.Jn, "Ldexp": math.Ldexp, "Lgamma": math.Lgamma, "Log": math.Log, "Log10": math.Log10,
	"Log1p": math.Log1p, "Log2": math.Log2, "Logb": math.Logb, "Max": math.Max, "Min": math.Min, "Mod": math.Mod,
	"Modf": math.Modf, "NaN": math.NaN, "Nextafter": math.Nextafter, "Pow": math.Pow, "Pow10": math.Pow10,
	"Remainder": math.Remainder, "Round": math.Round, "Signbit": math.Signbit, "Sin": math.Sin, "Sincos": math.Sincos,
	"Sinh": math.Sinh, "Tan": math.Tan, "Tanh": math.Tanh, "Y0": math.Y0, "Y1": math.Y1, "Yn": math.Yn,
}

// math pushes the value of a function of package math.
func (f *fn) math(e *ast.CallExpr, name string) bool {
	if name == "Copysign" {
		f.copysign(e)
		return true
	}
	if op, ok := instructions[name]; ok {
		for _, a := range e.Args {
			f.expr(a)
		}
		f.op(op)
		return true
	}
	host, ok := hosted[name]
	if !ok {
		return false
	}
	for _, a := range e.Args {
		f.expr(a)
	}
	f.mathCall(name, reflect.TypeOf(host))
	return true
}

func (f *fn) mathCall(name string, t reflect.Type) {
	switch {
	case name == "IsNaN":
		x := f.local(f64)
		f.tee(x)
		f.get(x)
		f.op(0x62)
	case name == "NaN":
		f.i64Const(0x7ff8000000000001)
		f.op(0xbf)
	case ported[name] && !f.u.elementary:
		f.importCall(elementaryModule, name, mathSignature(t))
	default:
		f.importCall(mathModule+"."+name, name, mathSignature(t))
	}
}

func mathSignature(t reflect.Type) signature {
	var params, results []byte
	for in := range t.Ins() {
		params = append(params, reflectVal(in))
	}
	for out := range t.Outs() {
		results = append(results, reflectVal(out))
	}
	return sign(params, results)
}

func reflectVal(t reflect.Type) byte {
	switch t.Kind() {
	case reflect.Float64:
		return f64
	case reflect.Bool:
		return i32
	}
	return i64
}

// copysign joins the sign of the second argument to the first by integer operations: wazero 1.12 can lose the sign
// of its own instruction for it when registers are short (its register allocator takes the mask for unchanged).
func (f *fn) copysign(e *ast.CallExpr) {
	const sign = -1 << 63
	f.expr(e.Args[0])
	f.op(0xbd) // i64.reinterpret_f64
	f.i64Const(^sign)
	f.op(0x83)
	f.expr(e.Args[1])
	f.op(0xbd)
	f.i64Const(sign)
	f.op(0x83, 0x84, 0xbf)
}
