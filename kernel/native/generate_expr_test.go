package native

import (
	"fmt"
	"strings"
)

// lvalue is something of type t that a statement may set.
func (g *generator) lvalue(t string) string {
	if t == "float64" {
		switch g.r.IntN(5) {
		case 0:
			return g.element()
		case 1:
			return fmt.Sprintf("%s[%s]", g.pick(g.vars["[4]float64"]), g.arrayIndex())
		case 2:
			if ts := g.vars["T"+g.name]; len(ts) > 0 {
				return fmt.Sprintf("%s.V[(%s&7)%%3]", g.pick(ts), g.variable("int"))
			}
		}
	}
	for range 5 {
		if vs := g.vars[t]; len(vs) > 0 {
			if v := g.pick(vs); !g.fixed[v] {
				return v
			}
		}
	}
	init := g.variable(t)
	v := g.name1()
	g.line("var %s %s = %s\n_ = %s", v, t, init, v)
	g.declare(v, t)
	return v
}

func (g *generator) element() string {
	return fmt.Sprintf("%s[%s]", g.pick(g.vars["[]float64"]), g.index())
}

func (g *generator) arrayIndex() string {
	if g.r.IntN(30) == 0 {
		return g.variable("int")
	}
	return fmt.Sprintf("%s&3", g.variable("int"))
}

// variable is a plain value of type t: never a constant, so that nothing is folded away or refused by Go.
func (g *generator) variable(t string) string {
	if vs := g.vars[t]; len(vs) > 0 {
		return g.pick(vs)
	}
	switch {
	case t == "bool":
		return fmt.Sprintf("(gi%s > %d)", g.name, g.r.IntN(5))
	case t == "complex64":
		return fmt.Sprintf("complex64(gr%s.C)", g.name)
	case strings.HasPrefix(t, "S"):
		return fmt.Sprintf("%s{A: gf%s, N: gr%s.N}", t, g.name, g.name)
	case strings.HasPrefix(t, "T"):
		return fmt.Sprintf("%s{K: int16(gi%s), V: [3]float64{gf%s, 2}}", t, g.name, g.name)
	case t == "[]int":
		return "[]int(nil)"
	}
	return fmt.Sprintf("%s(gi%s)", t, g.name)
}

// constant is the right side of an operator whose left side is none.
func (g *generator) constant(t string) string {
	switch {
	case t == "bool":
		return g.pick([]string{"true", "false"})
	case integerType(t):
		return fmt.Sprint(1 + g.r.IntN(100))
	case strings.HasPrefix(t, "complex"):
		return g.pick([]string{"2", "1i", "(0.5+2i)"})
	}
	return g.pick([]string{"0.5", "1.5e3", "3", "1e-9", "-2.25", "7"})
}

func (g *generator) expr(t string, depth int) string {
	if depth == 0 {
		return g.variable(t)
	}
	switch {
	case t == "bool":
		return g.boolean(depth)
	case strings.HasPrefix(t, "S"):
		if g.r.IntN(2) == 0 {
			return fmt.Sprintf("%s{N: %s, A: %s, C: %s}", t, g.variable("int32"), g.expr("float64", depth-1), g.variable("complex128"))
		}
		return g.variable(t)
	case strings.HasPrefix(t, "T"):
		if g.r.IntN(2) == 0 {
			return fmt.Sprintf("%s{V: [3]float64{%s, %s}, W: [2][2]int32{{%s}, {1, 2}}}", t, g.expr("float64", depth-1), g.variable("float64"), g.variable("int32"))
		}
		return g.variable(t)
	case strings.HasPrefix(t, "["):
		if t == "[4]float64" && g.r.IntN(2) == 0 {
			return fmt.Sprintf("[4]float64{%s, 2: %s}", g.expr("float64", depth-1), g.variable("float64"))
		}
		return g.variable(t)
	case strings.HasPrefix(t, "complex"):
		return g.complex(t, depth)
	case integerType(t):
		return g.integer(t, depth)
	}
	return g.float(t, depth)
}

func (g *generator) right(t string, depth int) string {
	if g.r.IntN(3) == 0 {
		return g.constant(t)
	}
	return g.expr(t, depth)
}

func (g *generator) boolean(depth int) string {
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s && %s)", g.expr("bool", depth-1), g.expr("bool", depth-1))
	case 1:
		return fmt.Sprintf("(%s || %s)", g.expr("bool", depth-1), g.expr("bool", depth-1))
	case 2:
		return "!" + g.variable("bool")
	case 3:
		t := g.pick([]string{"complex128", "bool", "S" + g.name})
		return fmt.Sprintf("(%s %s %s)", g.variable(t), g.pick([]string{"==", "!="}), g.variable(t))
	}
	t := g.pick([]string{"float64", "int", "uint8", "int8", "uint64", "float32", "uint32", "int64"})
	return fmt.Sprintf("(%s %s %s)", g.expr(t, depth-1), g.pick([]string{"<", "<=", ">", ">=", "==", "!="}), g.right(t, depth-1))
}

func (g *generator) complex(t string, depth int) string {
	part := map[string]string{"complex128": "float64", "complex64": "float32"}[t]
	other := map[string]string{"complex128": "complex64", "complex64": "complex128"}[t]
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("complex(%s, %s)", g.expr(part, depth-1), g.expr(part, depth-1))
	case 1:
		return "-" + g.variable(t)
	case 2:
		return fmt.Sprintf("%s(%s)", t, g.expr(other, depth-1))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, depth-1), g.pick([]string{"+", "-", "*", "/"}), g.right(t, depth-1))
}

func (g *generator) integer(t string, depth int) string {
	switch g.r.IntN(12) {
	case 0:
		return fmt.Sprintf("%s(%s)", t, g.expr(g.pick([]string{"int", "uint8", "int16", "uint64", "int32", "int8", "uint32"}), depth-1))
	case 1:
		return fmt.Sprintf("%s(%s)", t, g.expr(g.pick([]string{"float64", "float32"}), depth-1))
	case 2:
		return "-" + g.variable(t)
	case 3:
		return "^" + g.variable(t)
	case 4:
		return fmt.Sprintf("(%s %s (%s & 127))", g.expr(t, depth-1), g.pick([]string{"<<", ">>"}), g.expr(g.pick([]string{"int", "uint8", "uint64", "int32"}), depth-1))
	case 5:
		return fmt.Sprintf("(%s %s %d)", g.expr(t, depth-1), g.pick([]string{"<<", ">>"}), g.r.IntN(70))
	case 6:
		if t == "int" {
			return fmt.Sprintf("len(%s)", g.pick(g.vars["[]float64"]))
		}
		return fmt.Sprintf("%s(%s, %s)", g.pick([]string{"min", "max"}), g.expr(t, depth-1), g.right(t, depth-1))
	case 7:
		if t == "int" {
			return fmt.Sprintf("cap(%s)", g.pick(g.vars["[]float64"]))
		}
	}
	op := g.pick([]string{"+", "-", "*", "/", "%", "&", "|", "^", "&^"})
	if (op == "/" || op == "%") && g.r.IntN(3) > 0 {
		return fmt.Sprintf("(%s %s (%s | 1))", g.expr(t, depth-1), op, g.expr(t, depth-1))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, depth-1), op, g.right(t, depth-1))
}

var realFunctions = []string{"Sqrt", "Abs", "Floor", "Ceil", "Trunc", "Sin", "Cos", "Exp", "Log", "Tanh", "RoundToEven",
	"Round", "Tan", "Atan", "Log1p", "Cbrt", "Sinh", "Cosh", "Log2", "Log10", "Expm1"}

func (g *generator) float(t string, depth int) string {
	switch g.r.IntN(13) {
	case 0:
		return fmt.Sprintf("%s(%s)", t, g.expr(g.pick([]string{"int", "uint8", "int16", "uint64", "int32", "uint32"}), depth-1))
	case 1:
		return fmt.Sprintf("%s(%s)", t, g.expr(g.pick([]string{"float64", "float32"}), depth-1))
	case 2:
		return "-" + g.variable(t)
	case 3:
		return fmt.Sprintf("%s(%s, %s)", g.pick([]string{"min", "max"}), g.expr(t, depth-1), g.right(t, depth-1))
	case 4:
		if t == "float64" {
			return fmt.Sprintf("%s(%s)", g.pick([]string{"real", "imag"}), g.expr("complex128", depth-1))
		}
	case 5, 6:
		if t == "float64" {
			return g.element()
		}
	case 7:
		if t == "float64" {
			return fmt.Sprintf("%s[%s]", g.pick(g.vars["[4]float64"]), g.arrayIndex())
		}
	case 8:
		if t == "float64" {
			return fmt.Sprintf("math.%s(%s)", g.pick(realFunctions), g.variable(t))
		}
	case 9:
		if t == "float64" {
			return fmt.Sprintf("math.%s(%s, %s)", g.pick([]string{"Pow", "Hypot", "Atan2", "Mod", "Max", "Min", "Copysign"}), g.variable(t), g.variable(t))
		}
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(t, depth-1), g.pick([]string{"+", "-", "*", "/", "+", "*"}), g.right(t, depth-1))
}
