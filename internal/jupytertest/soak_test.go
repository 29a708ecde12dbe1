package jupytertest

import (
	"encoding/json"
	"flag"
	"strconv"
	"testing"
	"time"
)

var soak = flag.Duration("soak", 0, "spread 10,000 cells over this time; without it a few hundred run at once")

const (
	// What a cell may leave behind, in MB, beside a first allowance: its text and positions, and for a type that is declared
	// again the old one's methods, which old values still have.
	growthPerCell, firstGrowth = 0.016, 24
	soakSeed                   = "1"
)

// TestSoak runs mixed cells with random interrupts in one kernel: no reply is lost, no message has a wrong parent, every
// result is right, and memory stays bounded.
func TestSoak(t *testing.T) {
	cells := 500
	if *soak > 0 {
		cells = 10_000
	}
	out := call(t, *soak+10*time.Minute, newJupyter(t).script("soak.py", kernelName, strconv.Itoa(cells),
		strconv.FormatFloat(soak.Seconds(), 'f', 1, 64), soakSeed))
	var report struct {
		Seconds float64
		Early   float64 `json:"early_mb"`
		Late    float64 `json:"late_mb"`
		Counts  map[string]int
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in %q", err, tail(out))
	}
	t.Logf("%d cells in %.0f s, from %.0f to %.0f MB: %v", cells, report.Seconds, report.Early, report.Late, report.Counts)
	if grown, most := report.Late-report.Early, firstGrowth+growthPerCell*float64(cells); grown > most {
		t.Errorf("the kernel has grown by %.0f MB, want at most %.0f", grown, most)
	}
	if report.Counts["endless"] == 0 || report.Counts["late lines"] == 0 {
		t.Errorf("the soak left something out: %v", report.Counts)
	}
}
