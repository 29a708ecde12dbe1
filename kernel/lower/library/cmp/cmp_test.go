package cmp_test

import (
	"cmp"
	"math"
	"testing"

	own "scorebook/kernel/lower/library/cmp"
)

func TestAgainstTheStandardLibrary(t *testing.T) {
	values := []float64{math.NaN(), math.Inf(-1), -1, math.Copysign(0, -1), 0, 2, math.Inf(1)}
	for _, x := range values {
		for _, y := range values {
			if got, want := own.Compare(x, y), cmp.Compare(x, y); got != want {
				t.Errorf("Compare(%v, %v) = %d, want %d", x, y, got, want)
			}
			if got, want := own.Less(x, y), cmp.Less(x, y); got != want {
				t.Errorf("Less(%v, %v) = %t", x, y, got)
			}
		}
	}
	if own.Compare("a", "b") != -1 || own.Or(0, 3, 4) != 3 || own.Or("", "") != "" || own.Or[int]() != 0 {
		t.Error("strings or Or")
	}
}
