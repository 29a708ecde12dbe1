package native

import (
	"flag"
	"regexp"
	"testing"
)

var interpretedPrograms = flag.Int("interpreted", 1000, "number of generated programs that yaegi runs too")

// programsPerSession bounds what one session holds.
const programsPerSession = 50

// figures are what yaegi leaves out of an index that is out of range.
var figures = regexp.MustCompile(`out of range \[[^]]*\]( with (length|capacity) \d+)?`)

// interpreted compares programs in yaegi with the same programs compiled by the Go toolchain.
func interpreted(t *testing.T, texts, want []string) {
	bad := 0
	count := min(len(texts), *interpretedPrograms)
	for first := 0; first < count; first += programsPerSession {
		last := min(first+programsPerSession, count)
		got, err := Interpret(texts, first, last)
		if err != nil {
			t.Fatalf("seed %d: %v", *generatedSeed, err)
		}
		for i := range got {
			n := first + i/runsPerProgram
			g, w := plain(got[i]), plain(want[first*runsPerProgram+i])
			if g == w {
				continue
			}
			if bad++; bad < 4 {
				t.Errorf("seed %d, program %d, run %d:\n yaegi %s\n    go %s\n%s", *generatedSeed, n, i%runsPerProgram, g, w, texts[n])
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d runs differ in yaegi", bad, count*runsPerProgram)
	}
}

func plain(line string) string { return figures.ReplaceAllString(line, "out of range") }
