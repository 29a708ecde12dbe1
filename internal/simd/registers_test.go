package simd

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Registers X16–X31 and Y16–Y31 need AVX-512, but avo hands them out to AVX2 code too when it runs short.
func TestAVX2UsesItsOwnRegisters(t *testing.T) {
	source, err := os.ReadFile("kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	wide := regexp.MustCompile(`\b[XY](1[6-9]|2\d|3[01])\b`)
	for _, f := range strings.Split(string(source), "\nTEXT ")[1:] {
		if r := wide.FindString(f); r != "" {
			t.Errorf("%s uses %s", f[:strings.Index(f, "(")], r)
		}
	}
}
