package native

import (
	"go/ast"
	"go/types"
)

// runtimeModule holds what compiled code asks of the host.
const runtimeModule = "host"

func (f *fn) builtin(e *ast.CallExpr, name string) {
	switch name {
	case "len", "cap":
		f.extent(e, name)
	case "real", "imag":
		sh := f.shapeOf(e.Args[0])
		f.expr(e.Args[0])
		z := f.spill(sh)
		f.get(z[pickInt(name == "real", 0, 1)])
	case "complex":
		k := types.Float64
		if basicOf(f.typeOf(e)) == types.Complex64 {
			k = types.Float32
		}
		f.operand(e.Args[0], k)
		f.operand(e.Args[1], k)
	case "min", "max":
		f.extreme(e, name)
	case "make":
		f.makeSlice(e)
	case "append":
		f.appendTo(e)
	case "copy":
		f.copySlice(e)
	case "clear":
		f.clearSlice(e)
	case "panic":
		f.panicValue(e)
	default:
		refuse(e, "%s", name)
	}
}

func pickInt(first bool, a, b int) int {
	if first {
		return a
	}
	return b
}

// extent is len or cap.
func (f *fn) extent(e *ast.CallExpr, name string) {
	t := f.typeOf(e.Args[0])
	if a, ok := t.Underlying().(*types.Array); ok {
		f.expr(e.Args[0])
		f.op(0x1a)
		f.i64Const(a.Len())
		return
	}
	if _, ok := t.Underlying().(*types.Slice); !ok {
		refuse(e, "%s of %s", name, short(t))
	}
	p := f.place(e.Args[0], false)
	which := pickInt(name == "len", 1, 2)
	if p.inMemory() {
		f.get(p.addr)
		f.loadLeaf(p.shape.leaves[which], p.off)
		return
	}
	f.get(p.locals[which])
}

// extreme is min or max: WebAssembly's own for floats, which treat NaN and signed zeros as Go does.
func (f *fn) extreme(e *ast.CallExpr, name string) {
	k := basicOf(f.typeOf(e))
	if !isFloat(k) && !isInteger(k) {
		refuse(e, "%s of %s", name, short(f.typeOf(e)))
	}
	f.operand(e.Args[0], k)
	for _, a := range e.Args[1:] {
		f.operand(a, k)
		if isFloat(k) {
			f.op(floatExtreme(name, k))
			continue
		}
		val := valOf(k)
		x, y := f.local(val), f.local(val)
		f.set(y)
		f.tee(x)
		f.get(y)
		f.get(x)
		f.get(y)
		if name == "min" {
			f.compareScalars(e, lessToken, k)
		} else {
			f.compareScalars(e, moreToken, k)
		}
		f.op(0x1b)
	}
}

func floatExtreme(name string, k types.BasicKind) byte {
	op := byte(0xa4) // f64.min
	if k == types.Float32 {
		op = 0x96
	}
	if name == "max" {
		op++
	}
	return op
}

// panicValue is panic with a constant: the host makes the value.
func (f *fn) panicValue(e *ast.CallExpr) {
	tv := f.info.Types[e.Args[0]]
	if tv.Value == nil {
		refuse(e, "a panic with a computed value")
	}
	f.trap(f.u.addSite(Site{Pos: e.Pos(), kind: faultPanic, value: tv.Value, typ: tv.Type}), nil, nil)
	f.unreachable()
}
