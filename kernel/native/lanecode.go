package native

import "encoding/binary"

// v128 is the value type of two float64 lanes.
const v128 byte = 0x7b

// Vector operations, as they follow the prefix.
const (
	v128Load, v128Store, v128Constant, v128LoadZero = 0x00, 0x0b, 0x0c, 0x5d

	f64x2Splat, f64x2Extract, f64x2Replace = 0x14, 0x21, 0x22

	f64x2Eq, f64x2Ne, f64x2Lt, f64x2Gt, f64x2Le, f64x2Ge = 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c

	v128Not, v128And, v128Or, v128Xor, v128Select, v128Any = 0x4d, 0x4e, 0x50, 0x51, 0x52, 0x53

	f64x2Ceil, f64x2Floor, f64x2Trunc, f64x2Nearest = 0x74, 0x75, 0x7a, 0x94

	i64x2Splat, i64x2Extract, i64x2Replace = 0x12, 0x1d, 0x1e

	i64x2Shl, i64x2ShrU, i64x2Add, i64x2Sub, i64x2Eq = 0xcb, 0xcd, 0xce, 0xd1, 0xd6

	i64x2Lt, i64x2Gt, i64x2Le, i64x2Ge = 0xd8, 0xd9, 0xda, 0xdb

	f64x2Sqrt, f64x2Add, f64x2Sub, f64x2Mul, f64x2Div, f64x2Min, f64x2Max = 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5
)

func (a *asm) vector(op uint64) {
	a.op(0xfd)
	a.uleb(op)
}

func (a *asm) vectorConst(low, high uint64) {
	a.vector(v128Constant)
	a.code = binary.LittleEndian.AppendUint64(a.code, low)
	a.code = binary.LittleEndian.AppendUint64(a.code, high)
}

// vectorMemory emits a load or store of two float64 at a constant offset from the address on the stack.
func (a *asm) vectorMemory(op uint64, offset int64) {
	a.vector(op)
	a.op(3)
	a.uleb(uint64(offset))
}

// vectorLane extracts or replaces a lane.
func (a *asm) vectorLane(op uint64, lane byte) {
	a.vector(op)
	a.op(lane)
}
