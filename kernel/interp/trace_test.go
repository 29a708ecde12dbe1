package interp_test

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"scorebook/kernel/cell"
)

var colours = regexp.MustCompile("\x1b\\[[0-9]*m")

// heads are the lines of a traceback that say where a frame is.
func heads(text string) string {
	var list []string
	for line := range strings.Lines(colours.ReplaceAllString(text, "")) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "cell ") || strings.HasPrefix(line, "…") {
			list = append(list, line)
		}
	}
	return strings.Join(list, "; ")
}

func TestTraceback(t *testing.T) {
	for _, c := range []struct{ name, declare, run, want string }{
		{"a leaf", "func f(x int) int {\n\treturn 1 / x\n}", "y := 1\nf(0)", "cell 1, line 2, in f; cell 2, line 2"},
		{"three deep", "func a(x int) int {\n\ty := b(x)\n\treturn y\n}\nfunc b(x int) int { return c(x) + 1 }\nfunc c(x int) int {\n\tvar s []int\n\treturn s[x]\n}",
			"a(2)", "cell 1, line 8, in c; cell 1, line 5, in b; cell 1, line 2, in a; cell 2, line 1"},
		{"after a call in the same statement", "func g(x int) int { return h(x) }\nfunc h(x int) int { return x }\nfunc k(s []int) int {\n\treturn g(1) + h(2) + s[5]\n}",
			"k(nil)", "cell 1, line 4, in k; cell 2, line 1"},
		{"a method", "type P struct{ n int }\nfunc (p *P) Set(n int) {\n\tp.n = n\n}\nfunc (p P) Get() int {\n\tvar q *P\n\tq.Set(1)\n\treturn p.n\n}",
			"P{}.Get()", "cell 1, line 3, in (*P).Set; cell 1, line 7, in P.Get; cell 2, line 1"},
		{"a literal", "func each(n int, f func(int)) {\n\tfor i := range n {\n\t\tf(i)\n\t}\n}", "each(3, func(i int) {\n\tpanic(i)\n})",
			"cell 2, line 2, in a func literal; cell 1, line 3, in each; cell 2, line 1"},
		{"through compiled code", "func less(s []string) {\n\tsort.Slice(s, func(i, j int) bool {\n\t\treturn s[i+9] < s[j]\n\t})\n}", "less([]string{\"a\", \"b\"})",
			"cell 1, line 3, in a func literal of less; cell 1, line 2, in less; cell 2, line 1"},
		{"with deferred calls on the way", "func clean(x int) int { return x + 1 }\nfunc f() {\n\tdefer func() { clean(1) }()\n\tg()\n}\nfunc g() {\n\tdefer clean(2)\n\tpanic(\"no\")\n}",
			"f()", "cell 1, line 8, in g; cell 1, line 4, in f; cell 2, line 1"},
		{"in a deferred call", "func f() {\n\tdefer func() {\n\t\tpanic(\"second\")\n\t}()\n\tpanic(\"first\")\n}", "f()",
			"cell 1, line 3, in a func literal of f; cell 1, line 5, in f; cell 2, line 1"},
		{"after a recovered one", "func safe() {\n\tdefer func() { recover() }()\n\tdeep(3)\n}\nfunc deep(n int) {\n\tif n == 0 {\n\t\tpanic(1)\n\t}\n\tdeep(n - 1)\n}",
			"safe()\nvar m map[string]int\nm[\"a\"] = 1", "cell 2, line 3"},
		{"a long recursion", "func down(n int) int {\n\tif n == 0 {\n\t\tpanic(\"ground\")\n\t}\n\treturn down(n-1)\n}", "down(50)",
			"cell 1, line 3, in down; cell 1, line 5, in down; … the same call 49 times more; cell 2, line 1"},
		{"a generic function", "func last[T any](s []T) T {\n\treturn s[len(s)-1]\n}", "last([]int{})", "cell 1, line 2, in last; cell 2, line 1"},
	} {
		s := openInterpreted(t, c.declare)
		_, err := s.Evaluate(context.Background(), cell.Source{Number: 2, Text: c.run}, cell.Streams{})
		failed, ok := err.(*cell.Error)
		if !ok {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		text := strings.Join(failed.Traceback, "\n")
		if got := heads(text); got != c.want {
			t.Errorf("%s: %s\nwant %s\n%s", c.name, got, c.want, text)
		}
	}
}

func TestTracebackOfAGoroutine(t *testing.T) {
	s := openInterpreted(t, "func f(x int) int {\n\treturn g(x)\n}\nfunc g(x int) int { return 1 / x }")
	var out bytes.Buffer
	src := cell.Source{Number: 2, Text: "done := make(chan bool)\ngo func() {\n\tdefer close(done)\n\tf(0)\n}()\n<-done\ntime.Sleep(10 * time.Millisecond)"}
	if _, err := s.Evaluate(context.Background(), src, cell.Streams{Stderr: &out}); err != nil {
		t.Fatal(err)
	}
	if got, want := heads(out.String()), "cell 1, line 4, in g; cell 1, line 2, in f; cell 2, line 4, in a func literal"; got != want {
		t.Errorf("%s\nwant %s\n%s", got, want, out.String())
	}
}

// TestTracebackBesideCompiledGoroutines fails in the cell while a goroutine of compiled code is inside its functions.
func TestTracebackBesideCompiledGoroutines(t *testing.T) {
	s := openInterpreted(t, "held, end := false, make(chan bool)\nfunc tick() {}\nfunc hold() {\n\ttick()\n\theld = true\n\t<-end\n}\nfunc fail(n int) string {\n\ttick()\n\treturn strings.Repeat(\"a\", n)\n}")
	for number, c := range []struct{ run, want string }{
		{"time.AfterFunc(0, func() {\n\thold()\n})\nfor !held { runtime.Gosched() }\nstrings.Repeat(\"a\", -1)", "cell 2, line 5"},
		{"held = false\ntime.AfterFunc(0, func() {\n\thold()\n})\nfor !held { runtime.Gosched() }\nfail(-1)", "cell 1, line 10, in fail; cell 3, line 6"},
	} {
		_, err := s.Evaluate(context.Background(), cell.Source{Number: number + 2, Text: c.run}, cell.Streams{})
		var failed *cell.Error
		if !errors.As(err, &failed) {
			t.Fatal(err)
		}
		if got := heads(strings.Join(failed.Traceback, "\n")); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
	if _, err := s.Evaluate(context.Background(), cell.Source{Number: 4, Text: "end <- true\nend <- true"}, cell.Streams{}); err != nil {
		t.Fatal(err)
	}
}

func TestTracebackOfCompiledCode(t *testing.T) {
	s := open(t, "func f(x int) int {\n\treturn 1 / x\n}", "k := 0")
	_, err := s.Evaluate(context.Background(), cell.Source{Number: 3, Text: "k = 1\nk = f(0)"}, cell.Streams{})
	failed, ok := err.(*cell.Error)
	if !ok {
		t.Fatal(err)
	}
	text := strings.Join(failed.Traceback, "\n")
	if got, want := heads(text), "cell 1, line 2, in f; cell 3, line 2"; got != want {
		t.Errorf("%s\nwant %s\n%s", got, want, text)
	}
}

// TestTracebackWithinCompiledCode wants the line of each call between functions that are machine code.
func TestTracebackWithinCompiledCode(t *testing.T) {
	const deep = "func a(xs []float64) float64 {\n\tfor k := range 10 {\n\t\txs[0] += b(xs, k)\n\t}\n\treturn xs[0]\n}\n" +
		"func b(xs []float64, i int) float64 {\n\tt := 1.0\n\tfor range 2 {\n\t\tt += c(xs, i)\n\t}\n\treturn t\n}\n" +
		"func c(xs []float64, i int) (s float64) {\n\tfor k := 0; k < 3; k++ {\n\t\ts += xs[i+k]\n\t}\n\treturn s\n}"
	const short = "func f(xs []float64) float64 {\n\treturn g(xs, 1)\n}\nfunc g(xs []float64, i int) float64 {\n\treturn h(xs, 2*i) + 1\n}\nfunc h(xs []float64, i int) float64 {\n\treturn xs[i]\n}"
	const down = "func down(n int, xs []float64) float64 {\n\tif n == 0 {\n\t\treturn xs[9]\n\t}\n\treturn down(n-1, xs) + 1\n}"
	const several = down + "\nfunc several(x, y, z []float64) float64 {\n\ts := down(1, x)\n\tfor k := range 3 {\n\t\ts += float64(k) + down(2, y)\n\t}\n\ts += once(z)\n\treturn s\n}\n" +
		"func once(x []float64) float64 {\n\treturn down(1, x)\n}\nlong := make([]float64, 20)"
	for _, c := range []struct{ name, declare, run, want string }{
		{"three deep", deep, "a(make([]float64, 3))", "cell 1, line 16, in c; cell 1, line 10, in b; cell 1, line 3, in a; cell 2, line 1"},
		{"put in place of the calls", short, "f(make([]float64, 2))", "cell 1, line 8, in h; cell 1, line 5, in g; cell 1, line 2, in f; cell 2, line 1"},
		{"from a loop", short, "x, t := make([]float64, 2), 0.0\nfor k := 0; k < 5; k++ {\n\tt += g(x, k)\n}", "cell 1, line 8, in h; cell 1, line 5, in g; cell 2, line 3; cell 2, line 2"},
		{"recursion", down, "down(5, nil)", "cell 1, line 3, in down; cell 1, line 5, in down; … the same call 4 times more; cell 2, line 1"},
		{"more recursion than is counted", down, "down(100, nil)", "cell 1, line 3, in down; cell 1, line 5, in down; cell 2, line 1"},
		{"the first of several calls", several, "several(nil, long, long)", "cell 1, line 3, in down; cell 1, line 5, in down; cell 1, line 8, in several; cell 2, line 1"},
		{"the second", several, "several(long, nil, long)", "cell 1, line 3, in down; cell 1, line 5, in down; … the same call 1 times more; cell 1, line 10, in several; cell 2, line 1"},
		{"the third, in an inlined function", several, "several(long, long, nil)", "cell 1, line 3, in down; cell 1, line 5, in down; cell 1, line 16, in once; cell 1, line 12, in several; cell 2, line 1"},
	} {
		s := open(t, c.declare)
		_, err := s.Evaluate(context.Background(), cell.Source{Number: 2, Text: c.run}, cell.Streams{})
		var failed *cell.Error
		if !errors.As(err, &failed) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		text := strings.Join(failed.Traceback, "\n")
		if got := heads(text); got != c.want {
			t.Errorf("%s: %s\nwant %s\n%s", c.name, got, c.want, text)
		}
	}
}
