package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A Source is a piece of type-checked Go to compile: a function or method declaration, a function literal, or a
// loop statement, which becomes a function without parameters. Variables declared outside Node are captured.
type Source struct {
	Name   string
	Node   ast.Node // *ast.FuncDecl, *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt or *ast.BlockStmt
	Info   *types.Info
	Object types.Object // what other sources call it by: a *types.Func, or a *types.Var that is never set again

	also     []types.Object // what templates call it by
	template bool           // it is a template's
	lanesOf  types.Object   // what it is the two-lane form of
}

// parts are the pieces of a function that the lowering needs.
type parts struct {
	params, results []*types.Var
	body            []ast.Stmt
	end             token.Pos
	pos             token.Pos
}

func (s *Source) parts() parts {
	p := parts{pos: s.Node.Pos(), end: s.Node.End()}
	var sig *types.Signature
	switch n := s.Node.(type) {
	case *ast.FuncDecl:
		obj, ok := s.Info.Defs[n.Name].(*types.Func)
		if !ok || n.Body == nil {
			refuse(n, "a function without a body")
		}
		sig = obj.Type().(*types.Signature)
		p.body, p.end = n.Body.List, n.Body.Rbrace
	case *ast.FuncLit:
		sig = s.Info.Types[n].Type.(*types.Signature)
		p.body, p.end = n.Body.List, n.Body.Rbrace
	case *ast.BlockStmt:
		p.body = n.List
	case ast.Stmt:
		p.body = []ast.Stmt{n}
	}
	if sig != nil {
		p.signature(s.Node, sig)
	}
	return p
}

func (p *parts) signature(n ast.Node, sig *types.Signature) {
	switch {
	case sig.Variadic():
		refuse(n, "a variadic function")
	case sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0:
		refuse(n, "a generic function")
	}
	if r := sig.Recv(); r != nil {
		p.params = append(p.params, r)
	}
	for v := range sig.Params().Variables() {
		p.params = append(p.params, v)
	}
	for v := range sig.Results().Variables() {
		p.results = append(p.results, v)
	}
}

// A survey is what one look over a source tells before it is lowered.
type survey struct {
	writes   map[*types.Var]int // assignments beside the declaration
	outer    []*types.Var       // captured variables in the order they are met
	written  map[*types.Var]bool
	callees  []int
	loops    bool
	cyclic   bool // calls itself, perhaps through others
	fuel     bool // it, or what it calls, counts fuel
	allWrite map[*types.Var]bool
	inline   inlining
}

func (u *unit) survey(s *Source) *survey {
	v := &survey{writes: map[*types.Var]int{}, written: map[*types.Var]bool{}, allWrite: map[*types.Var]bool{}}
	seen := map[*types.Var]bool{}
	ast.Inspect(s.Node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v.ident(u, s, n, seen)
		case *ast.RangeStmt, *ast.ForStmt:
			v.loops = true
		}
		v.assignments(s, n)
		return true
	})
	return v
}

// assignments notes what a node, not those under it, sets.
func (v *survey) assignments(s *Source, n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, l := range n.Lhs {
			v.write(s, l)
		}
	case *ast.IncDecStmt:
		v.write(s, n.X)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			v.write(s, n.Key)
			v.write(s, n.Value)
		}
	}
}

func (v *survey) ident(u *unit, s *Source, id *ast.Ident, seen map[*types.Var]bool) {
	obj := s.Info.Uses[id]
	if obj == nil {
		return
	}
	if i, ok := u.byObject[obj]; ok {
		v.callees = append(v.callees, i)
		return
	}
	if o, ok := outerVar(s, obj); ok && !seen[o] {
		if _, isFunc := o.Type().Underlying().(*types.Signature); isFunc {
			return
		}
		seen[o] = true
		v.outer = append(v.outer, o)
	}
}

// outerVar reports a variable that is declared outside the source.
func outerVar(s *Source, obj types.Object) (*types.Var, bool) {
	o, ok := obj.(*types.Var)
	if !ok || o.IsField() || o.Pos() >= s.Node.Pos() && o.Pos() < s.Node.End() {
		return nil, false
	}
	return o, true
}

// write notes an assignment to the variable under an expression like v, v.x.y or v[i] of an array.
func (v *survey) write(s *Source, e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			if _, ok := s.Info.Types[x.X].Type.Underlying().(*types.Array); !ok {
				return
			}
			e = x.X
		case *ast.Ident:
			if o, ok := s.Info.Uses[x].(*types.Var); ok {
				v.writes[o]++
				if _, outer := outerVar(s, o); outer {
					v.written[o] = true
				}
			}
			return
		default:
			return
		}
	}
}

// connect follows the calls between the sources of the unit.
func (u *unit) connect() {
	n := len(u.surveys)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		u.visit(i, reach[i])
	}
	for i, v := range u.surveys {
		v.cyclic = reach[i][i]
	}
	for i, v := range u.surveys {
		v.fuel = (v.loops || v.cyclic) && !u.elementary
		for o := range v.written {
			v.allWrite[o] = true
		}
		for j, w := range u.surveys {
			if !reach[i][j] {
				continue
			}
			v.fuel = v.fuel || w.loops || w.cyclic
			for o := range w.written {
				v.allWrite[o] = true
			}
		}
	}
}

func (u *unit) visit(i int, seen []bool) {
	for _, j := range u.surveys[i].callees {
		if !seen[j] {
			seen[j] = true
			u.visit(j, seen)
		}
	}
}
