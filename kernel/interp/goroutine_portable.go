//go:build !amd64 && !arm64

package interp

import (
	"bytes"
	"runtime"
	"strconv"
)

// goroutine is a number that no other running goroutine has: its own, which only its stack trace tells.
func goroutine() uint64 {
	var buf [64]byte
	s := buf[:runtime.Stack(buf[:], false)]
	s = bytes.TrimPrefix(s, []byte("goroutine "))
	n, _ := strconv.ParseUint(string(s[:bytes.IndexByte(s, ' ')]), 10, 64)
	return n
}
