package native

import (
	"go/ast"
	"go/types"
)

// A carried element is one at a constant index that a loop sets, whose value goes from turn to turn in a local beside
// the memory: what was just written is slow to read.
type carriedElement struct {
	key   elementKey
	local uint32
}

// beginCarry reads the elements that a straight loop may carry, and takes their values for known. The loop must set
// none but these.
func (f *fn) beginCarry(body ast.Node, known facts) []carriedElement {
	slice := f.setsOnly(body)
	if slice == nil || !straight(body) || f.hasCalls(body) || f.arrays {
		return nil
	}
	var list []carriedElement
	seen := map[int64]bool{}
	f.walks(body, func(_ *ast.IndexExpr, s *types.Var, ix index, _ int64) {
		if s != slice || !ix.known || seen[ix.value] || ix.value < 0 || known.atLeast[s] <= ix.value {
			return
		}
		seen[ix.value] = true
		list = append(list, carriedElement{elementKey{s, ix.value}, f.local(f64)})
	})
	for _, e := range list {
		f.readCarried(e)
		f.set(e.local)
		known.values[e.key] = heldValue{e.local, f.stores.clock}
	}
	return list
}

func (f *fn) readCarried(e carriedElement) {
	f.get(f.slots[e.key.slice].locals[0])
	f.memory(0x2b, 8, e.key.index*8)
}

// carry passes the values on to the next turn.
func (f *fn) carry(list []carriedElement) {
	for _, e := range list {
		if h, ok := f.facts.values[e.key]; ok && f.stores.holds(e.key, h) {
			f.get(h.local)
		} else {
			f.readCarried(e)
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		f.set(list[i].local)
	}
}

// setsOnly is the slice of float64, from outside the body, whose elements at constant indices are all that the body
// sets beside variables; nil when it sets other memory.
func (f *fn) setsOnly(body ast.Node) *types.Var {
	var slice *types.Var
	ok := true
	target := func(e ast.Expr) {
		if _, isVar := ast.Unparen(e).(*ast.Ident); isVar {
			return
		}
		x, isIndex := ast.Unparen(e).(*ast.IndexExpr)
		if !isIndex || f.info.Types[x.Index].Value == nil {
			ok = false
			return
		}
		s := f.varOf(x.X)
		if s == nil || !f.steady(s) || inside(body, s) || f.slots[s] == nil || basicOf(f.typeOf(x)) != types.Float64 || slice != nil && slice != s {
			ok = false
			return
		}
		slice = s
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				target(l)
			}
		case *ast.IncDecStmt:
			target(n.X)
		case *ast.CallExpr:
			ok = ok && !(f.info.Types[n.Fun].IsBuiltin() && writes[builtinName(ast.Unparen(n.Fun))])
		}
		return ok
	})
	if !ok {
		return nil
	}
	return slice
}

// writes are the built-in functions that write memory.
var writes = map[string]bool{"append": true, "copy": true, "clear": true}
