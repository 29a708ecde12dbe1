package cell

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzSplit takes any text apart as a cell: nothing of it is lost or moved, and nothing panics.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{
		"x := 1\n%who\n!ls -l\nx", "%%time\nfor {", "func f() {\n\t!b\n}\n%pwd", "s := `\n%a`\n/* %b */", "type P struct{ X int }\nP{1};", "!a \\\n b\n% c\n'", "\xff%\n!",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := Source{Number: 1, Text: text}
		for _, p := range Parts(src) {
			if p.Magic == nil || p.Magic.Whole {
				if strings.Count(p.Code.Text[:p.start], "\n") != strings.Count(text[:p.start], "\n") || p.Code.Text[p.start:] != text[p.start:p.end] {
					t.Errorf("%q: Go at %d to %d became %q", text, p.start, p.end, p.Code.Text)
				}
			}
			if m := p.Magic; m != nil && text[m.Start:m.Start+len(m.Args)] != m.Args {
				t.Errorf("%q: the arguments %q do not stand at %d", text, m.Args, m.Start)
			}
		}
		if got := withoutMagics(text); len(got) != len(text) || strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q became %q", text, got)
		}
		last := 0
		for _, c := range split(text) {
			if c.start < last || c.end < c.start || c.end > len(text) {
				t.Errorf("%q: a chunk from %d to %d after %d", text, c.start, c.end, last)
			}
			last = c.end
		}
		CompletenessOf(text)
		if utf8.ValidString(text) {
			CompleteMagic(text, utf8.RuneCountInString(text), []Match{{Text: "%who"}})
		}
	})
}
