package interp_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
)

// machineCode is how much of it the process holds, in bytes: what may be executed and comes from no file; 0 where the
// system does not tell.
func machineCode() float64 {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return 0
	}
	total := 0.0
	for line := range strings.Lines(string(maps)) {
		var begin, end uint64
		if n, _ := fmt.Sscanf(line, "%x-%x", &begin, &end); n == 2 && strings.Contains(line, " r-xp ") && !strings.Contains(line, "/") {
			total += float64(end - begin)
		}
	}
	return total
}

// TestMachineCodeIsReleased compiles thousands of functions in one session: literals, loops, closures that functions
// return, and functions that call others which are defined again and again.
func TestMachineCodeIsReleased(t *testing.T) {
	const cells, perCell = 400, 6
	const reserve = 64 << 20 // taken once for copies of what lies outside the window, if anything does
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
	before, code := heap(), machineCode()
	for i := range cells {
		run(100 + i)
	}
	after := heap()
	for k := 0; k < 100 && (machineCode()-code)/cells > 4e3; k++ { // it is freed some time after the collector finds it unused
		time.Sleep(50 * time.Millisecond)
		heap()
	}
	per, all := (after-before)/cells, (machineCode()-code)/cells
	t.Logf("%d functions; a cell of %d leaves %.0f bytes on the heap, %.0f of machine code", cells*perCell, perCell, per, all)
	if per > 40e3+reserve/cells || all > 4e3 {
		t.Errorf("a cell leaves %.0f bytes on the heap and %.0f of machine code", per, all)
	}
	runtime.KeepAlive(s)
}

// TestSessionsThatEndedAreReleased: machine code that captures variables does not keep them when its session is gone.
func TestSessionsThatEndedAreReleased(t *testing.T) {
	before := heap()
	for range 3 {
		open(t, "long := make([]float64, 10_000_000)", "last := func(x float64) float64 { return x + long[len(long)-1] }", "last(1)")
	}
	after := heap()
	for k := 0; k < 100 && after-before > 80e6; k++ { // a program goes some time after the collector finds it unused
		time.Sleep(20 * time.Millisecond)
		after = heap()
	}
	if after-before > 80e6 {
		t.Errorf("three sessions with 80 MB each leave %.0f MB", (after-before)/1e6)
	}
}
