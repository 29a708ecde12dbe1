package native

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator writes random programs of the subset. What the language leaves open does not occur: whether a variable
// is read before a function that sets it is called, and which of two failing operands fails first when one of them
// is within a call, a literal or a parallel assignment.
type generator struct {
	r     *rand.Rand
	b     strings.Builder
	vars  map[string][]string // by type
	fixed map[string]bool     // counters that statements leave alone
	fresh int
	depth int
	loops int
	name  string
	calls []helper

	counter string // of the innermost loop
}

type helper struct {
	name   string
	params []string
	result string
}

var scalars = []string{"float64", "float64", "float64", "int", "int", "float32", "int8", "int16", "int32", "int64",
	"uint8", "uint16", "uint32", "uint64", "uint", "bool", "complex128", "complex64"}

func integerType(t string) bool { return strings.Contains(t, "int") }
func floatType(t string) bool   { return strings.HasPrefix(t, "float") }

// generate writes program number n: three functions and the variables they share.
func generate(seed uint64, n int) string {
	g := &generator{r: rand.New(rand.NewPCG(seed, uint64(n))), name: fmt.Sprintf("P%d", n)}
	g.line("type S%s struct { A float64; N int32; B bool; C complex128 }", g.name)
	g.line("type T%s struct { V [3]float64; K int16; W [2][2]int32; O [3]int16 }", g.name)
	g.line("var gf%s float64\nvar gi%s int\nvar gb%s uint8\nvar gs%s []float64\nvar ga%s [4]float64\nvar gr%s S%s", g.name, g.name, g.name, g.name, g.name, g.name, g.name)
	for i := range 2 {
		h := helper{name: fmt.Sprintf("h%s_%d", g.name, i), result: g.pick(scalars)}
		for range 1 + g.r.IntN(3) {
			h.params = append(h.params, g.pick(scalars))
		}
		h.params = append(h.params, "[]float64")
		g.function(h, 6)
		g.calls = append(g.calls, h)
	}
	g.function(helper{name: "main" + g.name, params: []string{"float64", "int", "[]float64", "[]int", "uint8", "S" + g.name, "[4]float64"},
		result: "float64"}, 14)
	return g.b.String()
}

func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

func (g *generator) pick(s []string) string { return s[g.r.IntN(len(s))] }

func (g *generator) function(h helper, statements int) {
	g.vars, g.fixed, g.depth, g.loops, g.counter = map[string][]string{}, map[string]bool{}, 0, 0, ""
	g.vars["float64"] = []string{"gf" + g.name, "gr" + g.name + ".A"}
	g.vars["int"] = []string{"gi" + g.name}
	g.vars["uint8"] = []string{"gb" + g.name}
	g.vars["[]float64"] = []string{"gs" + g.name}
	g.vars["[4]float64"] = []string{"ga" + g.name}
	g.vars["int32"] = []string{"gr" + g.name + ".N"}
	g.vars["complex128"] = []string{"gr" + g.name + ".C"}
	var params []string
	for i, t := range h.params {
		p := fmt.Sprintf("p%d", i)
		params = append(params, p+" "+t)
		g.declare(p, t)
	}
	g.line("func %s(%s) (res %s) {", h.name, strings.Join(params, ", "), h.result)
	g.declare("res", h.result)
	g.statements(statements)
	if g.r.IntN(2) == 0 {
		g.line("return %s", g.expr(h.result, 2))
	} else {
		g.line("return")
	}
	g.line("}")
}

// declare makes a name, and the fields of a struct, available.
func (g *generator) declare(name, t string) {
	g.vars[t] = append(g.vars[t], name)
	switch {
	case strings.HasPrefix(t, "S"):
		g.vars["float64"] = append(g.vars["float64"], name+".A")
		g.vars["int32"] = append(g.vars["int32"], name+".N")
		g.vars["bool"] = append(g.vars["bool"], name+".B")
		g.vars["complex128"] = append(g.vars["complex128"], name+".C")
	case strings.HasPrefix(t, "T"):
		g.vars["int16"] = append(g.vars["int16"], name+".K")
		g.vars["float64"] = append(g.vars["float64"], name+".V[1]")
		g.vars["int32"] = append(g.vars["int32"], name+".W[1][0]")
	}
}

func (g *generator) statements(n int) {
	g.scope(func() {
		for range n {
			g.statement()
		}
	})
}

// scope forgets the names declared by what it writes.
func (g *generator) scope(write func()) {
	saved := map[string][]string{}
	for t, v := range g.vars {
		saved[t] = v[:len(v):len(v)]
	}
	write()
	g.vars = saved
}

func (g *generator) name1() string { g.fresh++; return fmt.Sprintf("v%d", g.fresh) }

func (g *generator) statement() {
	if g.depth > 3 {
		g.assignment()
		return
	}
	g.depth++
	defer func() { g.depth-- }()
	switch g.r.IntN(20) {
	case 0, 1, 2:
		t := g.pick(append(scalars, "S"+g.name, "T"+g.name, "[4]float64"))
		e := g.expr(t, 3)
		v := g.name1()
		g.line("var %s %s = %s\n_ = %s", v, t, e, v)
		g.declare(v, t)
	case 3:
		g.line("if %s {", g.expr("bool", 2))
		g.statements(2)
		if g.r.IntN(2) == 0 {
			g.line("} else {")
			g.statements(2)
		}
		g.line("}")
	case 4, 5:
		g.loop()
	case 6:
		g.switching()
	case 7:
		g.call()
	case 8:
		g.sliceStatement()
	case 9:
		a, b := g.lvalue("float64"), g.lvalue("float64")
		g.line("%s, %s = %s, %s", a, b, g.variable("float64"), g.variable("float64"))
	case 10:
		if g.r.IntN(12) == 0 {
			g.line("if %s { return }", g.expr("bool", 3))
		}
	case 11:
		t := g.pick([]string{"float64", "int", "int8", "uint16", "uint64", "float32"})
		v := g.lvalue(t)
		g.line("%s%s", v, g.pick([]string{"++", "--"}))
	case 12, 13:
		t := g.pick(scalars)
		if t == "bool" {
			t = "int"
		}
		ops := []string{"+=", "-=", "*="}
		if integerType(t) {
			ops = append(ops, "/=", "%=", "&=", "|=", "^=", "&^=")
		} else {
			ops = append(ops, "/=")
		}
		g.line("%s %s %s", g.lvalue(t), g.pick(ops), g.variable(t))
	case 14:
		g.arithmetic()
	default:
		g.assignment()
	}
}

// arithmetic is a straight run of operations on a few numbers, some of them in memory, with divisions among them.
func (g *generator) arithmetic() {
	var locals []string
	for range 3 {
		v := g.name1()
		g.line("%s := %s\n_ = %s", v, g.variable("float64"), v)
		locals = append(locals, v)
	}
	at := func() string { return fmt.Sprintf("%s[%d]", g.pick(g.vars["[4]float64"]), g.r.IntN(4)) }
	term := func() string {
		switch g.r.IntN(8) {
		case 0:
			return at()
		case 1:
			return g.variable("float64")
		}
		return g.pick(locals)
	}
	op := func() string { return g.pick([]string{"+", "-", "*", "*", "/"}) }
	for range 3 + g.r.IntN(6) {
		e := fmt.Sprintf("%s %s (%s %s %s)", term(), op(), term(), op(), term())
		switch g.r.IntN(4) {
		case 0:
			g.line("%s = %s", at(), e)
		case 1:
			g.line("%s, %s = %s, %s %s %s", locals[0], locals[1], e, term(), op(), term())
		default:
			g.line("%s = %s", g.pick(locals), e)
		}
	}
	if g.loops < 2 {
		g.iteration(locals[0], locals[1])
	}
	g.line("%s = %s - %s", g.lvalue("float64"), locals[0], g.pick(locals))
	g.vars["float64"] = append(g.vars["float64"], locals...)
}

// iteration is a loop whose condition and body compute the same.
func (g *generator) iteration(a, b string) {
	n := g.name1()
	of := strings.NewReplacer("A", a, "B", b).Replace
	test := g.pick([]string{"A*A+B*B < 40", "A*B > -7", "A-B != 0", "A/B*(B+A) < 9", "!(A*A > 5 || A*B < -5)"})
	body := g.pick([]string{"A, B = A*A-B*B+0.3, 2*A*B-0.1", "A = A*B/3 + B/A", "B = A - B\nif A-B > 1 { A = 0.5 * A }\nB += (A - B) / 4",
		"if A*A > B*B { A -= B*B\ncontinue }\nB = B*B - A*A"})
	g.line("for %s := 0; %s < %d && %s; %s++ {\n%s\n}", n, n, 1+g.r.IntN(20), of(test), n, of(body))
}

func (g *generator) assignment() {
	t := g.pick(append(scalars, "S"+g.name, "T"+g.name, "[4]float64", "float64", "float64"))
	l := g.lvalue(t)
	g.line("%s = %s", l, g.expr(t, 3))
}

func (g *generator) loop() {
	if g.loops > 1 {
		g.assignment()
		return
	}
	g.loops++
	g.scope(g.writeLoop)
	g.loops--
}

func (g *generator) writeLoop() {
	v := g.name1()
	g.line("turns%s := 0", v)
	label := ""
	if g.r.IntN(3) == 0 {
		label = "L" + v
		g.line("%s:", label)
	}
	s := g.pick(g.vars["[]float64"])
	count := 1 + g.r.IntN(6)
	switch g.r.IntN(8) {
	case 0:
		g.line("for %s := range %s {", v, s)
	case 1:
		w := g.name1()
		g.line("for %s, %s := range %s {\n_ = %s\nif %s > 6 { break }", v, w, s, w, v)
		g.vars["float64"] = append(g.vars["float64"], w)
	case 2:
		g.line("for %s := 0; %s < len(%s); %s++ {\nif %s > 6 { break }", v, v, s, v, v)
	case 3:
		g.line("for %s := 1; %s < len(%s)-1; %s++ {\nif %s > 6 { break }", v, v, s, v, v)
		g.fixed[v] = g.r.IntN(2) == 0
	case 4:
		g.line("for %s := range %d {", v, count)
	case 5:
		g.line("for %s := %d; %s > 0; %s-- {", v, count, v, v)
		g.fixed[v] = true
	default:
		g.line("for %s := 0; %s < %d; %s++ {", v, v, count, v)
		g.fixed[v] = g.r.IntN(2) == 0
	}
	g.line("_ = %s\ngi%s++\nif turns%s++; turns%s > 20 { break }", v, g.name, v, v)
	g.vars["int"] = append(g.vars["int"], v, v, v)
	outer := g.counter
	g.counter = v
	g.statements(3)
	g.counter = outer
	if label != "" {
		g.line("if %s { %s %s }", g.expr("bool", 2), g.pick([]string{"break", "continue"}), label)
	} else {
		g.line("if %s { %s }", g.expr("bool", 2), g.pick([]string{"break", "continue"}))
	}
	g.line("}")
}

func (g *generator) switching() {
	t := g.pick([]string{"int", "uint8", "int16", "bool", "float64"})
	if g.r.IntN(3) == 0 {
		g.line("switch {")
		g.line("case %s:", g.expr("bool", 2))
		g.statements(1)
		g.line("case %s, %s:", g.expr("bool", 1), g.expr("bool", 1))
		g.statements(1)
		g.line("}")
		return
	}
	g.line("switch %s {", g.expr(t, 2))
	for i := range 3 {
		g.line("case %s, %s:", g.variable(t), g.variable(t))
		g.statements(1)
		if i < 2 && g.r.IntN(4) == 0 {
			g.line("fallthrough")
		}
	}
	if g.r.IntN(2) == 0 {
		g.line("default:")
		g.statements(1)
	}
	g.line("}")
}

// call is a statement of its own, so that nothing else is read beside it.
func (g *generator) call() {
	if len(g.calls) == 0 || g.loops > 1 {
		return
	}
	h := g.calls[g.r.IntN(len(g.calls))]
	var args []string
	for _, t := range h.params {
		args = append(args, g.variable(t))
	}
	v := g.name1()
	g.line("%s := %s(%s)\n_ = %s", v, h.name, strings.Join(args, ", "), v)
	g.declare(v, h.result)
}

func (g *generator) sliceStatement() {
	s := g.pick(g.vars["[]float64"])
	v := g.name1()
	switch g.r.IntN(8) {
	case 0:
		g.line("%s := make([]float64, %d)\n_ = %s", v, g.r.IntN(6), v)
	case 1:
		g.line("%s := append(%s, %s, %s)\n_ = %s", v, s, g.expr("float64", 2), g.expr("float64", 1), v)
	case 2:
		g.line("%s := %s[%s:]\n_ = %s", v, s, g.index(), v)
	case 3:
		g.line("%s := %s[%s:%s]\n_ = %s", v, s, g.index(), g.pick([]string{g.variable("int"), "1+" + g.variable("int") + "&3"}), v)
	case 4:
		g.line("%s := copy(%s, %s)\n_ = %s", v, s, g.pick(g.vars["[]float64"]), v)
		g.declare(v, "int")
		return
	case 5:
		g.line("%s := []float64{%s, 3: %s}\n_ = %s", v, g.expr("float64", 1), g.expr("float64", 1), v)
	case 6:
		g.line("%s := append(%s[:%s:%s], %s...)\n_ = %s", v, s, g.index(), g.pick([]string{g.variable("int"), "2+" + g.variable("int") + "&1"}), g.pick(g.vars["[]float64"]), v)
	case 7:
		if g.loops == 0 {
			g.line("%s = append(%s, %s)", s, s, g.expr("float64", 1))
		}
		return
	}
	g.declare(v, "[]float64")
}

// index is mostly small and not negative.
func (g *generator) index() string {
	if g.loops > 0 && g.counter != "" && g.r.IntN(2) == 0 {
		return g.counter + g.pick([]string{"", "", "+1", "-1", "-1", "+2"})
	}
	switch g.r.IntN(8) {
	case 0:
		return fmt.Sprint(g.r.IntN(4))
	case 1:
		return g.pick(g.vars["int"])
	case 2:
		return g.variable("uint8")
	case 3:
		return fmt.Sprintf("(%s+1)&3", g.variable("int"))
	}
	return fmt.Sprintf("%s&%d", g.variable("int"), 1+2*g.r.IntN(2))
}
