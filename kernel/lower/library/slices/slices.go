// Package slices is the standard library's package of that name, for cells.
package slices

// Contains reports whether v is in s.
func Contains[S ~[]E, E comparable](s S, v E) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}
