package weak_test

import (
	"runtime"
	"testing"
	"weak"

	own "scorebook/kernel/lower/library/weak"
)

func TestAgainstTheStandardLibrary(t *testing.T) {
	x, y := new(int), new(int)
	a, b := own.Make(x), weak.Make(x)
	if a.Value() != x || b.Value() != x || a != own.Make(x) || a == own.Make(y) || own.Make[int](nil).Value() != nil {
		t.Error("another pointer")
	}
	runtime.KeepAlive(x)
}
