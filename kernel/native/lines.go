package native

import (
	"encoding/binary"
	"slices"
)

// The line of a call in the table is its offset in the code, so that the engine's trace says which call it was. The
// table is of DWARF 4: one compilation unit that spans the code.

// lines appends the table to a module.
func (u *unit) lines(module []byte, size int) []byte {
	var offsets []int
	for _, f := range u.fns {
		for _, m := range f.made {
			offsets = append(offsets, m.offset)
		}
	}
	slices.Sort(offsets)
	for _, s := range []struct {
		name string
		data []byte
	}{
		{".debug_abbrev", []byte{1, 0x11, 0, 0x10, 0x17, 0x11, 0x01, 0x12, 0x06, 0, 0, 0}}, // a unit: lines, first, size
		{".debug_info", sized(compilationUnit(size))},
		{".debug_line", sized(lineTable(offsets))},
	} {
		module = section(module, 0, append(appendName(nil, s.name), s.data...))
	}
	return module
}

// sized puts the length in front.
func sized(b []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...)
}

func compilationUnit(size int) []byte {
	b := []byte{4, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0} // version, abbreviations, bytes of an address; lines
	b = binary.LittleEndian.AppendUint32(b, 1)      // 0 would mean code that was removed
	return binary.LittleEndian.AppendUint32(b, uint32(size))
}

func lineTable(offsets []int) []byte {
	head := []byte{1, 1, 1, 0, 1, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1} // operations and their operands
	head = append(head, 0, 'c', 0, 0, 0, 0, 0)                            // no folders, one file
	b := binary.LittleEndian.AppendUint32([]byte{4, 0}, uint32(len(head)))
	b = append(b, head...)
	b = append(b, 0, 5, 2, 0, 0, 0, 0) // address 0
	a := asm{code: b}
	address, line := 0, 1
	for _, at := range offsets {
		a.op(2)
		a.uleb(uint64(at - address))
		a.op(3)
		a.sleb(int64(at - line))
		a.op(1)
		address, line = at, at
	}
	a.op(0, 1, 1)
	return a.code
}
