package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"github.com/traefik/yaegi/interp"
	"golang.org/x/tools/go/types/typeutil"

	"scorebook/kernel/lower"
)

// shapes makes the types that values have while they run. A declared type has the shape of what underlies it;
// structs, and types that are made of themselves, are built here, because the interpreter goes wrong over types
// that hold each other.
type shapes struct {
	symbols func(path string) map[string]reflect.Value
	own     func(types.Type) types.Type // what stands for a generic type of a compiled package

	mu    sync.Mutex
	done  typeutil.Map // types.Type → reflect.Type
	open  typeutil.Map // those under way
	later []func()     // what to set when nothing is under way any more
}

// of returns the shape of a type.
func (s *shapes) of(t types.Type) reflect.Type {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, _ := s.build(t)
	for len(s.later) > 0 {
		set := s.later[0]
		s.later = s.later[1:]
		set()
	}
	return r
}

// build makes a shape, unless it needs one that is under way.
func (s *shapes) build(t types.Type) (reflect.Type, bool) {
	t = types.Unalias(t)
	if r, ok := s.done.At(t).(reflect.Type); ok {
		return r, true
	}
	if s.open.At(t) != nil {
		return nil, false
	}
	switch u := t.(type) {
	case *types.Named:
		if !lower.IsUser(u) {
			return s.compiled(u), true
		}
		if !lower.IsOwnShape(u) {
			return s.build(u.Underlying())
		}
	case *types.Struct:
	default:
		return s.composite(t, nil)
	}
	s.open.Set(t, true)
	defer s.open.Delete(t)
	holes := &holes{}
	r, ok := s.composite(t.Underlying(), holes)
	if !ok {
		return nil, false
	}
	s.done.Set(t, r)
	for _, h := range holes.list {
		s.later = append(s.later, func() {
			part, _ := s.build(h.of)
			h.fill(r, part)
		})
	}
	return r, true
}

// holes are the parts of a type that cannot be made yet. Those of types that may not have any are nil.
type holes struct{ list []hole }

type hole struct {
	of   types.Type
	fill func(whole, part reflect.Type)
}

// part makes a part of a type, or something in its place that lies in memory as the part will.
func (s *shapes) part(t types.Type, h *holes, fill func(whole, part reflect.Type)) (reflect.Type, bool) {
	r, ok := s.build(t)
	if !ok && h != nil && isReference(t) {
		h.list = append(h.list, hole{t, fill})
		return s.standIn(t), true
	}
	return r, ok
}

// isReference reports a type whose values lie in memory alike whatever they refer to.
func isReference(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return isReference(u.Elem())
	case *types.Basic, *types.Struct, *types.Interface:
		return false
	}
	return true
}

// composite makes a type from its parts.
func (s *shapes) composite(t types.Type, h *holes) (reflect.Type, bool) {
	switch t := t.(type) {
	case *types.Basic:
		return basicShapes[t.Kind()], true
	case *types.Pointer:
		e, ok := s.part(t.Elem(), h, setElem)
		return made(ok, func() reflect.Type { return reflect.PointerTo(e) })
	case *types.Slice:
		e, ok := s.part(t.Elem(), h, setElem)
		return made(ok, func() reflect.Type { return reflect.SliceOf(e) })
	case *types.Array:
		e, ok := s.part(t.Elem(), h, setArrayElem)
		return made(ok, func() reflect.Type { return reflect.ArrayOf(int(t.Len()), e) })
	case *types.Chan:
		e, ok := s.part(t.Elem(), h, setElem)
		return made(ok, func() reflect.Type { return reflect.ChanOf(directions[t.Dir()], e) })
	case *types.Map:
		k, ok1 := s.part(t.Key(), h, setElem)
		e, ok2 := s.part(t.Elem(), h, setMapElem)
		return made(ok1 && ok2, func() reflect.Type { return reflect.MapOf(k, e) })
	case *types.Struct:
		return s.structure(t, h)
	case *types.Signature:
		return s.function(t, h)
	case *types.Interface:
		return reflect.TypeFor[any](), true
	}
	panic(fmt.Sprintf("interp: no shape for %s", t))
}

func made(ok bool, make func() reflect.Type) (reflect.Type, bool) {
	if !ok {
		return nil, false
	}
	return make(), true
}

func (s *shapes) structure(t *types.Struct, h *holes) (reflect.Type, bool) {
	fields := make([]reflect.StructField, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		ft, ok := s.part(f.Type(), h, func(whole, part reflect.Type) { setField(whole, i, part) })
		if !ok {
			return nil, false
		}
		fields[i] = reflect.StructField{Name: lower.FieldName(f, i), Type: ft, Tag: reflect.StructTag(lower.TagOf(t, i)), Anonymous: f.Embedded() && lower.IsStruct(f.Type())}
	}
	return reflect.StructOf(fields), true
}

func (s *shapes) function(t *types.Signature, h *holes) (reflect.Type, bool) {
	var sides [2][]reflect.Type
	at := 0
	for side, tuple := range []*types.Tuple{t.Params(), t.Results()} {
		for v := range tuple.Variables() {
			i := at
			p, ok := s.part(v.Type(), h, func(whole, part reflect.Type) { setParam(whole, i, part) })
			if !ok {
				return nil, false
			}
			sides[side] = append(sides[side], p)
			at++
		}
	}
	return reflect.FuncOf(sides[0], sides[1], t.Variadic()), true
}

// standIn makes a type that lies in memory as t does and is like no other.
func (s *shapes) standIn(t types.Type) reflect.Type {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return reflect.PointerTo(unlikeAny())
	case *types.Slice:
		return reflect.SliceOf(unlikeAny())
	case *types.Map:
		return reflect.MapOf(reflect.TypeFor[int](), unlikeAny())
	case *types.Chan:
		return reflect.ChanOf(reflect.BothDir, unlikeAny())
	case *types.Signature:
		return reflect.FuncOf([]reflect.Type{unlikeAny()}, nil, false)
	case *types.Array:
		return reflect.ArrayOf(int(u.Len()), s.standIn(u.Elem()))
	}
	panic(fmt.Sprintf("interp: %s holds itself", t))
}

// compiled finds the type of a compiled package.
func (s *shapes) compiled(n *types.Named) reflect.Type {
	if n.Obj().Pkg() == nil {
		return reflect.TypeFor[error]()
	}
	if n.Obj().Pkg() == types.Unsafe {
		return reflect.TypeFor[unsafe.Pointer]()
	}
	if n.TypeArgs().Len() == 0 {
		if v, ok := s.symbols(n.Obj().Pkg().Path())[n.Obj().Name()]; ok && v.Kind() == reflect.Pointer {
			return v.Type().Elem()
		}
	}
	own := s.own(n)
	if own == n {
		own = n.Underlying()
	}
	r, _ := s.build(own)
	return r
}

// declareShapes makes types known to yaegi by the names lowered source has for them.
func (s *Session) declareShapes(ids []int) error {
	syms := map[string]reflect.Value{}
	for _, id := range ids {
		_, name, _ := strings.Cut(lower.ShapeName(id), ".")
		syms[name] = reflect.Zero(reflect.PointerTo(s.machine.shapes.of(s.machine.at(id).Type)))
	}
	return s.yaegi.Use(interp.Exports{"rt/rt": syms})
}

var directions = map[types.ChanDir]reflect.ChanDir{
	types.SendRecv: reflect.BothDir, types.SendOnly: reflect.SendDir, types.RecvOnly: reflect.RecvDir,
}

var basicShapes = map[types.BasicKind]reflect.Type{
	types.Bool: reflect.TypeFor[bool](), types.String: reflect.TypeFor[string](),
	types.Int: reflect.TypeFor[int](), types.Int8: reflect.TypeFor[int8](), types.Int16: reflect.TypeFor[int16](),
	types.Int32: reflect.TypeFor[int32](), types.Int64: reflect.TypeFor[int64](),
	types.Uint: reflect.TypeFor[uint](), types.Uint8: reflect.TypeFor[uint8](), types.Uint16: reflect.TypeFor[uint16](),
	types.Uint32: reflect.TypeFor[uint32](), types.Uint64: reflect.TypeFor[uint64](), types.Uintptr: reflect.TypeFor[uintptr](),
	types.Float32: reflect.TypeFor[float32](), types.Float64: reflect.TypeFor[float64](),
	types.Complex64: reflect.TypeFor[complex64](), types.Complex128: reflect.TypeFor[complex128](),
	types.UnsafePointer: reflect.TypeFor[unsafe.Pointer](),
}
