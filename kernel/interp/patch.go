package interp

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Package reflect makes no type that holds itself. Such a type is made here with other types in the place of the
// parts that are itself, and the parts are then set. Each stand-in lies in memory as the part does, so that sizes,
// offsets and what the garbage collector knows stay true.
//
// The layouts below are those of internal/abi. Every change is read back through package reflect, and one that did
// not take is a panic, not a wrong type.

// abiType is as large as what begins every type.
type abiType struct {
	size, ptrBytes                      uintptr
	hash                                uint32
	flags, align, fieldAlign, kindFlags uint8
	equal                               func(unsafe.Pointer, unsafe.Pointer) bool
	gcData                              *byte
	name, pointerTo                     int32
}

// elemType begins pointers, slices, arrays and channels; a map has its key there and its element next.
type elemType struct {
	abiType
	elem, second unsafe.Pointer
}

type structType struct {
	abiType
	pkgPath unsafe.Pointer
	fields  []structField
}

type structField struct {
	name, typ unsafe.Pointer
	offset    uintptr
}

// funcType is followed by its parameters and then its results.
type funcType struct {
	abiType
	in, out uint16
}

func pointer(t reflect.Type) unsafe.Pointer { return reflect.ValueOf(t).UnsafePointer() }

func setElem(whole, part reflect.Type) {
	(*elemType)(pointer(whole)).elem = pointer(part)
	if whole.Kind() == reflect.Map {
		verify(whole.Key() == part)
		return
	}
	verify(whole.Elem() == part)
}

func setArrayElem(whole, part reflect.Type) {
	setElem(whole, part)
	(*elemType)(pointer(whole)).second = pointer(reflect.SliceOf(part))
}

func setMapElem(whole, part reflect.Type) {
	(*elemType)(pointer(whole)).second = pointer(part)
	verify(whole.Elem() == part)
}

func setField(whole reflect.Type, i int, part reflect.Type) {
	(*structType)(pointer(whole)).fields[i].typ = pointer(part)
	verify(whole.Field(i).Type == part)
}

func setParam(whole reflect.Type, i int, part reflect.Type) {
	params := unsafe.Add(pointer(whole), unsafe.Sizeof(funcType{}))
	*(*unsafe.Pointer)(unsafe.Add(params, uintptr(i)*unsafe.Sizeof(params))) = pointer(part)
	if i < whole.NumIn() {
		verify(whole.In(i) == part)
		return
	}
	verify(whole.Out(i-whole.NumIn()) == part)
}

func verify(took bool) {
	if !took {
		panic("interp: this Go release lays types out in another way")
	}
}

// unlike counts the types made by unlikeAny. Package reflect keeps every type for the whole process, so the count
// is the process's too.
var unlike atomic.Uint64

// unlikeAny makes a type that no other part of any type is.
func unlikeAny() reflect.Type {
	tag := fmt.Sprintf(`unlike:"%d"`, unlike.Add(1))
	return reflect.StructOf([]reflect.StructField{{Name: "Unlike", Type: reflect.TypeFor[struct{}](), Tag: reflect.StructTag(tag)}})
}
