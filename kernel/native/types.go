package native

import (
	"go/token"
	"go/types"
)

// What a leaf holds. Go's scalars are one leaf each; a slice is three.
type role uint8

const (
	scalar role = iota
	pointer
	length
	capacity
)

// A leaf is one WebAssembly value of a Go value, with its place in Go's memory.
type leaf struct {
	val  byte
	off  int64
	size int64
	kind types.BasicKind
	role role
}

// A shape says how values of a Go type are held: as leaves in locals, or, when the type has an array in it, in
// memory laid out as Go lays it out.
type shape struct {
	typ    types.Type
	leaves []leaf
	size   int64
	memory bool
	elem   *shape // of a slice or an array
	count  int64  // of an array
	fields []field
	slices bool // a slice is somewhere in it

	headers []header // the slices in it, not those behind slices
}

// A header is where a slice lies in a value, and the size of its elements.
type header struct{ off, size int64 }

type field struct {
	shape *shape
	off   int64
	first int // its first leaf
}

var sizes = types.SizesFor("gc", "amd64")

// shapes remembers the shape of each type.
type shapes map[types.Type]*shape

// of returns the shape of t, or refuses at pos.
func (s shapes) of(t types.Type, pos token.Pos) *shape {
	if sh, ok := s[t]; ok {
		if sh == nil {
			refuseAt(pos, "a recursive type")
		}
		return sh
	}
	s[t] = nil
	sh := &shape{typ: t, size: sizes.Sizeof(t)}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		sh.basic(u, pos)
	case *types.Slice:
		sh.elem = s.of(u.Elem(), pos)
		sh.slices = true
		sh.leaves = []leaf{
			{val: i32, size: 8, kind: types.Uintptr, role: pointer},
			{val: i64, off: 8, size: 8, kind: types.Int, role: length},
			{val: i64, off: 16, size: 8, kind: types.Int, role: capacity},
		}
		sh.headers = []header{{0, sh.elem.size}}
	case *types.Array:
		sh.elem, sh.count, sh.memory = s.of(u.Elem(), pos), u.Len(), true
		sh.slices = sh.elem.slices
		if sh.slices {
			refuseAt(pos, "an array of slices: %s", short(t))
		}
	case *types.Struct:
		sh.record(s, u, pos)
	default:
		delete(s, t)
		refuseAt(pos, "%s is not a numeric type", short(t))
	}
	if sh.size > 1<<20 {
		refuseAt(pos, "%s is larger than 1 MB", short(t))
	}
	s[t] = sh
	return sh
}

func (sh *shape) basic(b *types.Basic, pos token.Pos) {
	k := b.Kind()
	one := func(val byte) { sh.leaves = []leaf{{val: val, size: sh.size, kind: k}} }
	switch k {
	case types.Bool, types.UntypedBool:
		sh.size = 1
		sh.leaves = []leaf{{val: i32, size: 1, kind: types.Bool}}
	case types.Int8, types.Int16, types.Int32, types.Uint8, types.Uint16, types.Uint32:
		one(i32)
	case types.Int, types.Int64, types.Uint, types.Uint64, types.Uintptr:
		one(i64)
	case types.UntypedInt, types.UntypedRune:
		sh.size = 8
		sh.leaves = []leaf{{val: i64, size: 8, kind: types.Int}}
	case types.UntypedFloat:
		sh.size = 8
		sh.leaves = []leaf{{val: f64, size: 8, kind: types.Float64}}
	case types.Float64:
		one(f64)
	case types.Float32:
		one(f32)
	case types.Complex128:
		sh.leaves = []leaf{{val: f64, size: 8, kind: types.Float64}, {val: f64, off: 8, size: 8, kind: types.Float64}}
	case types.Complex64:
		sh.leaves = []leaf{{val: f32, size: 4, kind: types.Float32}, {val: f32, off: 4, size: 4, kind: types.Float32}}
	default:
		refuseAt(pos, "%s is not a numeric type", b.Name())
	}
}

// record lays a struct out: its leaves one after another, unless an array keeps it in memory.
func (sh *shape) record(s shapes, u *types.Struct, pos token.Pos) {
	vars := make([]*types.Var, u.NumFields())
	for i := range vars {
		vars[i] = u.Field(i)
	}
	offsets := sizes.Offsetsof(vars)
	for i, v := range vars {
		f := s.of(v.Type(), pos)
		sh.fields = append(sh.fields, field{f, offsets[i], len(sh.leaves)})
		sh.memory = sh.memory || f.memory
		sh.slices = sh.slices || f.slices
		for _, h := range f.headers {
			sh.headers = append(sh.headers, header{h.off + offsets[i], h.size})
		}
		for _, l := range f.leaves {
			l.off += offsets[i]
			sh.leaves = append(sh.leaves, l)
		}
	}
	if sh.memory {
		if sh.slices {
			refuseAt(pos, "a struct with both arrays and slices: %s", short(sh.typ))
		}
		sh.leaves = nil
	}
}

// vals are the WebAssembly values that a parameter, result or local of the shape takes.
func (sh *shape) vals() []byte {
	if sh.memory {
		return []byte{i32}
	}
	v := make([]byte, len(sh.leaves))
	for i, l := range sh.leaves {
		v[i] = l.val
	}
	return v
}

// basicOf is the basic kind under a scalar type; Invalid for others.
func basicOf(t types.Type) types.BasicKind {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return types.Invalid
	}
	switch b.Kind() {
	case types.UntypedBool:
		return types.Bool
	case types.UntypedInt, types.UntypedRune:
		return types.Int
	case types.UntypedFloat:
		return types.Float64
	}
	return b.Kind()
}

func isComplex(k types.BasicKind) bool  { return k == types.Complex128 || k == types.Complex64 }
func isFloat(k types.BasicKind) bool    { return k == types.Float64 || k == types.Float32 }
func isInteger(k types.BasicKind) bool  { return k >= types.Int && k <= types.Uintptr }
func isUnsigned(k types.BasicKind) bool { return k >= types.Uint && k <= types.Uintptr }

// bitsOf is the width of an integer kind.
func bitsOf(k types.BasicKind) int64 { return sizes.Sizeof(types.Typ[k]) * 8 }

// wide reports an integer kind held in an i64.
func wide(k types.BasicKind) bool { return isInteger(k) && bitsOf(k) == 64 }
