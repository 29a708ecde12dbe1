package interp_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"scorebook/kernel/cell"
)

// mapped is the memory of the process, machine code included, in bytes; 0 where the system does not tell.
func mapped(t *testing.T) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kib); n == 1 {
			return kib * 1024
		}
	}
	t.Fatal("no VmRSS")
	return 0
}

// TestMachineCodeIsReleased compiles thousands of functions in one session: literals, loops, closures that functions
// return, and functions that call others which are defined again and again.
func TestMachineCodeIsReleased(t *testing.T) {
	const cells, perCell = 400, 6
	s := open(t)
	run := func(i int) {
		text := fmt.Sprintf(`func base(x float64) float64 { return x + %[1]d }
func top(x float64) float64 { return base(x) * 2 }
func maker(a float64) func(float64) float64 { return func(x float64) float64 { return a*x + %[1]d } }
f := func(x float64) float64 { return top(x) - %[1]d }
s, h := 0.0, maker(3)
for k := 0; k < 10; k++ { s += float64(k) }
f(1) + s + h(2)`, i)
		r, err := s.Evaluate(context.Background(), cell.Source{Number: i + 1, Text: text}, cell.Streams{})
		if err != nil {
			t.Fatal(err)
		}
		if want := 2*(1+float64(i)) - float64(i) + 45 + 6 + float64(i); r.Value != want {
			t.Fatalf("cell %d: %v, want %v", i, r.Value, want)
		}
	}
	for i := range 100 {
		run(i)
	}
	heap() // collects
	before, code := heap(), mapped(t)
	for i := range cells {
		run(100 + i)
	}
	after := heap()
	per, all := (after-before)/cells, (mapped(t)-code)/cells
	t.Logf("%d functions; a cell of %d leaves %.0f bytes on the heap, %.0f of the process", cells*perCell, perCell, per, all)
	if per > 40e3 || all > 100e3 {
		t.Errorf("a cell leaves %.0f bytes on the heap, %.0f of the process", per, all)
	}
	runtime.KeepAlive(s)
}
