//go:build amd64 || arm64

package interp

// goroutine is a number that no other running goroutine has: the address of what the runtime keeps of it.
func goroutine() uint64
