package native

import "encoding/binary"

// An instruction of WebAssembly as the lowering writes it: where it is, and what it takes from the stack and leaves there.
type instruction struct {
	code   []byte // with its immediates
	local  uint32 // of local.get, local.set and local.tee
	args   int
	result byte // 0 for none
	pure   bool // depends on its arguments alone, and cannot fail
	memory bool // is a load or a store
	float  bool // computes with floating-point numbers
}

// decode reads the instruction at the start of code. It reports false for one that it does not know; those on vectors are among
// them, since code that was reordered around pairs of divisions became slower.
func decode(code []byte) (in instruction, ok bool) {
	c := code[0]
	length := 1
	switch {
	case c >= 0x02 && c <= 0x04: // block, loop, if
		length = 2
	case c == 0x0c || c == 0x0d || c == 0x10 || c == 0x23 || c == 0x24: // br, br_if, call, globals
		length += leb(code[1:])
	case c >= 0x20 && c <= 0x22:
		v, n := binary.Uvarint(code[1:])
		in.local, length = uint32(v), 1+n
	case c >= 0x28 && c <= 0x3e: // loads and stores
		length += leb(code[1:])
		length += leb(code[length:])
	case c == 0x41 || c == 0x42:
		length += leb(code[1:])
	case c == 0x43:
		length = 5
	case c == 0x44:
		length = 9
	case c == 0xfc && code[1] == 0x0a:
		length = 4
	case c == 0xfc && code[1] == 0x0b:
		length = 3
	case c == 0x00 || c == 0x05 || c == 0x0b || c == 0x0f || c == 0x1a || c == 0x1b || c >= 0x45 && c <= 0xc4:
	default:
		return in, false
	}
	in.code = code[:length]
	in.effect(c)
	return in, true
}

// leb is the length of a number.
func leb(code []byte) int {
	n := 1
	for code[n-1]&0x80 != 0 {
		n++
	}
	return n
}

// Opcodes in order, up to the last of each row, with what they take and leave. Integer division and conversions to
// integers can fail, and are left out.
var effects = []struct {
	last   byte
	args   int
	result byte
}{
	{0x27, 0, 0}, {0x28, 1, i32}, {0x29, 1, i64}, {0x2a, 1, f32}, {0x2b, 1, f64}, {0x2f, 1, i32}, {0x35, 1, i64}, {0x3e, 2, 0}, {0x40, 0, 0},
	{0x41, 0, i32}, {0x42, 0, i64}, {0x43, 0, f32}, {0x44, 0, f64},
	{0x45, 1, i32}, {0x4f, 2, i32}, {0x50, 1, i32}, {0x66, 2, i32},
	{0x69, 1, i32}, {0x6c, 2, i32}, {0x70, 0, 0}, {0x78, 2, i32},
	{0x7b, 1, i64}, {0x7e, 2, i64}, {0x82, 0, 0}, {0x8a, 2, i64},
	{0x91, 1, f32}, {0x98, 2, f32}, {0x9f, 1, f64}, {0xa6, 2, f64},
	{0xa7, 1, i32}, {0xab, 0, 0}, {0xad, 1, i64}, {0xb1, 0, 0}, {0xb6, 1, f32}, {0xbb, 1, f64},
	{0xbc, 1, i32}, {0xbd, 1, i64}, {0xbe, 1, f32}, {0xbf, 1, f64}, {0xc1, 1, i32}, {0xc4, 1, i64},
}

// effectOf is the table by opcode.
var effectOf = func() (table [256]struct {
	args   int
	result byte
}) {
	c := 0
	for _, e := range effects {
		for ; c <= int(e.last); c++ {
			table[c].args, table[c].result = e.args, e.result
		}
	}
	return table
}()

func (in *instruction) effect(c byte) {
	in.args, in.result = effectOf[c].args, effectOf[c].result
	in.memory = c >= 0x28 && c <= 0x3e
	in.pure = in.result != 0 && !in.memory
	in.float = c >= 0x8b && c <= 0xa6
}

// straight reports what may be in a run.
func (in *instruction) straight() bool {
	return in.pure || in.memory || in.code[0] >= 0x20 && in.code[0] <= 0x22
}
