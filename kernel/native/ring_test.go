package native

import (
	"fmt"
	"math"
	"os"
	"reflect"
	"testing"
)

// TestRings runs around rings of all small sizes, in slices that fit and that do not.
func TestRings(t *testing.T) {
	text, err := os.ReadFile("ringkernels_test.go")
	if err != nil {
		t.Fatal(err)
	}
	type kernel = func(dst, x []float64, start, n int) int
	golang := map[string]kernel{"ringBoth": ringBoth, "ringLength": ringLength, "ringConstant": ringConstant, "ringBack": ringBack,
		"ringLeave": ringLeave, "ringWritten": ringWritten, "ringOnly": ringOnly, "ringWide": ringWide, "ringFar": ringFar}
	fs := build(t, string(text), nil)
	run := func(f kernel, dst, x []float64, start, n int) string {
		dst, x = append([]float64(nil), dst...), append([]float64(nil), x...)
		result := 0
		failed := message(func() { result = f(dst, x, start, n) })
		return fmt.Sprint(result, failed, dst, x)
	}
	for name, want := range golang {
		got := fs[name].Make(reflect.TypeFor[kernel]()).Interface().(kernel)
		check := func(dst, x []float64, start, n int) {
			if a, b := run(got, dst, x, start, n), run(want, dst, x, start, n); a != b {
				t.Fatalf("%s of %d and %d elements from %d to %d:\n%s, compiled by Go\n%s", name, len(dst), len(x), start, n, a, b)
			}
		}
		for size := range 24 {
			for _, start := range []int{-2, 0, 1, 5} {
				for _, n := range []int{size, size - 1, size + 1, 0, -3, 5} {
					check(series(size, 1), series(size, 2), start, n)
					check(series(size+3, 1), series(size, 2), start, n)
					check(series(size, 1), series(size+9, 2), start, n)
				}
			}
		}
		if name != "ringOnly" {
			continue
		}
		for _, n := range []int{math.MaxInt, math.MaxInt - 1, 1 << 62, 1<<62 + 1, math.MinInt} {
			for _, start := range []int{0, n - 4, n - 8, n, math.MaxInt - 7} {
				check(nil, nil, start, n)
			}
		}
	}
}
