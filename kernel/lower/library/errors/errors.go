// Package errors is what of the standard library's package of that name is generic, for cells.
package errors

import "errors"

// AsType finds the first error in err's tree that is an E.
func AsType[E error](err error) (E, bool) {
	var e E
	ok := errors.As(err, &e)
	return e, ok
}
