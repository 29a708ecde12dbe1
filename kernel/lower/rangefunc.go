package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// An exit is how to leave a body that became a function, because its loop ranges over a function: set what is to
// happen, then return false to the iterator.
type exit struct {
	label string // of the loop, or ""
	code  string // variable that says what is to happen
	todo  *[]after
}

// after is one thing that may have to happen once the iterator has returned.
type after struct {
	code int
	text string
}

// rangeFunc writes a range over a function: the body becomes its yield.
func (f *fn) rangeFunc(s *ast.RangeStmt, label string, t *types.Signature) {
	yield := t.Params().At(0).Type().Underlying().(*types.Signature)
	code := f.temp()
	f.open("{")
	f.line("%s := 0", code)
	var todo []after
	results := f.resultNames()
	g := f.inner(f.sig)
	g.results, g.defers = results, f.defers
	g.leave = append(append([]exit(nil), f.leave...), exit{label, code, &todo})
	params, keys := g.yieldParams(s, yield)
	seq, body := f.operand(s.X), g.temp()
	g.open("%s := func(%s) bool {", body, params)
	g.check()
	for i, e := range []ast.Expr{s.Key, s.Value} {
		if e != nil && i < len(keys) {
			g.rangeVar(s, e, keys[i], yield.Params().At(i).Type())
		}
	}
	g.block(s.Body.List)
	g.line("return true")
	g.close("}")
	g.line("%s(%s)", seq, body)
	f.out.WriteString(g.out.String())
	for _, a := range todo {
		f.open("if %s == %d {", code, a.code)
		f.line("%s", a.text)
		f.close("}")
	}
	f.close("}")
}

func (g *fn) yieldParams(s *ast.RangeStmt, yield *types.Signature) (string, []string) {
	var params, names []string
	for i := range yield.Params().Len() {
		n := g.temp()
		names = append(names, n)
		params = append(params, n+" "+g.typ(yield.Params().At(i).Type()))
	}
	return strings.Join(params, ", "), names
}

// resultNames gives the function's results names, so that a body that became a function can set them.
func (f *fn) resultNames() []string {
	if len(f.results) > 0 || f.sig == nil {
		return f.results
	}
	names := make([]string, f.sig.Results().Len())
	for i := range names {
		names[i] = f.temp()
		f.line("var %s %s", names[i], f.typ(f.subst(f.sig.Results().At(i).Type(), f.subs)))
	}
	return names
}

// returnFromBody leaves every enclosing body, then returns.
func (f *fn) returnFromBody(s *ast.ReturnStmt) {
	if vals := f.returned(s); len(vals) > 0 {
		f.setResults(vals)
	}
	text := "return"
	if f.sig != nil && f.defers == "" {
		text = strings.TrimSpace("return " + strings.Join(f.results, ", "))
	}
	f.unwind(0, text)
}

// unwind leaves the bodies from the innermost to the one at index to, and does text outside that one.
func (f *fn) unwind(to int, text string) {
	for i := len(f.leave) - 1; i >= to; i-- {
		x := f.leave[i]
		code := len(*x.todo) + 1
		f.line("%s = %d", x.code, code)
		what := text
		if i > to {
			what = "return false"
		}
		*x.todo = append(*x.todo, after{code, what})
	}
	f.line("return false")
}

// branchFromBody writes break, continue and goto where they leave a body that became a function.
func (f *fn) branchFromBody(s *ast.BranchStmt) bool {
	if len(f.leave) == 0 || s.Tok == token.FALLTHROUGH {
		return false
	}
	if _, own := f.left(s); own {
		return false
	}
	switch x := f.leave[len(f.leave)-1]; {
	case s.Label != nil && s.Label.Name != x.label:
		f.outward(s)
	case s.Tok == token.CONTINUE:
		f.line("return true")
	default:
		f.line("return false")
	}
	return true
}

// outward leaves for a label outside the innermost body.
func (f *fn) outward(s *ast.BranchStmt) {
	for i := len(f.leave) - 2; i >= 0; i-- {
		if f.leave[i].label == s.Label.Name {
			result := map[token.Token]string{token.CONTINUE: "return true", token.BREAK: "return false"}[s.Tok]
			f.unwind(i+1, result)
			return
		}
	}
	f.unwind(0, fmt.Sprintf("%s %s", s.Tok, s.Label.Name))
}
