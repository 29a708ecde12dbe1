package interp_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"scorebook/kernel/cell"
)

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// TestMemoryIsBounded runs many cells and looks at what each leaves behind.
func TestMemoryIsBounded(t *testing.T) {
	const cells = 2000
	for _, c := range []struct {
		code  func(i int) string
		bytes float64 // that a cell may leave behind: its text, positions and names
	}{
		{func(int) string { return "1 + 1" }, 1000},
		{func(int) string { return "x := 2.5\nx * x" }, 3000},
		{func(i int) string { return fmt.Sprintf("func f(x int) int { return x + %d }\nf(1)", i) }, 4000},
	} {
		s := open(t)
		run := func(i int) {
			if _, err := s.Evaluate(context.Background(), cell.Source{Number: i, Text: c.code(i)}, cell.Streams{}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 100 {
			run(i)
		}
		before := heap()
		for i := range cells {
			run(i + 100)
		}
		per := (heap() - before) / cells
		t.Logf("%q leaves %.0f bytes", c.code(1), per)
		if per > c.bytes {
			t.Errorf("%q leaves %.0f bytes behind, want at most %.0f", c.code(1), per, c.bytes)
		}
		runtime.KeepAlive(s)
	}
}
