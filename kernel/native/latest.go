package native

import (
	"reflect"
	"sync/atomic"
)

// A Latest is a function that others hold and that may take on another form: it was compiled together with one that is
// defined again. Calls go to the form of the moment.
type Latest struct{ now atomic.Pointer[form] }

type form struct {
	fn       any // a func
	value    reflect.Value
	compiled *Func // nil when fn is interpreted
}

// Set gives the function its form: a Go func, and the compiled function behind it, if it is one.
func (l *Latest) Set(fn reflect.Value, compiled *Func) {
	l.now.Store(&form{fn.Interface(), fn, compiled})
}

// Make returns the function as a value of func type t, that of all its forms.
func (l *Latest) Make(t reflect.Type) reflect.Value {
	for _, fn := range []any{l.drift, l.real, l.observable} {
		if reflect.TypeOf(fn) == t {
			return reflect.ValueOf(fn)
		}
	}
	return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value {
		if t.IsVariadic() {
			return l.now.Load().value.CallSlice(args)
		}
		return l.now.Load().value.Call(args)
	})
}

func (l *Latest) drift(dst, x []float64) { l.now.Load().fn.(func(dst, x []float64))(dst, x) }

func (l *Latest) real(x float64) float64 { return l.now.Load().fn.(func(float64) float64)(x) }

func (l *Latest) observable(x []float64) float64 {
	return l.now.Load().fn.(func([]float64) float64)(x)
}
