// Package weak is the standard library's package of that name, for cells. What its pointers point to lives as long as
// they do: a value in an interface cannot be told from others that hold it.
package weak

// A Pointer points to a T.
type Pointer[T any] struct{ p *T }

// Make returns a pointer to what ptr points to.
func Make[T any](ptr *T) Pointer[T] { return Pointer[T]{ptr} }

// Value returns the pointer as it was made.
func (p Pointer[T]) Value() *T { return p.p }
