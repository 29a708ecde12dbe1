package unique_test

import (
	"testing"
	"unique"

	own "scorebook/kernel/lower/library/unique"
)

func TestAgainstTheStandardLibrary(t *testing.T) {
	for _, p := range [][2]string{{"a", "a"}, {"a", "b"}, {"", ""}} {
		if got, want := own.Make(p[0]) == own.Make(p[1]), unique.Make(p[0]) == unique.Make(p[1]); got != want {
			t.Errorf("%q: %t, want %t", p, got, want)
		}
		if own.Make(p[0]).Value() != p[0] {
			t.Errorf("%q is another value", p[0])
		}
	}
}
