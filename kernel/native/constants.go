package native

import (
	"go/ast"
	"unsafe"
)

// constants are floating-point constants in memory. WebAssembly's own cost wazero two instructions each; one that
// is loaded from a known address is an operand of the instruction that uses it. Package elementary, which is full
// of them, is compiled so.
type constants struct {
	values []float64
	index  map[float64]int
	at     uint64
}

// mostConstants is more than package elementary has.
const mostConstants = 512

// newConstants makes a table, or returns nil when it would be out of reach.
func newConstants(most int) *constants {
	c := &constants{values: make([]float64, 0, most), index: map[float64]int{}}
	at, ok := offset(unsafe.Pointer(unsafe.SliceData(c.values)), uintptr(8*most))
	if !ok {
		return nil
	}
	c.at = at
	return c
}

func (c *constants) find(v float64) (int, bool) {
	i, ok := c.index[v]
	if !ok && len(c.values) < cap(c.values) {
		i, ok = len(c.values), true
		c.values = append(c.values, v)
		c.index[v] = i
	}
	return i, ok
}

// tabled pushes a constant from the table.
func (f *fn) tabled(v float64) {
	i, ok := f.u.table.find(v)
	if !ok || v == 0 {
		f.f64Const(v)
		return
	}
	if !f.tabling {
		f.table, f.tabling = f.local(i32), true
	}
	f.get(f.table)
	f.memory(0x2b, 8, int64(i)*8)
}

// openTable sets the table's address and touches its end, after which wazero checks no access to it.
func (f *fn) openTable(a *asm) {
	if !f.tabling {
		return
	}
	a.i32Const(int32(f.u.table.at))
	a.tee(f.table)
	a.memory(0x2b, 8, int64(8*(cap(f.u.table.values)-1)))
	a.op(0x1a)
}

// mostKept is how many constants of a unit's loops have a local each.
const mostKept = 24

// keptConst pushes a constant. In a function with loops that is a local, loaded from memory when the function begins:
// wazero would make a constant anew wherever it is used, by two instructions.
func (f *fn) keptConst(v float64) {
	if !f.keeps() || v == 0 {
		f.f64Const(v)
		return
	}
	i, ok := f.u.kept.find(v)
	if !ok {
		f.f64Const(v)
		return
	}
	l, ok := f.kept[i]
	if !ok {
		l = f.local(f64)
		f.kept[i] = l
		f.keptOrder = append(f.keptOrder, i)
	}
	f.get(l)
}

func (f *fn) keeps() bool { return f.loops && f.u.kept != nil }

// setKept begins a function with its constants.
func (f *fn) setKept(a *asm) {
	for _, i := range f.keptOrder {
		a.i32Const(int32(f.u.kept.at))
		a.memory(0x2b, 8, int64(8*i))
		a.set(f.kept[i])
	}
}

// hasRoots reports a square root: its instruction waits for what its register held before, and where constants occupy
// the others that is the root before.
func (s *Source) hasRoots() bool {
	found := false
	ast.Inspect(s.Node, func(n ast.Node) bool {
		if x, ok := n.(*ast.SelectorExpr); ok && x.Sel.Name == "Sqrt" {
			found = true
		}
		return !found
	})
	return found
}
