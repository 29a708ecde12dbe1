package native

import "unsafe"

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
func newConstants() *constants {
	c := &constants{values: make([]float64, 0, mostConstants), index: map[float64]int{}}
	at, ok := offset(unsafe.Pointer(unsafe.SliceData(c.values)), 8*mostConstants)
	if !ok {
		return nil
	}
	c.at = at
	return c
}

func (c *constants) find(v float64) (int, bool) {
	i, ok := c.index[v]
	if !ok && len(c.values) < mostConstants {
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
	a.memory(0x2b, 8, 8*(mostConstants-1))
	a.op(0x1a)
}
