package native

import (
	"flag"
	"regexp"
	"strings"
	"testing"
)

var interpretedPrograms = flag.Int("interpreted", 300, "number of generated programs that yaegi runs too")

// programsPerSession bounds what one session holds.
const programsPerSession = 50

// Where yaegi is not right, by rule: it says of an index that it is out of range without the figures, and it does not
// compile a shift whose count is a sum or the like of another type than what is shifted.
var (
	figures     = regexp.MustCompile(`out of range \[[^]]*\]( with (length|capacity) \d+)?`)
	uncompiled  = "invalid operation: mismatched types"
	mostRefused = 0.6 // of the programs; 0.34 are
)

// interpreted compares programs in yaegi with the same programs compiled by the Go toolchain.
func interpreted(t *testing.T, texts, want []string) {
	bad, refused := 0, 0
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
			switch {
			case g == w:
			case strings.Contains(g, uncompiled):
				refused++
			default:
				if bad++; bad < 4 {
					t.Errorf("seed %d, program %d, run %d:\n yaegi %s\n    go %s\n%s", *generatedSeed, n, i%runsPerProgram, g, w, texts[n])
				}
			}
		}
	}
	t.Logf("yaegi runs %d of %d programs", count-refused/runsPerProgram, count)
	if bad > 0 || float64(refused) > mostRefused*float64(count*runsPerProgram) {
		t.Errorf("%d of %d runs differ in yaegi, %d are not compiled", bad, count*runsPerProgram, refused)
	}
}

func plain(line string) string { return figures.ReplaceAllString(line, "out of range") }
