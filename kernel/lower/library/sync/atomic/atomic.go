// Package atomic is what of the standard library's package of that name is generic, for cells.
package atomic

import "sync/atomic"

// A Pointer is a pointer to a T that goroutines share. Its zero value is nil.
type Pointer[T any] struct {
	v atomic.Value // a holder, once something was stored
}

// A holder makes of all pointers, nil ones too, one type.
type holder[T any] struct{ p *T }

// Load returns the pointer.
func (x *Pointer[T]) Load() *T {
	h, _ := x.v.Load().(holder[T])
	return h.p
}

// Store sets the pointer.
func (x *Pointer[T]) Store(val *T) { x.v.Store(holder[T]{val}) }

// Swap sets the pointer and returns what it was.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	h, _ := x.v.Swap(holder[T]{new}).(holder[T])
	return h.p
}

// CompareAndSwap sets the pointer if it is old, and reports whether it did.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	if old == nil && x.v.CompareAndSwap(nil, holder[T]{new}) {
		return true
	}
	return x.v.CompareAndSwap(holder[T]{old}, holder[T]{new})
}
