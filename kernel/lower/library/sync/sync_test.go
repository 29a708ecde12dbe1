package sync_test

import (
	"testing"

	own "scorebook/kernel/lower/library/sync"
)

func TestOnceValue(t *testing.T) {
	calls := 0
	f := own.OnceValue(func() int { calls++; return 5 })
	g := own.OnceValues(func() (string, error) { calls++; return "a", nil })
	if s, err := g(); f()+f() != 10 || s != "a" || err != nil {
		t.Error("wrong values")
	}
	if g(); calls != 2 {
		t.Errorf("%d calls, want one each", calls)
	}
}

// TestPanicsEveryTime is what the standard library promises.
func TestPanicsEveryTime(t *testing.T) {
	f := own.OnceValue(func() int { panic("no") })
	for range 2 {
		func() {
			defer func() {
				if r := recover(); r != "no" {
					t.Errorf("recovered %v", r)
				}
			}()
			f()
		}()
	}
}
