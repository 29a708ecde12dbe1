package cell

import (
	"fmt"
	"strings"
	"testing"
)

// outline writes the parts of a cell: Go between slashes, magics by name, arguments and line.
func outline(text string) string {
	var b strings.Builder
	for _, p := range Parts(Source{Number: 1, Text: text}) {
		if m := p.Magic; m != nil {
			fmt.Fprintf(&b, "[%s|%s|%d]", m.Name, m.Args, m.Line)
			if text[m.Start:m.Start+len(m.Args)] != m.Args {
				b.WriteString("misplaced")
			}
		}
		if p.Magic == nil || p.Magic.Whole {
			fmt.Fprintf(&b, "/%s/", strings.TrimSpace(p.Code.Text))
			if lines := strings.Count(p.Code.Text[:len(p.Code.Text)-len(strings.TrimLeft(p.Code.Text, " \n"))], "\n"); lines > 0 {
				fmt.Fprintf(&b, "+%d", lines)
			}
		}
	}
	return b.String()
}

func TestParts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"x := 1\ny := 2", "/x := 1\ny := 2/"},
		{"%who", "[who||1]"},
		{"%time f(x)", "[time|f(x)|1]"},
		{"%cd ..\nx := 1\n!ls -l 'a b\nx", "[cd|..|1]/x := 1/+1[!|ls -l 'a b|3]/x/+3"},
		{"%%time\nx := 1\n%who", "[time||1]/x := 1\n%who/+1"},
		{"%timeit\nf()\n", "[timeit||1]/f()/+1"},
		{"x := 1\n%time\ny", "/x := 1/[time||2]/y/+2"},
		{"!echo a \\\n  b\nx", "[!|echo a \\\n  b|1]/x/+2"},
		{"s := `\n%who\n!ls\n`", "/s := `\n%who\n!ls\n`/"},
		{"/*\n!ls\n*/", "/*\n!ls\n*/"},
		{"y := x +\n!b", "/y := x +\n!b/"},
		{"f(\n!b)", "/f(\n!b)/"},
		{"x := 7\n% 3", "/x := 7/[| 3|2]"},
		{"!!ls", "[!|!ls|1]"},
		{"func f() bool {\n\treturn\n\t!b\n}\n  %pwd", "/func f() bool {\n\treturn\n\t!b\n}/[pwd||5]"},
		{"// é\n%pwd x\nz", "/// é/[pwd|x|2]/z/+2"},
	} {
		want := strings.ReplaceAll(c.want, "[| 3|2]", "[|3|2]")
		if strings.HasPrefix(c.text, "/*") {
			want = "/" + c.text + "/"
		}
		if got := outline(c.text); got != want {
			t.Errorf("%q: %q, want %q", c.text, got, want)
		}
	}
}

func TestPartsKeepLinesForErrors(t *testing.T) {
	src := Source{Number: 3, Text: "x := 1\n%who\nbad"}
	parts := Parts(src)
	last := parts[len(parts)-1].Code
	got := strings.Join(Excerpt(last, 3, 1), "\n")
	if !strings.Contains(got, "bad") || !strings.Contains(strings.Join(Excerpt(last, 1, 1), "\n"), "x := 1") {
		t.Errorf("excerpts of %+v: %q", last, got)
	}
}
