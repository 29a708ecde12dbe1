package native

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// TestDivisionByConstants divides by constants and around the edges of what the fast forms hold for.
func TestDivisionByConstants(t *testing.T) {
	divisors := []int{1, 2, 3, 5, 7, 10, 16, 40, 64, 641, 1000, 65535, 65536, 1<<30 - 1, 1 << 30, 1<<30 + 1, 1<<31 - 1}
	var text strings.Builder
	text.WriteString("package p\n")
	for i, m := range divisors {
		fmt.Fprintf(&text, "func q%d(x int) (int, int) { return x / %d, x %% %d }\n", i, m, m)
	}
	text.WriteString("func rem(x, y int) int { return x % y }\n")
	fs := build(t, text.String(), nil)
	for i, m := range divisors {
		f := fs[fmt.Sprintf("q%d", i)].Make(reflect.TypeFor[func(int) (int, int)]()).Interface().(func(int) (int, int))
		for _, base := range []int{0, m, 2 * m, 7 * m, -m, 1 << 31, 1<<31 - m, 1 << 32, math.MaxInt64, math.MinInt64, (1<<31 - 1) / m * m} {
			for d := -3; d <= 3; d++ {
				x := base + d
				if q, r := f(x); q != x/m || r != x%m {
					t.Fatalf("%d divided by %d is %d, %d", x, m, q, r)
				}
			}
		}
	}
	rem := fs["rem"].Make(reflect.TypeFor[func(x, y int) int]()).Interface().(func(x, y int) int)
	edges := []int{0, 1, -1, 2, 3, 10, -10, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, 1 << 62}
	for _, x := range edges {
		for _, y := range edges {
			if y != 0 && rem(x, y) != x%y {
				t.Errorf("%d %% %d is %d", x, y, rem(x, y))
			}
		}
	}
	if got := message(func() { rem(1, 0) }); got != "runtime error: integer divide by zero" {
		t.Error(got)
	}
}
