// Package cmp is the standard library's package of that name, for cells.
package cmp

import "cmp"

// Less reports whether x is less than y. NaN is less than all but NaN.
func Less[T cmp.Ordered](x, y T) bool {
	return x < y || x != x && y == y
}

// Compare returns -1, 0 or +1 as x is less than, equal to or greater than y. NaN equals NaN.
func Compare[T cmp.Ordered](x, y T) int {
	switch {
	case Less(x, y):
		return -1
	case Less(y, x):
		return 1
	}
	return 0
}

// Or returns the first of its arguments that is not zero.
func Or[T comparable](vals ...T) T {
	var zero T
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return zero
}
