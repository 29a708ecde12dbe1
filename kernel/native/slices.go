package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

const (
	lessToken = token.LSS
	moreToken = token.GTR
)

// makeSlice asks the host for zeroed memory, so that what outlives the call is ordinary Go memory.
func (f *fn) makeSlice(e *ast.CallExpr) {
	t := f.typeOf(e)
	if _, ok := t.Underlying().(*types.Slice); !ok {
		refuse(e, "make of %s", short(t))
	}
	sh := f.u.shapes.of(t, e.Pos())
	f.plainElements(e, sh)
	n := f.held(f.index(e.Args[1], true))
	c := n
	if len(e.Args) > 2 {
		c = f.held(f.index(e.Args[2], true))
	}
	most := int64(1) << 47 / max(sh.elem.size, 1)
	f.get(n)
	f.i64Const(most)
	f.op(0x56)
	f.get(n)
	f.get(c)
	f.op(0x56) // a length beyond the capacity
	f.get(n)
	f.i64Const(most)
	f.op(0x58, 0x71, 0x72)
	f.iff()
	f.trap(f.u.site(faultMakeLen, e.Pos()), nil, nil)
	f.end()
	f.get(c)
	f.i64Const(most)
	f.op(0x56)
	f.iff()
	f.trap(f.u.site(faultMakeCap, e.Pos()), nil, nil)
	f.end()
	f.allocate(e, c, sh.elem.size)
	f.get(n)
	f.get(c)
}

// plainElements refuses slices whose elements hold slices: those can be read but not made.
func (f *fn) plainElements(n ast.Node, sh *shape) {
	if sh.elem.slices {
		refuse(n, "a slice of slices is made or changed")
	}
}

// allocate pushes the address of count·size fresh bytes.
func (f *fn) allocate(n ast.Node, count uint32, size int64) {
	f.global(globalControl)
	f.get(count)
	f.i64Const(size)
	f.op(0x7e)
	f.importCall(runtimeModule, "allocate", sign([]byte{i32, i64}, []byte{i32}))
	f.nearOrFail(n)
}

// nearOrFail fails when the host had no memory within reach.
func (f *fn) nearOrFail(n ast.Node) {
	at := f.local(i32)
	f.tee(at)
	f.op(0x45)
	f.iff()
	f.trap(f.u.site(faultMemory, n.Pos()), nil, nil)
	f.end()
	f.get(at)
}

// appendTo is append; the host grows the slice by Go's own rule.
func (f *fn) appendTo(e *ast.CallExpr) {
	t := f.typeOf(e)
	sh := f.u.shapes.of(t, e.Pos())
	f.plainElements(e, sh)
	size := sh.elem.size
	f.expr(e.Args[0])
	s := f.spill(sh)
	if e.Ellipsis.IsValid() {
		more := f.shapeOf(e.Args[1])
		f.expr(e.Args[1])
		src := f.spill(more)
		at := f.grow(e, s, func() { f.get(src[1]) }, size)
		f.get(at)
		f.get(src[0])
		f.get(src[1])
		f.op(0xa7)
		f.i32Const(int32(size))
		f.disturb()
		f.op(0x6c, 0xfc, 0x0a, 0, 0)
		f.getAll(s)
		return
	}
	var values [][]uint32
	for _, a := range e.Args[1:] {
		f.pushAs(a, sh.elem.typ)
		values = append(values, f.settle(sh.elem))
	}
	n := int64(len(values))
	at := f.grow(e, s, func() { f.i64Const(n) }, size)
	for i, v := range values {
		p := place{shape: sh.elem, addr: at, off: int64(i) * size}
		f.write(p, v)
	}
	f.getAll(s)
}

// settle moves the value on the stack where nothing changes it: locals, or a copy in the frame.
func (f *fn) settle(sh *shape) []uint32 {
	ls := f.spill(sh)
	if !sh.memory {
		return ls
	}
	fp, off := f.frameSpace(sh.size)
	f.copyMemory(fp, off, ls[0], 0, sh.size)
	at := f.local(i32)
	f.address(fp, off)
	f.set(at)
	return []uint32{at}
}

// grow makes room for n more elements in the slice held in s, and returns the address of the first.
func (f *fn) grow(e ast.Node, s []uint32, n func(), size int64) uint32 {
	switch size {
	case 1, 2, 4, 8, 16:
	default:
		refuse(e, "append to a slice with elements of %d bytes", size)
	}
	old := f.local(i64)
	f.get(s[1])
	f.set(old)
	f.get(old)
	n()
	f.op(0x7c)
	f.set(s[1])
	f.get(s[1])
	f.get(s[2])
	f.op(0x56)
	f.iff()
	f.global(globalControl)
	f.get(s[0])
	f.get(old)
	f.get(s[2])
	f.get(s[1])
	f.i64Const(size)
	f.importCall(runtimeModule, "grow", sign([]byte{i32, i32, i64, i64, i64, i64}, []byte{i32, i64}))
	f.set(s[2])
	f.nearOrFail(e)
	f.set(s[0])
	f.end()
	return f.scaled(s[0], index{local: old}, size)
}

// copySlice is copy; it pushes the number of elements copied.
func (f *fn) copySlice(e *ast.CallExpr) {
	sh := f.shapeOf(e.Args[0])
	if _, ok := f.typeOf(e.Args[1]).Underlying().(*types.Slice); !ok {
		refuse(e, "copy from %s", short(f.typeOf(e.Args[1])))
	}
	f.plainElements(e, sh)
	f.expr(e.Args[0])
	dst := f.spill(sh)
	f.expr(e.Args[1])
	src := f.spill(sh)
	n := f.local(i64)
	f.get(dst[1])
	f.get(src[1])
	f.get(dst[1])
	f.get(src[1])
	f.op(0x53, 0x1b)
	f.set(n)
	f.get(dst[0])
	f.get(src[0])
	f.get(n)
	f.i64Const(sh.elem.size)
	f.disturb()
	f.op(0x7e, 0xa7, 0xfc, 0x0a, 0, 0)
	f.get(n)
}

func (f *fn) clearSlice(e *ast.CallExpr) {
	t := f.typeOf(e.Args[0])
	if _, ok := t.Underlying().(*types.Slice); !ok {
		refuse(e, "clear of %s", short(t))
	}
	sh := f.shapeOf(e.Args[0])
	f.plainElements(e, sh)
	f.expr(e.Args[0])
	s := f.spill(sh)
	f.get(s[0])
	f.i32Const(0)
	f.get(s[1])
	f.i64Const(sh.elem.size)
	f.disturb()
	f.op(0x7e, 0xa7, 0xfc, 0x0b, 0)
}
