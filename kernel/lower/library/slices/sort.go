package slices

import "cmp"

// Sort sorts in ascending order; NaN stand before other values. Cells sort with compiled code instead.
func Sort[S ~[]E, E cmp.Ordered](x S) { SortFunc(x, cmp.Compare[E]) }

// SortFunc sorts by a comparison of the caller's. Cells sort with compiled code instead.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) { SortStableFunc(x, cmp) }

// SortStableFunc sorts by a comparison of the caller's and keeps the order of equal elements. Cells sort with
// compiled code instead.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	if len(x) < 2 {
		return
	}
	half := len(x) / 2
	left, right := Clone(x[:half]), x[half:]
	SortStableFunc(left, cmp)
	SortStableFunc(right, cmp)
	i, j := 0, 0
	for k := range x {
		if i < len(left) && (j == len(right) || cmp(left[i], right[j]) <= 0) {
			x[k] = left[i]
			i++
		} else {
			x[k] = right[j]
			j++
		}
	}
}

// IsSorted reports whether x is in ascending order.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := 1; i < len(x); i++ {
		if cmp.Less(x[i], x[i-1]) {
			return false
		}
	}
	return true
}

// IsSortedFunc is IsSorted by a comparison of the caller's.
func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	for i := 1; i < len(x); i++ {
		if cmp(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

// BinarySearch finds target, or where it would be inserted, in a sorted slice.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	return BinarySearchFunc(x, target, cmp.Compare[E])
}

// BinarySearchFunc is BinarySearch by a comparison of the caller's.
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	low, high := 0, len(x)
	for low < high {
		mid := low + (high-low)/2
		if cmp(x[mid], target) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, low < len(x) && cmp(x[low], target) == 0
}
