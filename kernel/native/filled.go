package native

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Templates call a function of the user's once for each point. What that can be spared is spared: its captured
// variables are read once, and the lengths of what it is given are known.

// hoist lets a source hold the captured variables of the functions that are lowered into it.
func (u *unit) hoist() {
	for again := true; again; {
		again = false
		for _, v := range u.surveys {
			for _, callee := range v.callees {
				if !u.inlines(callee) {
					continue
				}
				for _, o := range u.surveys[callee].outer {
					if !slices.Contains(v.outer, o) {
						v.outer = append(v.outer, o)
						again = true
					}
				}
			}
		}
	}
}

// setsCaptured reports whether any source sets a captured variable. Then no captured variable is held across calls, not
// even another: two may be one, declared again.
func (u *unit) setsCaptured() bool {
	return slices.ContainsFunc(u.surveys, func(v *survey) bool { return len(v.written) > 0 })
}

// filled notes the lengths of slices that a template's call passes as s[k : k+length : …].
func (f *fn) filled(e *ast.CallExpr, p parts, known facts) {
	for i, a := range e.Args {
		if n, ok := f.pieceLength(a); ok {
			known.atLeast[p.params[i]] = n
		}
	}
}

// pieceLength is the constant length of s[k : k+length : …].
func (f *fn) pieceLength(e ast.Expr) (int64, bool) {
	s, ok := e.(*ast.SliceExpr)
	if !ok || s.Low == nil {
		return 0, false
	}
	high, ok := s.High.(*ast.BinaryExpr)
	if !ok || high.Op != token.ADD || types.ExprString(high.X) != types.ExprString(s.Low) {
		return 0, false
	}
	n := f.info.Types[high.Y].Value
	if n == nil {
		return 0, false
	}
	return integer(n), true
}
