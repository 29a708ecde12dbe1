// Package unique is the standard library's package of that name, for cells.
package unique

// A Handle stands for a value; two are equal when their values are.
type Handle[T comparable] struct{ value T }

// Make returns the handle of a value.
func Make[T comparable](value T) Handle[T] { return Handle[T]{value} }

// Value returns the value.
func (h Handle[T]) Value() T { return h.value }
