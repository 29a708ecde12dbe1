// Package runtime is what of the standard library's package of that name is generic, for cells.
package runtime

import "runtime"

// AddCleanup does nothing: when a value of a cell is out of reach is not known.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) runtime.Cleanup { return runtime.Cleanup{} }
