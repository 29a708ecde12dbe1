package native

import (
	"go/ast"
	"go/constant"
	"go/types"
)

// composite pushes a struct, array or slice literal.
func (f *fn) composite(e *ast.CompositeLit) {
	t := f.typeOf(e)
	sh := f.u.shapes.of(t, e.Pos())
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if !sh.memory {
			f.flatStruct(e, sh, u)
			return
		}
		fp, off := f.frameSpace(sh.size)
		f.clearMemory(fp, off, sh.size)
		f.memoryStruct(e, sh, u, fp, off)
		f.address(fp, off)
	case *types.Array:
		fp, off := f.frameSpace(sh.size)
		f.clearMemory(fp, off, sh.size)
		f.elements(e, sh.elem, fp, off)
		f.address(fp, off)
	case *types.Slice:
		f.sliceLit(e, sh)
	default:
		refuse(e, "a literal of %s", short(t))
	}
}

// field finds which field element i of a struct literal sets, and its value.
func literalField(e *ast.CompositeLit, u *types.Struct, i int) (int, ast.Expr) {
	kv, ok := e.Elts[i].(*ast.KeyValueExpr)
	if !ok {
		return i, e.Elts[i]
	}
	name := kv.Key.(*ast.Ident).Name
	for j := range u.NumFields() {
		if u.Field(j).Name() == name {
			return j, kv.Value
		}
	}
	return i, kv.Value
}

func (f *fn) flatStruct(e *ast.CompositeLit, sh *shape, u *types.Struct) {
	values := make([][]uint32, len(sh.fields))
	for i := range e.Elts {
		j, x := literalField(e, u, i)
		f.pushAs(x, u.Field(j).Type())
		values[j] = f.spill(sh.fields[j].shape)
	}
	for j, fl := range sh.fields {
		if values[j] != nil {
			f.getAll(values[j])
			continue
		}
		for _, l := range fl.shape.leaves {
			f.zero(l.val)
		}
	}
}

func (f *fn) memoryStruct(e *ast.CompositeLit, sh *shape, u *types.Struct, fp uint32, off int64) {
	for i := range e.Elts {
		j, x := literalField(e, u, i)
		fl := sh.fields[j]
		f.pushAs(x, u.Field(j).Type())
		f.write(place{shape: fl.shape, addr: fp, off: off + fl.off}, f.spill(fl.shape))
	}
}

// elements stores the elements of an array or slice literal.
func (f *fn) elements(e *ast.CompositeLit, elem *shape, at uint32, off int64) {
	f.eachElement(e, func(i int64, x ast.Expr) {
		f.pushAs(x, elem.typ)
		f.write(place{shape: elem, addr: at, off: off + i*elem.size}, f.spill(elem))
	})
}

// eachElement visits the elements with their indices and returns the length of the literal.
func (f *fn) eachElement(e *ast.CompositeLit, visit func(i int64, x ast.Expr)) int64 {
	i, most := int64(0), int64(0)
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			i, _ = constant.Int64Val(constant.ToInt(f.info.Types[kv.Key].Value))
			x = kv.Value
		}
		visit(i, x)
		i++
		most = max(most, i)
	}
	return most
}

func (f *fn) sliceLit(e *ast.CompositeLit, sh *shape) {
	f.plainElements(e, sh)
	n := f.eachElement(e, func(int64, ast.Expr) {})
	count := f.held(index{known: true, value: n})
	f.allocate(e, count, sh.elem.size)
	at := f.local(i32)
	f.set(at)
	f.elements(e, sh.elem, at, 0)
	f.get(at)
	f.get(count)
	f.get(count)
}
