package native

import (
	"reflect"
	"unsafe"
)

// Of returns the compiled function behind a Go func of a common type that Interface, Make or a Latest returned; nil for
// any other func, and for a Latest that is not compiled now.
func Of(fn any) *Func {
	switch recv := receiver(fn).(type) {
	case *Func:
		return recv
	case *Latest:
		return recv.now.Load().compiled
	}
	return nil
}

// A methodValue is how Go holds a func value made from a method.
type methodValue struct {
	code     uintptr
	receiver unsafe.Pointer
}

func methodValueOf(fn any) *methodValue {
	v := reflect.ValueOf(fn)
	if v.Kind() != reflect.Func || v.IsNil() {
		return nil
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return *(**methodValue)(p.UnsafePointer())
}

// receiver is the receiver of one of the methods below, when fn is a value of it.
func receiver(fn any) any {
	m := methodValueOf(fn)
	switch {
	case m == nil || !legible:
		return nil
	case funcCodes[m.code]:
		return (*Func)(m.receiver)
	case latestCodes[m.code]:
		return (*Latest)(m.receiver)
	}
	return nil
}

var (
	someFunc, someLatest = new(Func), new(Latest)

	funcCodes   = codes(someFunc.drift, someFunc.real, someFunc.real2, someFunc.observable, someFunc.field)
	latestCodes = codes(someLatest.drift, someLatest.real, someLatest.observable)

	// legible tells that method values are laid out as this file reads them. If not, no function is recognised.
	legible = methodValueOf(someFunc.drift).receiver == unsafe.Pointer(someFunc) &&
		methodValueOf(someLatest.drift).receiver == unsafe.Pointer(someLatest)
)

// codes are the addresses by which the values of methods are told from other funcs.
func codes(fns ...any) map[uintptr]bool {
	m := map[uintptr]bool{}
	for _, fn := range fns {
		m[methodValueOf(fn).code] = true
	}
	return m
}
