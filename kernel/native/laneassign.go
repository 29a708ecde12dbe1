package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

// declare is var with values.
func (l *lanes) declare(s *ast.DeclStmt) bool {
	d, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return false
	}
	if d.Tok == token.CONST {
		return true
	}
	for _, sp := range d.Specs {
		sp, ok := sp.(*ast.ValueSpec)
		if !ok || len(sp.Values) > 0 && len(sp.Values) != len(sp.Names) {
			return false
		}
		for i, id := range sp.Names {
			v := l.bits(0)
			if len(sp.Values) > 0 {
				v = l.value(sp.Values[i])
			}
			if !l.define(id, v) {
				return false
			}
		}
	}
	return true
}

func (l *lanes) assign(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		if v := l.f.varOf(s.Lhs[0]); v != nil && l.vars[v] == nil {
			return l.sum(s)
		}
		return l.set(s.Lhs[0], s.Tok, l.operate(binaryOf(s.Tok), l.kind(s.Lhs[0]), l.value(s.Lhs[0]), l.value(s.Rhs[0])))
	}
	var values []*lane
	if call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr); ok && len(s.Lhs) > 1 && len(s.Rhs) == 1 {
		values = l.inline(call)
	} else {
		for _, r := range s.Rhs {
			values = append(values, l.value(r))
		}
	}
	if len(values) != len(s.Lhs) {
		return false
	}
	for i, e := range s.Lhs {
		if !l.set(e, s.Tok, values[i]) {
			return false
		}
	}
	return true
}

func (l *lanes) incDec(s *ast.IncDecStmt) bool {
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	switch k := l.kind(s.X); k {
	case types.Float64:
		return l.set(s.X, token.ASSIGN, l.operate(op, k, l.value(s.X), l.number(1)))
	case types.Int:
		return l.set(s.X, token.ASSIGN, l.operate(op, k, l.value(s.X), l.bits(1)))
	}
	return false
}

// set gives a variable of the code, or an element, its value.
func (l *lanes) set(e ast.Expr, tok token.Token, v *lane) bool {
	if v == nil {
		return false
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if l.info.Defs[x] != nil || x.Name == "_" {
			return l.define(x, v)
		}
		of, ok := l.info.Uses[x].(*types.Var)
		if !ok || l.vars[of] == nil {
			return false
		}
		l.vars[of] = v
		return true
	case *ast.IndexExpr:
		walk, plus := l.walk(x)
		if walk == nil || walk.key.factor != 1 || l.under != nil { // to store what is there would undo what another goroutine stores
			return false
		}
		l.touch(laneTouch{walk, plus, true})
		l.stores = append(l.stores, laneStore{walk, plus + 2*l.pair, v, l.pair, len(l.stores) - l.before})
		l.made[l.loadKey(walk, plus)] = v
		return true
	}
	return false
}

// touch notes an access. All pairs make the same.
func (l *lanes) touch(t laneTouch) {
	if l.pair == 0 {
		l.touched = append(l.touched, t)
	}
}

func (l *lanes) define(id *ast.Ident, v *lane) bool {
	if id.Name == "_" {
		return v != nil
	}
	of, ok := l.info.Defs[id].(*types.Var)
	if !ok || v == nil || !l.holds(basicOf(of.Type())) {
		return false
	}
	l.vars[of] = v
	return true
}
