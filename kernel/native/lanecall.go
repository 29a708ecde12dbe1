package native

import (
	"go/ast"
	"go/types"
	"strings"
)

// laneInstructions are the functions of package math that are one vector operation.
var laneInstructions = map[string]uint64{
	"Sqrt": f64x2Sqrt, "Floor": f64x2Floor, "Ceil": f64x2Ceil, "Trunc": f64x2Trunc, "RoundToEven": f64x2Nearest,
}

// laned are the functions of package elementary that have a form in lanes, exported under their name and laneSuffix.
var laned = map[string]bool{"Sin": true, "Cos": true, "Exp": true, "Log": true, "Tanh": true}

const laneSuffix = "Lanes"

var laneSignature = sign([]byte{v128}, []byte{v128})

func (l *lanes) call(e *ast.CallExpr) *lane {
	switch {
	case l.info.Types[e.Fun].IsType():
		return l.conversion(e)
	case l.info.Types[e.Fun].IsBuiltin():
		return l.extreme(e)
	}
	if name := mathName(l.info, e); name != "" {
		return l.math(e, name)
	}
	if results := l.inline(e); len(results) == 1 {
		return results[0]
	}
	return nil
}

// conversion is float64(x) of a float64 or an int.
func (l *lanes) conversion(e *ast.CallExpr) *lane {
	if l.kind(e) != types.Float64 {
		return nil
	}
	if l.kind(e.Args[0]) == types.Float64 {
		return l.value(e.Args[0])
	}
	if l.kind(e.Args[0]) != types.Int || !l.integers {
		return nil
	}
	if v, factor, plus := l.f.affine(e.Args[0]); l.nested == 0 && v != nil && v == l.c.v && factor == 1 {
		return l.lane(laneKey{kind: laneCounter, plus: plus + 2*l.pair})
	}
	return l.lane(laneKey{kind: laneFloat}, l.value(e.Args[0]))
}

// extreme is min or max.
func (l *lanes) extreme(e *ast.CallExpr) *lane {
	code, ok := map[string]uint64{"min": f64x2Min, "max": f64x2Max}[builtinName(ast.Unparen(e.Fun))]
	if !ok || l.kind(e) != types.Float64 {
		return nil
	}
	most := l.value(e.Args[0])
	for _, x := range e.Args[1:] {
		most = l.plain(code, most, l.value(x))
	}
	return most
}

// mathName is the name of the function of package math that is called.
func mathName(info *types.Info, e *ast.CallExpr) string {
	sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if obj, ok := info.Uses[sel.Sel].(*types.Func); ok && obj.Pkg() != nil && obj.Pkg().Path() == "math" {
		return obj.Name()
	}
	return ""
}

func (l *lanes) math(e *ast.CallExpr, name string) *lane {
	if len(e.Args) == 0 {
		return nil
	}
	x := l.value(e.Args[0])
	if name == "Copysign" {
		return l.plain(v128Or, l.plain(v128And, x, l.bits(^uint64(signBit))), l.plain(v128And, l.value(e.Args[1]), l.bits(signBit)))
	}
	if len(e.Args) != 1 {
		return nil
	}
	code, ok := laneInstructions[name]
	switch {
	case ok:
		return l.plain(code, x)
	case name == "Abs":
		return l.plain(v128And, x, l.bits(^uint64(signBit)))
	case l.f.u.elementary && (name == "Float64bits" || name == "Float64frombits"):
		return x
	case laned[name] && ported[name] && !l.f.u.elementary && l.apart == 0 && l.under == nil: // not for those who do not ask
		return l.lane(laneKey{kind: laneCall, name: name}, x)
	}
	return nil
}

// mostLaneNodes is how many nodes of syntax a function may have whose calls become lanes.
const mostLaneNodes = 600

// inline makes the lanes of what a function returns.
func (l *lanes) inline(e *ast.CallExpr) []*lane {
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	i, ok := l.f.u.byObject[l.info.Uses[id]]
	if !ok {
		return nil
	}
	look, src := l.f.u.surveys[i], l.f.u.sources[i]
	p := l.f.u.parts[i]
	if look.loops || look.cyclic || len(look.outer) > 0 || len(p.params) != len(e.Args) || src.template || nodes(src.Node) > mostLaneNodes {
		return nil
	}
	vars := map[*types.Var]*lane{}
	for k, v := range p.params {
		if vars[v] = l.value(e.Args[k]); vars[v] == nil {
			return nil
		}
	}
	return l.body(src, p, vars)
}

// body runs a function's statements with variables of their own.
func (l *lanes) body(src *Source, p parts, vars map[*types.Var]*lane) []*lane {
	for _, v := range p.results {
		if !l.holds(basicOf(v.Type())) {
			return nil
		}
		vars[v] = l.bits(0)
	}
	outer, outerSrc, outerInfo := l.vars, l.src, l.info
	l.vars, l.src, l.info = vars, src, src.Info
	l.nested++
	results, ok := l.run(p.body)
	l.nested--
	l.vars, l.src, l.info = outer, outerSrc, outerInfo
	if !ok || len(results) != len(p.results) {
		return nil
	}
	return results
}

// leaves reports, in package elementary, the way out into package math of what is rare.
func (l *lanes) leaves(s *ast.IfStmt) bool {
	if !l.f.u.elementary || s.Else != nil || len(s.Body.List) != 1 {
		return false
	}
	r, ok := s.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return false
	}
	call, ok := ast.Unparen(r.Results[0]).(*ast.CallExpr)
	return ok && strings.TrimSuffix(l.src.Name, laneSuffix) == mathName(l.info, call)
}
