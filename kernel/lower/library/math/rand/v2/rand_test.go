package rand_test

import (
	"testing"
	"time"

	own "scorebook/kernel/lower/library/math/rand/v2"
)

func TestN(t *testing.T) {
	seen := map[int8]bool{}
	for range 1000 {
		seen[own.N(int8(5))] = true
		if d := own.N(time.Second); d < 0 || d >= time.Second {
			t.Fatalf("%v is out of range", d)
		}
	}
	if len(seen) != 5 || seen[-1] || seen[5] {
		t.Errorf("drew %v, want 0 to 4", seen)
	}
	defer func() {
		if recover() == nil {
			t.Error("N(0) does not panic")
		}
	}()
	own.N(0)
}
